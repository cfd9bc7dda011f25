import type { AuditRecord } from "../../src/audit/record.ts";

/** The record of an audited seed, as the documentation has one. */
export const AUDIT: AuditRecord = {
  type: "audit",
  seed: "seed.example",
  verdict: "warn",
  partial: false,
  reasons: [{ code: "low_success_rate", message: "71% of 38 addresses shook hands, 80% expected" }],
  queries: [
    { name: "seed.example", service_bits: null, a: 23, aaaa: 15, elapsed_ms: 31.2, matching: null, error: null },
    {
      name: "x9.seed.example",
      service_bits: "0000000000000009",
      a: 23,
      aaaa: 15,
      elapsed_ms: 29,
      matching: 27,
      error: null,
    },
  ],
  addresses: 38,
  ipv4: 23,
  ipv6: 15,
  unroutable: 0,
  no_route: 0,
  shared: 2,
  netgroups: 35,
  success: 27,
  failure: 11,
  success_rate: 0.7105,
  errors: { timeout: 9, connection_refused: 2 },
  behind: 1,
  median_height: 940_000,
  v2: 25,
  user_agents: [["/Satoshi:31.0.0/", 12]],
  connect_ms: { p50: 41.2, p90: 180.3 },
  handshake_ms: { p50: 95, p90: 391.7 },
};
