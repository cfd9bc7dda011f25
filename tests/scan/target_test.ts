import { assertEquals, assertThrows } from "@std/assert";
import { parseIpHost } from "../../src/address/host.ts";
import type { IpNetwork } from "../../src/address/network.ts";
import { ONION } from "../support/overlays.ts";
import { as } from "../support/untyped.ts";
import { parsePort, parseTarget, type Target, TargetError } from "../../src/scan/target.ts";

Deno.test("parseTarget() reads names and addresses, with and without port", () => {
  const label = "a".repeat(63);
  const longest = [label, label, label, "b".repeat(61)].join(".");
  const cases: [text: string, host: string, network: IpNetwork | null, port: number | null][] = [
    ["seed.bitcoin.sprovoost.nl", "seed.bitcoin.sprovoost.nl", null, null],
    ["seed.example.", "seed.example.", null, null],
    ["x9.seed_1.example:18333", "x9.seed_1.example", null, 18333],
    ["1.example", "1.example", null, null],
    ["localhost", "localhost", null, null],
    [longest, longest, null, null],
    ["192.0.2.1", "192.0.2.1", "ipv4", null],
    ["192.0.2.1:1", "192.0.2.1", "ipv4", 1],
    ["2001:DB8::1", "2001:db8::1", "ipv6", null],
    ["[2001:db8::1]", "2001:db8::1", "ipv6", null],
    ["[2001:db8::1]:65535", "2001:db8::1", "ipv6", 65535],
    ["::ffff:192.0.2.1", "192.0.2.1", "ipv4", null],
    ["[::ffff:192.0.2.1]:8333", "192.0.2.1", "ipv4", 8333],
    ["fe80::1%eth0", "fe80::1%eth0", "ipv6", null],
    ["[FE80:0::1%1]", "fe80::1%1", "ipv6", null],
    ["[fe80::1%wlan0.5]:18333", "fe80::1%wlan0.5", "ipv6", 18333],
  ];
  for (const [text, host, network, port] of cases) {
    assertEquals(parseTarget(text), { text, network, host, port } as Target);
  }
});

Deno.test("parseTarget() takes host and port out of what people paste", () => {
  const cases: [written: string, text: string, host: string, port: number | null][] = [
    ["bitcoin://seed.example:8333", "seed.example:8333", "seed.example", 8333],
    ["tcp://192.0.2.1:8333/", "192.0.2.1:8333", "192.0.2.1", 8333],
    ["HTTPS://me:secret@seed.example/nodes?x=1#y", "seed.example", "seed.example", null],
    ["http://192.0.2.1/24", "192.0.2.1", "192.0.2.1", null],
    ["bitcoin://[2001:db8::1]:8333", "[2001:db8::1]:8333", "2001:db8::1", 8333],
    ["bitcoin://[fe80::1%25eth0]:8333", "[fe80::1%eth0]:8333", "fe80::1%eth0", 8333],
    ["[fe80::1%25]", "[fe80::1%25]", "fe80::1%25", null],
    ["//seed.example", "seed.example", "seed.example", null],
    ["me@seed.example:8333", "seed.example:8333", "seed.example", 8333],
    ["seed.example/", "seed.example", "seed.example", null],
    [" \t seed.example\xa0\n", "seed.example", "seed.example", null],
    ["\ufeffseed.example", "seed.example", "seed.example", null],
    ["\u200eseed.example\u200b ", "seed.example", "seed.example", null],
    ["(192.0.2.1:8333)", "192.0.2.1:8333", "192.0.2.1", 8333],
    ["bitcoin:192.0.2.1:8333", "192.0.2.1:8333", "192.0.2.1", 8333],
    ["BITCOIN:seed.example", "seed.example", "seed.example", null],
    ["bitcoin:8333", "bitcoin:8333", "bitcoin", 8333],
    [`"192.0.2.1:8333",`, "192.0.2.1:8333", "192.0.2.1", 8333],
    ["'seed.example'", "seed.example", "seed.example", null],
    ["“seed.example”", "seed.example", "seed.example", null],
    ["<bitcoin://seed.example>", "seed.example", "seed.example", null],
  ];
  for (const [written, text, host, port] of cases) {
    assertEquals(parseTarget(written), { text, ...parseIpHost(host) ?? { network: null, host }, port }, written);
  }
});

Deno.test("parseTarget() takes an IPv6 address that ends like a port within brackets only", () => {
  assertEquals(parseTarget("[::1:8333]").host, "::1:8333");
  assertEquals(parseTarget("2001:db8::8333").host, "2001:db8::8333");
  assertEquals(parseTarget("2001:db8:0:1:2:3:4:8333").host, "2001:db8:0:1:2:3:4:8333");
  assertEquals(parseTarget("2001:db8::4:8332").host, "2001:db8::4:8332");
});

Deno.test("parseTarget() takes a word for a host name only with a port or a trailing dot", () => {
  for (const text of ["bitcoind:18444", "bitcoind.", "localhost", "LOCALHOST"]) {
    assertEquals(parseTarget(text).text, text);
  }
  assertThrows(() => parseTarget("help"), TargetError, "write help. or help:PORT");
});

