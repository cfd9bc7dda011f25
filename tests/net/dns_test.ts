import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { Host } from "../../src/address/host.ts";
import { resolveName, type ResolveSettings } from "../../src/net/dns.ts";
import { OPTION_NAMES } from "../../src/net/option_names.ts";
import type { Io } from "../../src/net/io.ts";
import type { DnsRecordType } from "../../src/net/resolver.ts";
import { ipHosts } from "../support/addresses.ts";
import { scriptedIo, turns, until, untilAborted } from "../support/scripted_io.ts";

const SETTINGS: ResolveSettings = { networks: ["ipv4", "ipv6"], timeout: 5000, optionNames: OPTION_NAMES };

type Answers = { readonly [T in DnsRecordType]: readonly string[] | Error | "never" };

/** A resolver that gives these answers, and a list of what it was asked. */
function resolver(answers: Answers): { io: Io & ReturnType<typeof scriptedIo>; asked: string[] } {
  const asked: string[] = [];
  const io = scriptedIo({
    resolve: async (name, type, { signal, nameServer }) => {
      asked.push([type, name, nameServer?.ipAddr].filter(Boolean).join(" "));
      const answer = answers[type];
      if (answer === "never") return await untilAborted(signal);
      if (answer instanceof Error) throw answer;
      return [...answer];
    },
  });
  return { io, asked };
}

const NOT_FOUND = new Deno.errors.NotFound("no records found");

Deno.test("resolveName() asks for A and AAAA, and gives each address once, in canonical text", async () => {
  const { io, asked } = resolver({ A: ["192.0.2.1", "192.0.2.1"], AAAA: ["2001:DB8::1", "::ffff:192.0.2.1"] });
  const { addresses, error } = await resolveName("seed.example", SETTINGS, io);
  assertEquals({ addresses, error }, { addresses: ipHosts("192.0.2.1", "2001:db8::1"), error: null });
  assertEquals(asked, ["A seed.example.", "AAAA seed.example."]);
});

Deno.test("resolveName() keeps search domains away from names with a dot, and leaves single labels alone", async () => {
  const { io, asked } = resolver({ A: ["192.0.2.1"], AAAA: NOT_FOUND });
  for (const name of ["a.b", "a.b.", "node"]) await resolveName(name, { ...SETTINGS, networks: ["ipv4"] }, io);
  assertEquals(asked, ["A a.b.", "A a.b.", "A node"]);
});

Deno.test("resolveName() asks for the wanted family only, at the name server that is named", async () => {
  const { io, asked } = resolver({ A: ["192.0.2.1"], AAAA: ["2001:db8::1"] });
  const nameServer = { ipAddr: "127.0.0.1", port: 5300 };
  const { addresses } = await resolveName("a.b", { ...SETTINGS, networks: ["ipv6"], nameServer }, io);
  assertEquals([addresses, asked], [ipHosts("2001:db8::1"), ["AAAA a.b. 127.0.0.1"]]);
});

Deno.test("resolveName() reports each family's addresses as they come", async () => {
  const { io } = resolver({ A: ["192.0.2.1"], AAAA: "never" });
  const told: (readonly Host[])[] = [];
  const resolving = resolveName("a.b", SETTINGS, io, (addresses) => told.push(addresses));
  await until(() => told.length > 0);
  assertEquals(told, [ipHosts("192.0.2.1")]);
  io.clock.advance(5000);
  assertEquals((await resolving).addresses, ipHosts("192.0.2.1"));
});

Deno.test("resolveName() says which family's query failed, and how long it all took, while the other answers", async () => {
  const { io } = resolver({ A: ["192.0.2.1"], AAAA: "never" });
  io.clock.advance(700);
  const resolving = resolveName("a.b", SETTINGS, io);
  await Promise.resolve();
  io.clock.advance(5000);
  const { addresses, error, failures, elapsed } = await resolving;
  assertEquals([addresses, error, elapsed], [ipHosts("192.0.2.1"), null, 5000]);
  assertEquals(failures.map(({ network, error }) => [network, error.code, error.phase]), [[
    "ipv6",
    "dns_timeout",
    "dns",
  ]]);
  assertStringIncludes(
    failures[0]?.error.message ?? "",
    "AAAA: no usable answer for a.b within 5 s from the system's name server",
  );
});

Deno.test("resolveName() does not count a family without an address as a failure", async () => {
  const { io } = resolver({ A: ["192.0.2.1"], AAAA: NOT_FOUND });
  assertEquals(await resolveName("a.b", SETTINGS, io), {
    addresses: ipHosts("192.0.2.1"),
    error: null,
    failures: [],
    elapsed: 0,
  });
});

