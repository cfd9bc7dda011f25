/**
 * Complete results for tests, which set only the fields that matter to them.
 *
 * @module
 */

import { ipAddress } from "../../src/address/address.ts";
import type { Findings } from "../../src/audit/findings.ts";
import type { AuditedPeer } from "../../src/audit/peer.ts";
import type { AuditResult, QueryResult, SeedFigures } from "../../src/audit/result.ts";
import type { AddressResult, AddrsResult, CrawlSummary, CrawlSummaryResult } from "../../src/crawl/result.ts";
import type { ErrorCode, ErrorPhase } from "../../src/net/errors.ts";
import type { HandshakeOutcome } from "../../src/net/outcome.ts";
import type { PeerResult, SummaryResult } from "../../src/scan/result.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { versionMessage } from "./messages.ts";

/** A successful handshake, except for `fields`. */
export function outcomeOf(fields: Partial<HandshakeOutcome> = {}): HandshakeOutcome {
  return {
    error: null,
    transport: "v1",
    sessionId: null,
    v2Fallback: false,
    version: versionMessage(),
    timeOffset: -3,
    verack: true,
    messageTypes: ["version", "wtxidrelay", "sendaddrv2", "verack"],
    connectTime: 11.249,
    handshakeTime: 83.35,
    bytesSent: 163,
    bytesReceived: 198,
    ...fields,
  };
}

/** The result of a peer that shook hands, except for `fields` of its handshake. */
export function peerResultOf(fields: Partial<HandshakeOutcome> = {}): PeerResult {
  const address = ipAddress("250.1.0.1", 8333);
  return { type: "peer", target: "seed.example", address, outcome: outcomeOf(fields) };
}

/** The result of a peer that sent nothing, if there was a connection at all. */
export function failedPeerResultOf(
  code: ErrorCode = "timeout",
  phase: ErrorPhase = "connect",
  fields: Partial<HandshakeOutcome> = {},
): PeerResult {
  return peerResultOf({
    error: { code, phase, message: "no connection within 10 s" },
    version: null,
    timeOffset: null,
    verack: false,
    messageTypes: [],
    connectTime: null,
    bytesReceived: 0,
    ...fields,
  });
}

/** A peer that shook hands, as an audit remembers it, except for `fields`. */
export function auditedPeerOf(fields: Partial<AuditedPeer> = {}): AuditedPeer {
  return {
    network: "ipv4",
    error: null,
    services: 0xc09n,
    userAgent: "/Satoshi:31.0.0/",
    startHeight: 940_000,
    connectTime: 11.249,
    handshakeTime: 83.35,
    ...fields,
  };
}

/** One that did not. */
export function failedAuditedPeerOf(code: ErrorCode = "timeout", fields: Partial<AuditedPeer> = {}): AuditedPeer {
  const nothing = { services: 0n, userAgent: "", startHeight: null, connectTime: null };
  return auditedPeerOf({ error: { code, phase: "connect" }, ...nothing, ...fields });
}

/** What a good seed's own name gave, except for `fields`. */
export function queryOf(fields: Partial<QueryResult> = {}): QueryResult {
  const { addresses = 20 } = fields;
  return {
    name: "seed.example",
    serviceBits: null,
    addresses,
    ipv4: Math.floor(addresses / 2),
    ipv6: Math.ceil(addresses / 2),
    reachable: addresses,
    success: addresses,
    matching: addresses,
    elapsed: 31.249,
    error: null,
    ...fields,
  };
}

/** The same of its subdomain for NETWORK and WITNESS. */
export function x9Of(fields: Partial<QueryResult> = {}): QueryResult {
  return queryOf({ name: "x9.seed.example", serviceBits: 9n, elapsed: 29.8, ...fields });
}

/** The figures of a good seed, except for `fields`. */
export function figuresOf(fields: Partial<SeedFigures> = {}): SeedFigures {
  return {
    seed: "seed.example",
    partial: false,
    queries: [queryOf(), x9Of()],
    addresses: 20,
    ipv4: 10,
    ipv6: 10,
    unroutable: 0,
    noRoute: 0,
    shared: 0,
    netgroups: 20,
    success: 20,
    failure: 0,
    errors: new Map(),
    behind: 0,
    medianHeight: 940_000,
    v2: 20,
    userAgents: [["/Satoshi:31.0.0/", 12], ["/Satoshi:30.2.0/", 8]],
    connectTime: { p50: 41.249, p90: 180.251 },
    handshakeTime: { p50: 95, p90: 391.65 },
    ...fields,
  };
}

/** The findings about it before it is judged, except for `more`, which are not figures. */
export function findingsOf(
  fields: Partial<SeedFigures> = {},
  more: Partial<Omit<Findings, "figures">> = {},
): Findings {
  return {
    figures: figuresOf(fields),
    unanswered: new Set(),
    largestNetgroup: ["250.1.0.0/16", 1],
    unroutable: undefined,
    ...more,
  };
}

/** The result of a good seed, except for `fields`. */
export function auditResultOf(fields: Partial<AuditResult> = {}): AuditResult {
  return { type: "audit", ...figuresOf(), verdict: "pass", reasons: [], ...fields };
}

/** A summary, except for `fields`. */
export function summaryResultOf(fields: Partial<SummaryResult> = {}): SummaryResult {
  return {
    type: "summary",
    chain: MAINNET,
    targets: 1,
    peers: 25,
    success: 6,
    failure: 19,
    verackMissing: 0,
    errors: new Map([["timeout", 19]]),
    elapsed: 10_012.4,
    interrupted: false,
    ...fields,
  };
}

/** A whole answer to `getaddr`, except for `fields`. */
export function addrsResultOf(fields: Partial<AddrsResult> = {}): AddrsResult {
  return {
    type: "addrs",
    address: ipAddress("250.1.0.1", 8333),
    outcome: "answered",
    messages: 2,
    entries: 1001,
    new: 312,
    networks: { cjdns: 1, ipv4: 640, ipv6: 120, onion: 190, i2p: 40 },
    skipped: 10,
    wait: 41.749,
    ...fields,
  };
}

/** An address that was not dialled, except for `fields`. */
export function addressResultOf(fields: Partial<AddressResult> = {}): AddressResult {
  return {
    type: "address",
    address: ipAddress("250.1.0.9", 8333),
    services: 0xc09n,
    time: 1_795_000_000,
    groups: 17,
    dialled: false,
    reason: "too_old",
    ...fields,
  };
}

/** The summary of a complete crawl, except for `fields` of its totals. */
export function crawlSummaryResultOf(fields: Partial<CrawlSummary> = {}): CrawlSummaryResult {
  const crawl: CrawlSummary = {
    known: 81_234,
    networks: {
      cjdns: { known: 14, dialled: 10, success: 8 },
      ipv4: { known: 52_100, dialled: 38_411, success: 6612 },
      ipv6: { known: 9800, dialled: 7000, success: 2210 },
      onion: { known: 16_200, dialled: 14_000, success: 10_800 },
      i2p: { known: 3120, dialled: 990, success: 940 },
    },
    waiting: 0,
    notDialled: new Map([["too_old", 20_511], ["unroutable", 312]]),
    asked: 21_544,
    answered: 20_990,
    selfOnly: 12,
    silent: 401,
    malformed: 3,
    closed: 138,
    entries: 20_311_400,
    complete: true,
    stoppedBy: null,
    bound: new Map([["ipv4", 0.6149], ["onion", 0.97], ["rate", 0.12]]),
    since: null,
    ...fields,
  };
  return { ...summaryResultOf(), crawl };
}
