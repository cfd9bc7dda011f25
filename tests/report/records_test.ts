import { assertEquals } from "@std/assert";
import { recordOf } from "../../src/report/records.ts";
import { addressRecord } from "../../src/report/records/address.ts";
import { addrsRecord } from "../../src/report/records/addrs.ts";
import { auditRecord } from "../../src/report/records/audit.ts";
import { peerRecord } from "../../src/report/records/peer.ts";
import { seedRecord } from "../../src/report/records/seed.ts";
import { summaryRecord } from "../../src/report/records/summary.ts";
import { ipHosts } from "../support/addresses.ts";
import {
  addressResultOf,
  addrsResultOf,
  auditResultOf,
  crawlSummaryResultOf,
  peerResultOf,
  summaryResultOf,
} from "../support/results.ts";

const RESOLUTION = { addresses: ipHosts("250.1.0.1"), error: null, failures: [], elapsed: 31.249 };

Deno.test("recordOf() makes the record of any result", () => {
  const seed = { type: "seed", target: "seed.example", resolution: RESOLUTION } as const;
  const [peer, audit, summary] = [peerResultOf(), auditResultOf(), summaryResultOf()];
  const [addrs, address, crawl] = [addrsResultOf(), addressResultOf(), crawlSummaryResultOf()];
  assertEquals([seed, peer, audit, addrs, address, summary, crawl].map((result) => recordOf(result)), [
    seedRecord(seed),
    peerRecord(peer),
    auditRecord(audit),
    addrsRecord(addrs),
    addressRecord(address),
    summaryRecord(summary),
    summaryRecord(crawl),
  ]);
});