Deno.test("resolveName() names the record type in a message unless both families failed alike", async () => {
  const failure = new Error("proto error: io error");
  const cases: [Answers, string][] = [
    [{ A: failure, AAAA: failure }, "cannot resolve a.b"],
    [{ A: NOT_FOUND, AAAA: failure }, "AAAA: cannot resolve a.b"],
    [{ A: failure, AAAA: NOT_FOUND }, "A: cannot resolve a.b"],
    [{ A: new Deno.errors.NotCapable("Requires net access"), AAAA: failure }, "A: Requires net access"],
    [{ A: NOT_FOUND, AAAA: NOT_FOUND }, "a.b has no address"],
  ];
  for (const [answers, beginning] of cases) {
    const { error, failures } = await resolveName("a.b", SETTINGS, resolver(answers).io);
    assertEquals(error?.message.slice(0, beginning.length), beginning);
    const failed = [answers.A, answers.AAAA].filter((answer) => answer !== NOT_FOUND);
    assertEquals(failures.length, failed.length);
  }
});

Deno.test("resolveName() that is aborted between the families keeps the addresses, and says nothing of the other", async () => {
  const { io } = resolver({ A: ["192.0.2.1"], AAAA: "never" });
  const controller = new AbortController();
  const resolving = resolveName("a.b", SETTINGS, io, () => controller.abort(), controller.signal);
  assertEquals(await resolving, { addresses: ipHosts("192.0.2.1"), error: null, failures: [], elapsed: 0 });
});

Deno.test("resolveName() knows localhost, and the names under it, without asking", async () => {
  const { io, asked } = resolver({ A: "never", AAAA: "never" });
  for (const name of ["localhost", "LOCALHOST.", "node1.LocalHost", "a.b.localhost."]) {
    assertEquals((await resolveName(name, SETTINGS, io)).addresses, ipHosts("127.0.0.1", "::1"));
  }
  assertEquals((await resolveName("localhost", { ...SETTINGS, networks: ["ipv6"] }, io)).addresses, ipHosts("::1"));
  assertEquals(asked, []);
});

Deno.test("resolveName() never looks up a special name, and says why", async () => {
  const { io, asked } = resolver({ A: ["192.0.2.1"], AAAA: ["2001:db8::1"] });
  const nameServer = { ipAddr: "127.0.0.1", port: 5300 };
  for (const name of ["a.onion", "b32.I2P.", "node.local", "a.invalid", "a.alt", "invalid"]) {
    for (const settings of [SETTINGS, { ...SETTINGS, nameServer }]) {
      const { addresses, error, failures } = await resolveName(name, settings, io);
      assertEquals([addresses, error?.code, error?.phase, failures], [[], "dns_not_found", "dns", []]);
      assertStringIncludes(error?.message ?? "", `${name} is `);
    }
  }
  assertEquals(asked, []);
});

Deno.test("resolveName() looks up a name under test if a name server is given", async () => {
  const { io, asked } = resolver({ A: ["192.0.2.1"], AAAA: NOT_FOUND });
  const { error } = await resolveName("a.test", SETTINGS, io);
  assertStringIncludes(error?.message ?? "", "options.nameServer");
  assertEquals(asked, []);
  const nameServer = { ipAddr: "127.0.0.1", port: 5300 };
  assertEquals((await resolveName("a.test", { ...SETTINGS, nameServer }, io)).addresses, ipHosts("192.0.2.1"));
});

Deno.test("resolveName() says why there is no address, by the family that failed worst", async () => {
  const failure = new Error("proto error: io error");
  const denied = new Deno.errors.NotCapable('Requires net access to "127.0.0.1:53", run again with …');
  const cases: [Answers, string][] = [
    [{ A: NOT_FOUND, AAAA: NOT_FOUND }, "dns_not_found"],
    [{ A: [], AAAA: [] }, "dns_not_found"],
    [{ A: NOT_FOUND, AAAA: failure }, "dns_failure"],
    [{ A: failure, AAAA: "never" }, "dns_failure"],
    [{ A: NOT_FOUND, AAAA: "never" }, "dns_timeout"],
    [{ A: "never", AAAA: failure }, "dns_failure"],
    [{ A: denied, AAAA: failure }, "permission_denied"],
    [{ A: failure, AAAA: denied }, "permission_denied"],
  ];
  for (const [answers, code] of cases) {
    const { io } = resolver(answers);
    const resolving = resolveName("a.b", SETTINGS, io);
    await Promise.resolve(); // Both families have asked by then, and what fails has failed.
    io.clock.advance(5000);
    const { addresses, error } = await resolving;
    assertEquals([addresses, error?.code, error?.phase], [[], code, "dns"]);
  }
});

