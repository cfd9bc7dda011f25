import { assertEquals } from "@std/assert";
import { type Evidence, examine, type Findings } from "../../src/audit/findings.ts";
import type { Resolution } from "../../src/net/dns.ts";
import type { ErrorRecord } from "../../src/net/errors.ts";
import type { PeerRecord } from "../../src/scan/record.ts";
import { ipHosts } from "../support/addresses.ts";
import { failedPeerOf, peerOf } from "../support/records.ts";

const NOT_FOUND = { code: "dns_not_found", phase: "dns", message: "a.example has no address" } as const;

const TIMEOUT: ErrorRecord = { code: "dns_timeout", phase: "dns", message: "AAAA: no usable answer" };

function answer(...addresses: string[]): Resolution {
  return {
    addresses: ipHosts(...addresses),
    error: addresses.length > 0 ? null : NOT_FOUND,
    failures: [],
    elapsed: 31.249,
  };
}

/** The findings of seeds that are asked for x9, from what names and addresses gave. */
function examined(
  answers: Record<string, Resolution>,
  peers: Record<string, PeerRecord>,
  seeds = ["a.example"],
  more: Partial<Evidence> = {},
): Findings[] {
  return examine(seeds.map((name) => ({ name, serviceBits: [9n] })), {
    answers: new Map(Object.entries(answers)),
    peers: new Map(Object.entries(peers)),
    noRoute: new Set(),
    interrupted: false,
    ...more,
  });
}

/** The record of the one seed with these peers, the first at 30.0.0.1, the next at 30.1.0.1. */
function recordOf(...peers: PeerRecord[]): Findings["record"] {
  const at = Object.fromEntries(peers.map((peer, i) => [`30.${i}.0.1`, peer]));
  const [findings] = examined({ "a.example": answer(...Object.keys(at)) }, at);
  if (findings === undefined) throw new Error("Expected the findings of a seed");
  return findings.record;
}

Deno.test("examine() says of each name of a seed what it gave, in order", () => {
  const answers = { "a.example": answer("30.1.0.1", "3fff:1::1", "3fff:2::1"), "x9.a.example": answer() };
  const [findings] = examined(answers, {});
  assertEquals(findings?.record.queries, [
    { name: "a.example", service_bits: null, a: 1, aaaa: 2, elapsed_ms: 31.2, matching: null, error: null },
    {
      name: "x9.a.example",
      service_bits: "0000000000000009",
      a: 0,
      aaaa: 0,
      elapsed_ms: 31.2,
      matching: 0,
      error: NOT_FOUND,
    },
  ]);
});

Deno.test("examine() counts every address once over the names of a seed", () => {
  const answers = {
    "a.example": answer("30.1.0.1", "30.1.0.2", "3fff:1::1", "10.1.2.3"),
    "x9.a.example": answer("30.1.0.2", "30.2.0.1", "fd00::1"),
  };
  const [findings] = examined(answers, {});
  const { addresses, ipv4, ipv6, unroutable, netgroups, success, failure, success_rate } = findings?.record ?? {};
  assertEquals({ addresses, ipv4, ipv6, unroutable, netgroups }, {
    addresses: 6,
    ipv4: 4,
    ipv6: 2,
    unroutable: 2,
    netgroups: 5,
  });
  assertEquals([success, failure, success_rate], [0, 0, null]);
  assertEquals(findings?.largestNetgroup, ["30.1.0.0/16", 2]);
  assertEquals(findings?.unroutable, ["10.1.2.3", "for private use, RFC 1918"]);
});

Deno.test("examine() counts as not routable what is reserved, and what stands for an IPv4 address that is not routable", () => {
  const unroutable = ["240.0.0.1", "192.0.0.8", "2002:a01:203::1", "64:ff9b::10.1.2.3", "2001:0:1e01:1::f5fe:fdfc"];
  const routable = ["2002:1e01:203::1", "64:ff9b::30.1.2.3", "2001:0:a01:1::e1fe:fdfc"];
  const [findings] = examined({ "a.example": answer(...routable, ...unroutable) }, {});
  assertEquals([findings?.record.unroutable, findings?.unroutable], [5, ["240.0.0.1", "reserved, RFC 1112"]]);
});

