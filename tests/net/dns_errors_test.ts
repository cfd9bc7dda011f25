import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { isScarcity, resolverError, unusableAnswerError } from "../../src/net/dns_errors.ts";
import { DnsError } from "../../src/net/errors.ts";
import { OPTION_NAMES } from "../../src/net/option_names.ts";

const SERVER = { ipAddr: "::1", port: 5300 };

const LOOKUP = { timeout: 1500, optionNames: OPTION_NAMES };

/** What an error of the resolver with this message means, as one line. */
function meaning(message: string, nameServer?: typeof SERVER): string {
  const error = resolverError(new Error(message), "a.b", { ...LOOKUP, nameServer });
  assert(error instanceof DnsError);
  return `${error.code}: ${error.message}`;
}

Deno.test("resolverError() names the option for a name server if resolv.conf cannot be read, and counts its lines from one", () => {
  const io = "proto error: io error: ";
  const cases = [
    ["option at line 1 is not recognized", "option on line 2 is not recognized"],
    ["Malformed label: ~", "Malformed label: ~"],
    [
      "directive at line 0 contains invalid IP: invalid IP address syntax",
      "directive on line 1 contains invalid IP: invalid IP address syntax",
    ],
  ] as const;
  for (const [said, shown] of cases) {
    assertEquals(
      meaning(`${io}Error parsing resolv.conf: ${said}`),
      `dns_failure: Deno cannot read /etc/resolv.conf: ${shown}; choose a name server with options.nameServer`,
    );
  }
  for (const said of ["no nameservers found in config", "No such file or directory (os error 2)"]) {
    assertEquals(
      meaning(`${io}${said}`),
      `dns_failure: cannot resolve a.b: ${io}${said}; choose a name server with options.nameServer`,
    );
  }
});

Deno.test("resolverError() names no option if it is already given, or the name is at fault", () => {
  const refused = "proto error: io error: Connection refused (os error 111)";
  assertEquals(meaning(refused, SERVER), `dns_failure: cannot resolve a.b: ${refused}`);
  assertEquals(meaning("proto error: bad label"), "dns_failure: cannot resolve a.b: proto error: bad label");
});

Deno.test("resolverError() tells a machine without a route to the name server, and what to look at", () => {
  const why = "dns_failure: this machine, which may be offline, has no route to the name server for a.b";
  for (const number of [101, 51, 10051]) {
    const said = `proto error: io error: Network is unreachable (os error ${number})`;
    assertEquals(meaning(said, SERVER), why);
    assertEquals(meaning(said), `${why}; choose a name server with options.nameServer`);
  }
});

Deno.test("resolverError() says what Deno takes for no name", () => {
  for (
    const said of ["proto error: Label contains invalid characters: Err(Errors)", "proto error: Malformed label: -a"]
  ) {
    assertStringIncludes(meaning(said), "dns_failure: Deno cannot look up a.b: a label can have an underscore only");
  }
});

Deno.test("resolverError() escapes what comes from resolv.conf", () => {
  assertStringIncludes(meaning("io error: Error parsing resolv.conf: Malformed label: \x1b[2J"), "label: \\x1b[2J;");
});

Deno.test("unusableAnswerError() says what may be wrong, at which name server, and what to look at", () => {
  const named = unusableAnswerError("a.b", { ...LOOKUP, nameServer: SERVER }, undefined).message;
  assertStringIncludes(
    named,
    "no usable answer for a.b within 1.5 s from [::1]:5300: nothing listens there, or it is",
  );
  assertMatch(named, /; check options\.nameServer$/);
  const system = unusableAnswerError("a.b", LOOKUP, undefined).message;
  assertStringIncludes(system, "within 1.5 s from the system's name server: it is unreachable, or it is too slow, or");
  assertMatch(system, /; try another one with options\.nameServer$/);
});

Deno.test("isScarcity() knows the two numbers of a lack of file descriptors, and no other", () => {
  const numbers = [2, 23, 24, 124, 111];
  assertEquals(numbers.map((number) => isScarcity(new Error(`io error: … (os error ${number})`))), [
    false,
    true,
    true,
    false,
    false,
  ]);
});
