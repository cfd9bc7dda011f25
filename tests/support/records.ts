/**
 * Complete records for tests, which set only the fields that matter to them.
 *
 * @module
 */

import type { AddressRecord } from "../../src/report/records/address.ts";
import type { AddrsRecord } from "../../src/report/records/addrs.ts";
import type { AuditRecord } from "../../src/report/records/audit.ts";
import type { CrawlRecord } from "../../src/report/records/crawl.ts";
import type { PeerRecord } from "../../src/report/records/peer.ts";
import type { RunRecord } from "../../src/report/records/run.ts";
import type { SummaryRecord } from "../../src/report/records/summary.ts";

/** The record of a peer that shook hands, except for `fields`. */
export function peerOf(fields: Partial<PeerRecord> = {}): PeerRecord {
  return {
    type: "peer",
    target: "seed.example",
    addr: "250.1.0.1:8333",
    network: "ipv4",
    success: true,
    transport_protocol_type: "v1",
    session_id: null,
    v2_fallback: false,
    version: 70016,
    services: "0000000000000c09",
    servicesnames: ["NETWORK", "WITNESS", "NETWORK_LIMITED", "P2P_V2"],
    subver: "/Satoshi:31.0.0/",
    startingheight: 940_000,
    relaytxes: true,
    timeoffset: -3,
    addrlocal: "198.51.100.2:51234",
    verack: true,
    messages: ["version", "wtxidrelay", "sendaddrv2", "verack"],
    connect_ms: 11.2,
    handshake_ms: 83.4,
    bytessent: 163,
    bytesrecv: 198,
    error: null,
    ...fields,
  };
}

/** The record of a peer that did not shake hands. */
export function failedPeerOf(code: NonNullable<PeerRecord["error"]>["code"] = "timeout"): PeerRecord {
  return peerOf({
    success: false,
    version: null,
    services: null,
    servicesnames: null,
    subver: null,
    startingheight: null,
    relaytxes: null,
    timeoffset: null,
    addrlocal: null,
    verack: false,
    messages: [],
    connect_ms: null,
    bytesrecv: 0,
    error: { code, phase: "connect", message: "no connection within 10 s" },
  });
}

/** The record of a good seed, except for `fields`. */
export function auditOf(fields: Partial<AuditRecord> = {}): AuditRecord {
  return {
    type: "audit",
    seed: "seed.example",
    verdict: "pass",
    partial: false,
    reasons: [],
    queries: [
      { name: "seed.example", service_bits: null, a: 10, aaaa: 10, elapsed_ms: 31.2, matching: null, error: null },
      {
        name: "x9.seed.example",
        service_bits: "0000000000000009",
        a: 10,
        aaaa: 10,
        elapsed_ms: 29.8,
        matching: 20,
        error: null,
      },
    ],
    addresses: 20,
    ipv4: 10,
    ipv6: 10,
    unroutable: 0,
    no_route: 0,
    shared: 0,
    netgroups: 20,
    success: 20,
    failure: 0,
    success_rate: 1,
    errors: {},
    behind: 0,
    median_height: 940_000,
    v2: 20,
    user_agents: [["/Satoshi:31.0.0/", 12], ["/Satoshi:30.2.0/", 8]],
    connect_ms: { p50: 41.2, p90: 180.3 },
    handshake_ms: { p50: 95, p90: 391.7 },
    ...fields,
  };
}

/** The record of a whole answer to `getaddr`, except for `fields`. */
export function addrsOf(fields: Partial<AddrsRecord> = {}): AddrsRecord {
  return {
    type: "addrs",
    addr: "250.1.0.1:8333",
    outcome: "answered",
    messages: 2,
    entries: 1001,
    new: 312,
    networks: { ipv4: 640, ipv6: 120, onion: 190, i2p: 40, cjdns: 1 },
    skipped: 10,
    wait_ms: 41.7,
    ...fields,
  };
}

/** The record of an address that was not dialled, except for `fields`. */
export function addressRecordOf(fields: Partial<AddressRecord> = {}): AddressRecord {
  return {
    type: "address",
    addr: "250.1.0.9:8333",
    network: "ipv4",
    services: "0000000000000c09",
    time: 1_795_000_000,
    groups: 17,
    dialled: false,
    reason: "too_old",
    ...fields,
  };
}

/** The totals of a complete crawl, except for `fields`. */
export function crawlOf(fields: Partial<CrawlRecord> = {}): CrawlRecord {
  return {
    known: 81_234,
    networks: {
      ipv4: { known: 52_100, dialled: 38_411, success: 6612 },
      ipv6: { known: 9800, dialled: 7000, success: 2210 },
      onion: { known: 16_200, dialled: 14_000, success: 10_800 },
      i2p: { known: 3120, dialled: 990, success: 940 },
      cjdns: { known: 14, dialled: 10, success: 8 },
    },
    waiting: 0,
    not_dialled: { too_old: 20_511, unroutable: 312 },
    asked: 21_544,
    answered: 20_990,
    self_only: 12,
    silent: 401,
    malformed: 3,
    closed: 138,
    entries: 20_311_400,
    complete: true,
    stopped_by: null,
    bound: { ipv4: 0.61, onion: 0.97, rate: 0.12 },
    since: null,
    ...fields,
  };
}

/** A summary, except for `fields`. */
export function summaryOf(fields: Partial<SummaryRecord> = {}): SummaryRecord {
  return {
    type: "summary",
    chain: "mainnet",
    targets: 1,
    peers: 25,
    success: 6,
    failure: 19,
    verack_missing: 0,
    errors: { timeout: 19 },
    elapsed_ms: 10_012,
    interrupted: false,
    crawl: null,
    ...fields,
  };
}

/** A run that was kept, except for `fields`. */
export function runOf(fields: Partial<RunRecord> = {}): RunRecord {
  const network = (success: number) => ({
    known: 9 * success,
    dialled: 3 * success,
    success,
    v2: success,
    median_height: 940_000,
  });
  return {
    type: "run",
    run: 2,
    started: 1_795_000_000,
    ended: 1_795_000_600,
    elapsed_ms: 600_000,
    known: 81_234,
    waiting: 0,
    complete: true,
    stopped_by: null,
    networks: {
      ipv4: network(6612),
      ipv6: network(2210),
      onion: network(10_800),
      i2p: network(940),
      cjdns: network(8),
    },
    user_agents: [["/Satoshi:31.0.0/", 12_000], ["/Satoshi:30.2.0/", 8570]],
    since: { new: 120, back: 40, gone: 130, kept: 20_410 },
    ...fields,
  };
}