Deno.test("examine() finds the netgroups of the IPv4 addresses within those of 6to4, NAT64 and Teredo", () => {
  const nat64 = Array.from({ length: 12 }, (_, i) => `64:ff9b::1e0${i.toString(16)}:1`);
  const [apart] = examined({ "a.example": answer(...nat64) }, {});
  assertEquals([apart?.record.netgroups, apart?.largestNetgroup], [12, ["30.0.0.0/16", 1]]);
  const one = ["30.1.2.3", "2002:1e01:203::1", "64:ff9b::30.1.7.7", "2001:0:a01:1::e1fe:fdfc"];
  const [together] = examined({ "a.example": answer(...one) }, {});
  assertEquals([together?.record.netgroups, together?.largestNetgroup], [1, ["30.1.0.0/16", 4]]);
});

Deno.test("examine() counts as shared what another seed gave too, not what two names of one seed gave", () => {
  const answers = {
    "a.example": answer("30.1.0.1", "30.2.0.1"),
    "x9.a.example": answer("30.1.0.1", "30.2.0.1"),
    "b.example": answer("30.3.0.1"),
    "x9.b.example": answer("30.2.0.1"),
    "c.example": answer("30.4.0.1"),
  };
  const found = examined(answers, {}, ["a.example", "b.example", "c.example"]);
  assertEquals(found.map(({ record: { seed, shared } }) => [seed, shared]), [
    ["a.example", 1],
    ["b.example", 1],
    ["c.example", 0],
  ]);
});

Deno.test("examine() takes the peers with all the bits of a subdomain for matching, of those that shook hands", () => {
  const peers = {
    "30.1.0.1": peerOf({ services: "0000000000000009" }),
    "30.2.0.1": peerOf({ services: "ffffffffffffffff" }),
    "30.3.0.1": peerOf({ services: "0000000000000408" }),
    "30.4.0.1": peerOf({ services: "0000000000000001" }),
    "30.5.0.1": { ...failedPeerOf(), services: "0000000000000009" },
    "30.6.0.1": failedPeerOf(),
  };
  const [findings] = examined({ "x9.a.example": answer(...Object.keys(peers)) }, peers);
  assertEquals(findings?.record.queries.map(({ matching }) => matching), [2]);
  assertEquals(findings?.names, [
    { name: "x9.a.example", serviceBits: 9n, addresses: 6, reachable: 6, success: 4, matching: 2 },
  ]);
});

Deno.test("examine() says of each name how many of its addresses shook hands", () => {
  const peers = { "30.1.0.1": peerOf(), "30.2.0.1": failedPeerOf() };
  const answers = { "a.example": answer("30.1.0.1", "30.2.0.1"), "x9.a.example": answer("30.2.0.1") };
  const [findings] = examined(answers, peers);
  assertEquals(findings?.names.map(({ name, addresses, success }) => [name, addresses, success]), [
    ["a.example", 2, 1],
    ["x9.a.example", 1, 0],
  ]);
});

Deno.test("examine() says in the record of a name which family's query failed, and that it is not known what there is", () => {
  const answers = {
    "a.example": { ...answer("30.1.0.1"), failures: [{ network: "ipv6", error: TIMEOUT }] as const },
    "x9.a.example": answer("30.1.0.1"),
  };
  const [findings] = examined(answers, {});
  assertEquals(findings?.record.queries.map(({ error }) => error), [TIMEOUT, null]);
  assertEquals(findings?.unanswered, new Set(["ipv6"]));
});

Deno.test("examine() of an interrupted audit calls its records partial, and knows of no family what the seed has", () => {
  const [findings] = examined({ "a.example": answer("30.1.0.1") }, {}, undefined, { interrupted: true });
  assertEquals([findings?.record.partial, findings?.unanswered], [true, new Set(["ipv4", "ipv6"])]);
});

