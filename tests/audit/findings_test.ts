import { assertEquals } from "@std/assert";
import { type Evidence, examine, type Findings } from "../../src/audit/findings.ts";
import type { AuditedPeer } from "../../src/audit/peer.ts";
import type { Resolution } from "../../src/net/dns.ts";
import type { Failure } from "../../src/net/errors.ts";
import { ipHosts } from "../support/addresses.ts";
import { auditedPeerOf, failedAuditedPeerOf } from "../support/results.ts";

const NOT_FOUND = { code: "dns_not_found", phase: "dns", message: "a.example has no address" } as const;

const NOTHING = {
  addresses: 0,
  ipv4: 0,
  ipv6: 0,
  reachable: 0,
  success: 0,
  matching: 0,
  elapsed: 31.249,
  error: null,
};

const TIMEOUT: Failure = { code: "dns_timeout", phase: "dns", message: "AAAA: no usable answer" };

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
  peers: Record<string, AuditedPeer>,
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

/** What there is to say of the one seed with these peers, the first at 30.0.0.1, the next at 30.1.0.1. */
function figuresOf(...peers: AuditedPeer[]): Findings["figures"] {
  const at = Object.fromEntries(peers.map((peer, i) => [`30.${i}.0.1`, peer]));
  const [findings] = examined({ "a.example": answer(...Object.keys(at)) }, at);
  if (findings === undefined) throw new Error("Expected the findings of a seed");
  return findings.figures;
}

Deno.test("examine() says of each name of a seed what it gave, in order", () => {
  const answers = { "a.example": answer("30.1.0.1", "3fff:1::1", "3fff:2::1"), "x9.a.example": answer() };
  const [findings] = examined(answers, {});
  assertEquals(findings?.figures.queries, [
    { ...NOTHING, name: "a.example", serviceBits: null, addresses: 3, ipv4: 1, ipv6: 2, reachable: 3 },
    { ...NOTHING, name: "x9.a.example", serviceBits: 9n, error: NOT_FOUND },
  ]);
  assertEquals(findings?.figures.partial, false);
});

Deno.test("examine() counts every address once over the names of a seed", () => {
  const answers = {
    "a.example": answer("30.1.0.1", "30.1.0.2", "3fff:1::1", "10.1.2.3"),
    "x9.a.example": answer("30.1.0.2", "30.2.0.1", "fd00::1"),
  };
  const [findings] = examined(answers, {});
  const { addresses, ipv4, ipv6, unroutable, netgroups, success, failure } = findings?.figures ?? {};
  assertEquals({ addresses, ipv4, ipv6, unroutable, netgroups }, {
    addresses: 6,
    ipv4: 4,
    ipv6: 2,
    unroutable: 2,
    netgroups: 5,
  });
  assertEquals([success, failure], [0, 0]);
  assertEquals(findings?.largestNetgroup, ["30.1.0.0/16", 2]);
  assertEquals(findings?.unroutable, ["10.1.2.3", "for private use, RFC 1918"]);
});

Deno.test("examine() counts as not routable what is reserved, and what stands for an IPv4 address that is not routable", () => {
  const unroutable = ["240.0.0.1", "192.0.0.8", "2002:a01:203::1", "64:ff9b::10.1.2.3", "2001:0:1e01:1::f5fe:fdfc"];
  const routable = ["2002:1e01:203::1", "64:ff9b::30.1.2.3", "2001:0:a01:1::e1fe:fdfc"];
  const [findings] = examined({ "a.example": answer(...routable, ...unroutable) }, {});
  assertEquals([findings?.figures.unroutable, findings?.unroutable], [5, ["240.0.0.1", "reserved, RFC 1112"]]);
});

