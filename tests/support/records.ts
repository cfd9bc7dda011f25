/**
 * Complete records for tests, which set only the fields that matter to them.
 *
 * @module
 */

import type { AuditRecord } from "../../src/report/records/audit.ts";
import type { PeerRecord } from "../../src/report/records/peer.ts";
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
    ...fields,
  };
}