/** A resolver that gives up at once a number of times, and what it was asked. */
function givingUp(times: number): { io: ReturnType<typeof scriptedIo>; tries: () => number } {
  let tries = 0;
  const io = scriptedIo({
    resolve: () => ++tries > times ? Promise.resolve(["192.0.2.1"]) : Promise.reject(new Deno.errors.TimedOut()),
  });
  return { io, tries: () => tries };
}

Deno.test("resolveName() asks again, once a second, when the resolver gives up before the time is over", async () => {
  const { io, tries } = givingUp(2);
  const resolving = resolveName("a.b", { ...SETTINGS, networks: ["ipv4"] }, io);
  for (const count of [1, 2]) {
    // The deadline, and the pause.
    await until(() => io.clock.timers === 2);
    io.clock.advance(999);
    await turns();
    assertEquals(tries(), count);
    io.clock.advance(1);
  }
  assertEquals([(await resolving).addresses, tries(), io.clock.timers], [ipHosts("192.0.2.1"), 3, 0]);
});

Deno.test("resolveName() ends in time though the resolver gives up again and again", async () => {
  const { io, tries } = givingUp(Infinity);
  const resolving = resolveName("a.b", { ...SETTINGS, networks: ["ipv4"], timeout: 500 }, io);
  await until(() => io.clock.timers === 2);
  io.clock.advance(500);
  assertEquals([(await resolving).error?.code, tries(), io.clock.timers], ["dns_timeout", 1, 0]);
});

Deno.test("resolveName() rejects with its signal's reason, and leaves no timer", async () => {
  const { io } = resolver({ A: "never", AAAA: "never" });
  const controller = new AbortController();
  const resolving = resolveName("a.b", SETTINGS, io, undefined, controller.signal);
  controller.abort(new Error("enough"));
  await assertRejects(() => resolving, Error, "enough");
  assertEquals(io.clock.timers, 0);
});

Deno.test("resolveName() asks nobody when its signal has aborted, and does not even know localhost then", async () => {
  const { io, asked } = resolver({ A: ["192.0.2.1"], AAAA: ["2001:db8::1"] });
  const signal = AbortSignal.abort(new Error("enough"));
  for (const name of ["a.b", "localhost"]) {
    await assertRejects(() => resolveName(name, SETTINGS, io, undefined, signal), Error, "enough");
  }
  assertEquals(asked, []);
});

Deno.test("resolveName() takes addresses in fc00::/8 for CJDNS only if this machine is on it", async () => {
  for (const [cjdns, network] of [[undefined, "ipv6"], [false, "ipv6"], [true, "cjdns"]] as const) {
    const { io } = resolver({ A: NOT_FOUND, AAAA: ["fc00::7"] });
    const { addresses } = await resolveName("a.b", { ...SETTINGS, cjdns }, io);
    assertEquals(addresses, [{ network, host: "fc00::7" }]);
  }
});

for (const number of [23, 24]) {
  Deno.test(`resolveName() asks again after a while when no descriptor is left, os error ${number}`, async () => {
    let tries = 0;
    const io = scriptedIo({
      resolve: () =>
        ++tries === 1
          ? Promise.reject(new Error(`proto error: Too many open files (os error ${number})`))
          : Promise.resolve(["192.0.2.1"]),
    });
    let over = false;
    const resolving = resolveName("a.b", { ...SETTINGS, networks: ["ipv4"] }, io).finally(() => over = true);
    // The deadline, and the while.
    await until(() => over || io.clock.timers === 2);
    io.clock.advance(99);
    await turns();
    assertEquals(tries, 1);
    io.clock.advance(1);
    assertEquals((await resolving).addresses, ipHosts("192.0.2.1"));
    assertEquals([tries, io.clock.timers], [2, 0]);
  });
}

Deno.test("resolveName() reports no address twice", async () => {
  const { io } = resolver({ A: ["192.0.2.1", "192.0.2.2", "192.0.2.1"], AAAA: ["2001:DB8::1", "::ffff:192.0.2.2"] });
  const told: Host[] = [];
  const { addresses } = await resolveName("a.b", SETTINGS, io, (fresh) => told.push(...fresh));
  assertEquals([told, addresses], [ipHosts("192.0.2.1", "192.0.2.2", "2001:db8::1"), told]);
});