Deno.test("examine() finds the netgroups of the IPv4 addresses within those of 6to4, NAT64 and Teredo", () => {
  const nat64 = Array.from({ length: 12 }, (_, i) => `64:ff9b::1e0${i.toString(16)}:1`);
  const [apart] = examined({ "a.example": answer(...nat64) }, {});
  assertEquals([apart?.figures.netgroups, apart?.largestNetgroup], [12, ["30.0.0.0/16", 1]]);
  const one = ["30.1.2.3", "2002:1e01:203::1", "64:ff9b::30.1.7.7", "2001:0:a01:1::e1fe:fdfc"];
  const [together] = examined({ "a.example": answer(...one) }, {});
  assertEquals([together?.figures.netgroups, together?.largestNetgroup], [1, ["30.1.0.0/16", 4]]);
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
  assertEquals(found.map(({ figures: { seed, shared } }) => [seed, shared]), [
    ["a.example", 1],
    ["b.example", 1],
    ["c.example", 0],
  ]);
});

Deno.test("examine() takes the peers with all the bits of a subdomain for matching, of those that shook hands", () => {
  const peers = {
    "30.1.0.1": auditedPeerOf({ services: 9n }),
    "30.2.0.1": auditedPeerOf({ services: 0xffff_ffff_ffff_ffffn }),
    "30.3.0.1": auditedPeerOf({ services: 0x408n }),
    "30.4.0.1": auditedPeerOf({ services: 1n }),
    "30.5.0.1": failedAuditedPeerOf("timeout", { services: 9n }),
    "30.6.0.1": failedAuditedPeerOf(),
  };
  const [findings] = examined({ "x9.a.example": answer(...Object.keys(peers)) }, peers);
  assertEquals(findings?.figures.queries, [
    { ...NOTHING, name: "x9.a.example", serviceBits: 9n, addresses: 6, ipv4: 6, reachable: 6, success: 4, matching: 2 },
  ]);
  const [own] = examined({ "a.example": answer(...Object.keys(peers)) }, peers);
  assertEquals(own?.figures.queries.map(({ success, matching }) => [success, matching]), [[4, 4]]);
});

Deno.test("examine() says of each name how many of its addresses shook hands", () => {
  const peers = { "30.1.0.1": auditedPeerOf(), "30.2.0.1": failedAuditedPeerOf() };
  const answers = { "a.example": answer("30.1.0.1", "30.2.0.1"), "x9.a.example": answer("30.2.0.1") };
  const [findings] = examined(answers, peers);
  assertEquals(findings?.figures.queries.map(({ name, addresses, success }) => [name, addresses, success]), [
    ["a.example", 2, 1],
    ["x9.a.example", 1, 0],
  ]);
});

Deno.test("examine() says which family's query failed for a name, and that its addresses are unknown", () => {
  const answers = {
    "a.example": { ...answer("30.1.0.1"), failures: [{ network: "ipv6", error: TIMEOUT }] as const },
    "x9.a.example": answer("30.1.0.1"),
  };
  const [findings] = examined(answers, {});
  assertEquals(findings?.figures.queries.map(({ error }) => error), [TIMEOUT, null]);
  assertEquals(findings?.unanswered, new Set(["ipv6"]));
});

Deno.test("examine() of an interrupted audit calls its findings partial, and knows of no family what the seed has", () => {
  const [findings] = examined({ "a.example": answer("30.1.0.1") }, {}, undefined, { interrupted: true });
  assertEquals([findings?.figures.partial, findings?.unanswered], [true, new Set(["ipv4", "ipv6"])]);
});

Deno.test("examine() counts what this machine has no route to, for neither success nor failure", () => {
  const peers = {
    "30.1.0.1": auditedPeerOf(),
    "3fff:1::1": failedAuditedPeerOf("host_unreachable", { network: "ipv6" }),
  } as const;
  const answers = { "a.example": answer("30.1.0.1", "3fff:1::1"), "x9.a.example": answer("3fff:1::1") };
  const [findings] = examined(answers, peers, undefined, { noRoute: new Set(["ipv6"]) });
  const { addresses, noRoute, success, failure, errors, partial } = findings?.figures ?? {};
  assertEquals([addresses, noRoute, success, failure, errors?.size, partial], [2, 1, 1, 0, 0, false]);
  assertEquals(findings?.figures.queries.map(({ addresses, reachable }) => [addresses, reachable]), [[2, 1], [1, 0]]);
  const [none] = examined({ "a.example": answer("3fff:1::1") }, peers, undefined, { noRoute: new Set(["ipv6"]) });
  assertEquals([none?.figures.partial, none?.figures.success, none?.figures.failure], [true, 0, 0]);
});

