import { assertEquals } from "@std/assert";
import { crawlRecord } from "../../../src/report/records/crawl.ts";
import { crawlOf } from "../../support/records.ts";
import { crawlSummaryResultOf } from "../../support/results.ts";

Deno.test("crawlRecord() has the keys of the contract, in their order, and shares to two decimals", () => {
  const record = crawlRecord(crawlSummaryResultOf().crawl);
  assertEquals(JSON.stringify(record), JSON.stringify(crawlOf()));
});

Deno.test("crawlRecord() says what stopped a crawl, and what was left", () => {
  const { crawl } = crawlSummaryResultOf({ complete: false, stoppedBy: "max_time", waiting: 7, bound: new Map() });
  assertEquals(crawlRecord(crawl), crawlOf({ complete: false, stopped_by: "max_time", waiting: 7, bound: {} }));
});

Deno.test("crawlRecord() leaves out what bounded the pace for no hundredth of the time", () => {
  const { crawl } = crawlSummaryResultOf({ bound: new Map([["ipv4", 0.0049], ["rate", 0.005]]) });
  assertEquals(crawlRecord(crawl).bound, { rate: 0.01 });
});
