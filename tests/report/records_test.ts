import { assertEquals } from "@std/assert";
import { recordOf } from "../../src/report/records.ts";
import { auditRecord } from "../../src/report/records/audit.ts";
import { peerRecord } from "../../src/report/records/peer.ts";
import { seedRecord } from "../../src/report/records/seed.ts";
import { summaryRecord } from "../../src/report/records/summary.ts";
import { ipHosts } from "../support/addresses.ts";
import { auditResultOf, peerResultOf, summaryResultOf } from "../support/results.ts";

const RESOLUTION = { addresses: ipHosts("250.1.0.1"), error: null, failures: [], elapsed: 31.249 };

Deno.test("recordOf() makes the record of any result", () => {
  const seed = { type: "seed", target: "seed.example", resolution: RESOLUTION } as const;
  const [peer, audit, summary] = [peerResultOf(), auditResultOf(), summaryResultOf()];
  assertEquals([seed, peer, audit, summary].map((result) => recordOf(result)), [
    seedRecord(seed),
    peerRecord(peer),
    auditRecord(audit),
    summaryRecord(summary),
  ]);
});