Deno.test("parseTarget() takes a file name for a host name only with a port or a trailing dot", () => {
  for (const text of ["nodes.txt:18444", "nodes.txt.", "csv.example", "seed.zip"]) {
    assertEquals(parseTarget(text).text, text);
  }
  assertThrows(() => parseTarget("nodes.txt"), TargetError, "a host, not a file");
  assertThrows(() => parseTarget("Seeds.JSON"), TargetError, "write Seeds.JSON. or Seeds.JSON:PORT");
});

Deno.test("parseTarget() rejects an invalid target, and says why", () => {
  const cases: [string, string][] = [
    ["", "empty"],
    [":8333", "empty"],
    ["seed.example:", "port"],
    ["seed.example:0", "port"],
    ["seed.example:65536", "port"],
    ["192.0.2.1:8e3", "port"],
    ["[2001:db8::1]:", "the port is missing"],
    ["bitcoin://seed.example:/", "the port is missing"],
    ["::1:8333", "[::1]:8333"],
    ["2001:db8::1:8334", "[2001:db8::1:8334]"],
    ["::1:18333", "needs brackets: [::1]:18333"],
    ["help", "a name with a dot"],
    ["bitcoin://bitcoind", "a name with a dot"],
    ["8333", "a port goes after the host"],
    ["seed.example 8333", "write seed.example:8333"],
    ["192.0.2.1, 8333", "write 192.0.2.1:8333"],
    ["192.0.2.1#8333", "write 192.0.2.1:8333"],
    ["a.example,b.example", "one host"],
    ["192.0.2.0/24", "range"],
    ["192.0.2.1-9", "range"],
    ["192.0.2-3.1", "range"],
    ["192.0.2.*", "range"],
    ["192.0.2.1-192.0.2.9", "range"],
    ["2001:db8::/32", "range"],
    ["nodes/list.txt", "path"],
    ["seed.\u200bexample", "in ASCII: write seed.example"],
    ["１９２.0.2.1", "in ASCII: write 192.0.2.1"],
    ["http://", "empty"],
    ["[2001:db8::1", "or an IPv6 address"],
    ["[192.0.2.1]:8333", "only an IPv6 address goes in brackets: write 192.0.2.1:8333"],
    ["::1:99999", "expected a name or an IPv4 address with a port, or an IPv6 address"],
    ["[2001:db8]:8333", "expected an IPv6 address within"],
    ["[]", "expected an IPv6 address within"],
    ["@192.0.2.53", "labels"],
    ["file:///nodes.txt", "empty"],
    ["2001:db8:::1", "or an IPv6 address"],
    ["192.0.2.256", "IPv4"],
    ["192.0.2", "IPv4"],
    ["example.1", "IPv4"],
    ["192.0.2.01", "IPv4"],
    ["seed..example", "labels"],
    [".seed.example", "labels"],
    ["seed example", "one host"],
    ["seed.example/path", "path"],
    ["https:/seed.example", "path"],
    ["-", "labels"],
    ["seed-.example", "labels"],
    ["sämling.example", "in ASCII: write xn--smling-bua.example"],
    ["sämling..example", "labels"],
    ["seed\nexample", "one host"],
    [`${"a".repeat(64)}.example`, "63"],
    [`${"a.".repeat(126)}bc`, "253"],
    ["fe80::1%", "a zone is the name or number of a network interface"],
    ["[fe80::1%et h0]:8333", "a zone is the name or number of a network interface"],
    ["2001:db8::1%eth0", "only a link-local address"],
    ["[2001:db8::1%eth0]:8333", "only a link-local address"],
    ["192.0.2.1%eth0", "only a link-local address"],
    ["fe80::1%eth0:8333", "needs brackets: [fe80::1%eth0]:8333"],
    ["fe80::1%eth0/64", "range"],
    ["eth0%1", "labels"],
    ["abc.onion", "Tor"],
    ["abc.ONION.:8333", "Tor"],
    ["abc.b32.i2p", "I2P"],
    ["abc.b32.i2p:0", "I2P"],
    ["abc.i2p:1", "I2P"],
    ["http://abc.onion/", "Tor"],
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

Deno.test("parseTarget() says how to write what should not be in brackets, with its port if it has one", () => {
  for (
    const [written, plain] of [["[seed.example]", "seed.example"], ["[192.0.2.1]:8333", "192.0.2.1:8333"]] as const
  ) {
    const { reason, target, code } = assertThrows(() => parseTarget(written), TargetError);
    assertEquals(reason, `only an IPv6 address goes in brackets: write ${plain}`);
    assertEquals([target, code], [written, "invalid_target"]);
  }
});

Deno.test("parseTarget() reads an onion name, with its last dot too, if Tor can be reached", () => {
  for (const [name, port] of [[ONION, null], [`${ONION}.`, null], [`${ONION}.:8333`, 8333]] as const) {
    const target = parseTarget(name, { networks: ["onion"] });
    assertEquals(target, { text: name, network: "onion", host: ONION, port } as Target);
  }
});

Deno.test("parseTarget() of what is no text is a TypeError", () => {
  assertThrows(() => parseTarget(as(8333)), TypeError, "Invalid target: expected a string, got 8333");
});