Deno.test("examine() counts what became of the peers", () => {
  const { success, failure, errors } = figuresOf(
    auditedPeerOf(),
    auditedPeerOf(),
    failedAuditedPeerOf("timeout"),
    failedAuditedPeerOf("connection_refused"),
    failedAuditedPeerOf("timeout"),
    failedAuditedPeerOf("timeout"),
  );
  assertEquals([success, failure], [2, 4]);
  assertEquals([...errors], [["timeout", 3], ["connection_refused", 1]]);
});

Deno.test("examine() counts peers more than 144 blocks below the median as behind", () => {
  const at = (startHeight: number | null) => auditedPeerOf({ startHeight });
  const { behind, medianHeight } = figuresOf(at(940_000), at(940_001), at(940_000), at(939_856), at(939_855), at(null));
  assertEquals([behind, medianHeight], [1, 940_000]);
  assertEquals([figuresOf(failedAuditedPeerOf()).behind, figuresOf(failedAuditedPeerOf()).medianHeight], [0, null]);
});

Deno.test("examine() compares the heights with the median of all seeds' peers", () => {
  const low = { "30.1.0.1": auditedPeerOf({ startHeight: 100 }) };
  const high = Object.fromEntries([2, 3].map((i) => [`30.${i}.0.1`, auditedPeerOf({ startHeight: 1000 })]));
  const answers = { "a.example": answer(...Object.keys(low)), "b.example": answer(...Object.keys(high)) };
  const found = examined(answers, { ...low, ...high }, ["a.example", "b.example"]);
  assertEquals(found.map(({ figures: { behind, medianHeight } }) => [behind, medianHeight]), [[1, 100], [0, 1000]]);
});

Deno.test("examine() asks no peer for its height that did not shake hands in the end", () => {
  const halfway = failedAuditedPeerOf("timeout", { startHeight: 1_000_000 });
  const { behind, medianHeight } = figuresOf(auditedPeerOf(), halfway, halfway, halfway);
  assertEquals([behind, medianHeight], [0, 940_000]);
});

Deno.test("examine() tells the user agents, the v2 peers and the times of those that shook hands", () => {
  const { v2, userAgents, connectTime, handshakeTime } = figuresOf(
    auditedPeerOf({ userAgent: "/a/", connectTime: 1, handshakeTime: 10 }),
    auditedPeerOf({ userAgent: "/b/", connectTime: 2, handshakeTime: 20, services: 0x7ffn }),
    auditedPeerOf({ userAgent: "/b/", connectTime: 3, handshakeTime: 30, services: 0n }),
    auditedPeerOf({ userAgent: "", connectTime: null, handshakeTime: 40, services: 0x800n }),
    failedAuditedPeerOf("timeout", { userAgent: "/a/", connectTime: 99, services: 0x800n }),
  );
  assertEquals(v2, 2);
  assertEquals(userAgents, [["/b/", 2], ["", 1], ["/a/", 1]]);
  assertEquals([connectTime, handshakeTime], [{ p50: 2, p90: 3 }, { p50: 20, p90: 40 }]);
});

Deno.test("examine() has the 50th and the 90th percentile of the times", () => {
  const peers = Array.from({ length: 100 }, (_, i) => auditedPeerOf({ connectTime: i + 1, handshakeTime: 1000 + i }));
  const { connectTime, handshakeTime } = figuresOf(...peers);
  assertEquals([connectTime, handshakeTime], [{ p50: 50, p90: 90 }, { p50: 1049, p90: 1089 }]);
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
  assertEquals(found.map(({ figures: { seed, queries } }) => [seed, ...queries.map(({ name }) => name)]), [
    ["B.example.", "x9.B.example."],
    ["d.example", "d.example", "x9.d.example"],
  ]);
});