Deno.test("examine() counts what this machine has no way to, for neither success nor failure", () => {
  const unreachable = failedPeerOf("host_unreachable");
  const peers = { "30.1.0.1": peerOf(), "3fff:1::1": { ...unreachable, network: "ipv6" } } as const;
  const answers = { "a.example": answer("30.1.0.1", "3fff:1::1"), "x9.a.example": answer("3fff:1::1") };
  const [findings] = examined(answers, peers, undefined, { noRoute: new Set(["ipv6"]) });
  const { addresses, no_route, success, failure, success_rate, errors, partial } = findings?.record ?? {};
  assertEquals([addresses, no_route, success, failure, success_rate, errors, partial], [2, 1, 1, 0, 1, {}, false]);
  assertEquals(findings?.names.map(({ addresses, reachable }) => [addresses, reachable]), [[2, 1], [1, 0]]);
  const [none] = examined({ "a.example": answer("3fff:1::1") }, peers, undefined, { noRoute: new Set(["ipv6"]) });
  assertEquals([none?.record.partial, none?.record.success_rate], [true, null]);
});

Deno.test("examine() counts what became of the peers", () => {
  const { success, failure, success_rate, errors } = recordOf(
    peerOf(),
    peerOf(),
    failedPeerOf("timeout"),
    failedPeerOf("connection_refused"),
    failedPeerOf("timeout"),
    failedPeerOf("timeout"),
  );
  assertEquals([success, failure, success_rate], [2, 4, 0.3333]);
  assertEquals(Object.entries(errors), [["timeout", 3], ["connection_refused", 1]]);
});

Deno.test("examine() takes for behind the peers more than 144 blocks under the median", () => {
  const at = (startingheight: number | null) => peerOf({ startingheight });
  const { behind, median_height } = recordOf(at(940_000), at(940_001), at(940_000), at(939_856), at(939_855), at(null));
  assertEquals([behind, median_height], [1, 940_000]);
  assertEquals([recordOf(failedPeerOf()).behind, recordOf(failedPeerOf()).median_height], [0, null]);
});

Deno.test("examine() compares the heights with the median of all seeds' peers", () => {
  const low = { "30.1.0.1": peerOf({ startingheight: 100 }) };
  const high = Object.fromEntries([2, 3].map((i) => [`30.${i}.0.1`, peerOf({ startingheight: 1000 })]));
  const answers = { "a.example": answer(...Object.keys(low)), "b.example": answer(...Object.keys(high)) };
  const found = examined(answers, { ...low, ...high }, ["a.example", "b.example"]);
  assertEquals(found.map(({ record: { behind, median_height } }) => [behind, median_height]), [[1, 100], [0, 1000]]);
});

Deno.test("examine() asks no peer for its height that did not shake hands in the end", () => {
  const halfway = { ...failedPeerOf(), startingheight: 1_000_000 };
  const { behind, median_height } = recordOf(peerOf(), halfway, halfway, halfway);
  assertEquals([behind, median_height], [0, 940_000]);
});

Deno.test("examine() tells the user agents, the v2 peers and the times of those that shook hands", () => {
  const { v2, user_agents, connect_ms, handshake_ms } = recordOf(
    peerOf({ subver: "/a/", connect_ms: 1, handshake_ms: 10 }),
    peerOf({ subver: "/b/", connect_ms: 2, handshake_ms: 20, servicesnames: ["NETWORK"] }),
    peerOf({ subver: "/b/", connect_ms: 3, handshake_ms: 30, servicesnames: null }),
    peerOf({ subver: null, connect_ms: null, handshake_ms: 40 }),
    { ...failedPeerOf(), subver: "/a/", connect_ms: 99, servicesnames: ["P2P_V2"] },
  );
  assertEquals(v2, 2);
  assertEquals(user_agents, [["/b/", 2], ["", 1], ["/a/", 1]]);
  assertEquals([connect_ms, handshake_ms], [{ p50: 2, p90: 3 }, { p50: 20, p90: 40 }]);
});

Deno.test("examine() says nothing of a seed without an address before all its names have been answered", () => {
  const seeds = ["a.example", "B.example.", "c.example", "d.example"];
  const answers = {
    "x9.b.example": answer("30.1.0.1"),
    "c.example": answer(),
    "d.example": answer(),
    "x9.d.example": answer(),
  };
  const found = examined(answers, {}, seeds);
  assertEquals(found.map(({ record: { seed, queries } }) => [seed, ...queries.map(({ name }) => name)]), [
    ["B.example.", "x9.B.example."],
    ["d.example", "d.example", "x9.d.example"],
  ]);
});
