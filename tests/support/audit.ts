import type { AuditRecord } from "../../src/report/records/audit.ts";
import { auditOf } from "./records.ts";

/** The record of an audited seed, as in the documentation. */
export const AUDIT: AuditRecord = auditOf({
  verdict: "warn",
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
  shared: 2,
  netgroups: 35,
  success: 27,
  failure: 11,
  success_rate: 0.7105,
  errors: { timeout: 9, connection_refused: 2 },
  behind: 1,
  v2: 25,
  user_agents: [["/Satoshi:31.0.0/", 12]],
});
