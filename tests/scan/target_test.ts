import { assertEquals, assertThrows } from "@std/assert";
import { parsePort, parseTarget, TargetError } from "../../src/scan/target.ts";

Deno.test("parseTarget() reads names and addresses, with and without port", () => {
  const label = "a".repeat(63);
  const longest = [label, label, label, "b".repeat(61)].join(".");
  const cases: [text: string, host: string, isName: boolean, port: number | null][] = [
    ["seed.bitcoin.sprovoost.nl", "seed.bitcoin.sprovoost.nl", true, null],
    ["seed.example.", "seed.example.", true, null],
    ["x9.seed_1.example:18333", "x9.seed_1.example", true, 18333],
    ["localhost", "localhost", true, null],
    [longest, longest, true, null],
    ["192.0.2.1", "192.0.2.1", false, null],
    ["192.0.2.1:1", "192.0.2.1", false, 1],
    ["2001:DB8::1", "2001:db8::1", false, null],
    ["[2001:db8::1]", "2001:db8::1", false, null],
    ["[2001:db8::1]:65535", "2001:db8::1", false, 65535],
    ["::ffff:192.0.2.1", "192.0.2.1", false, null],
    ["[::ffff:192.0.2.1]:8333", "192.0.2.1", false, 8333],
  ];
  for (const [text, host, isName, port] of cases) assertEquals(parseTarget(text), { text, host, isName, port });
});

Deno.test("parseTarget() rejects what is no target, and says why", () => {
  const cases: [string, string][] = [
    ["", "empty"],
    [":8333", "empty"],
    ["seed.example:", "port"],
    ["seed.example:0", "port"],
    ["seed.example:65536", "port"],
    ["192.0.2.1:8e3", "port"],
    ["[2001:db8::1]:", "port"],
    ["[2001:db8::1", "neither"],
    ["[192.0.2.1]:8333", "IPv6"],
    ["[seed.example]", "IPv6"],
    ["2001:db8:::1", "neither"],
    ["192.0.2.256", "IPv4"],
    ["192.0.2", "IPv4"],
    ["192.0.2.01", "IPv4"],
    ["seed..example", "labels"],
    [".seed.example", "labels"],
    ["seed example", "labels"],
    ["seed.example/path", "labels"],
    ["https://seed.example", "port"],
    ["-", "labels"],
    ["seed-.example", "labels"],
    ["sämling.example", "xn--"],
    ["seed.example\n", "labels"],
    [`${"a".repeat(64)}.example`, "63"],
    [`${"a.".repeat(126)}bc`, "253"],
    ["fe80::1%eth0", "neither"],
  ];
  for (const [text, reason] of cases) assertThrows(() => parseTarget(text), TargetError, reason, text);
});

Deno.test("parsePort() takes 1 to 65535 in plain digits", () => {
  assertEquals(["1", "65535"].map(parsePort), [1, 65535]);
  assertEquals(["0", "65536", "", "-1", "0x50", "8333 ", "1e3", "008333"].map(parsePort), [
    ...new Array(7).fill(undefined),
    undefined,
  ]);
});
