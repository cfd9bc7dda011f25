import { assertEquals } from "@std/assert";
import { crawlPrinter } from "../../src/cli/crawl_printer.ts";
import { printed } from "../support/cli.ts";
import { addressRecordOf, addrsOf, crawlOf, peerOf, summaryOf } from "../support/records.ts";

Deno.test("crawlPrinter() prints a line a peer, then the tables, then the counts; with -q no lines of peers", () => {
  const records = [peerOf(), addrsOf(), addressRecordOf(), summaryOf({ crawl: crawlOf() })];
  const [peer = "", table = "", ...counts] = printed(crawlPrinter, records);
  assertEquals(peer.includes("Handshake succeeded! peer=250.1.0.1:8333 "), true);
  assertEquals(/^\nnetwork .*\nipv4 .* 940000\n/.test(table), true, table);
  assertEquals(/\nuser_agent .*\n\/Satoshi:31\.0\.0\/ +1 +100%\n\n/.test(table), true, table);
  assertEquals(counts.map((line) => line.includes(" Count: ")), [true, true]);
  assertEquals(printed(crawlPrinter, records, { args: ["-q"] }), [table.slice(1), ...counts]);
});

Deno.test("crawlPrinter() says how a private network is crawled", () => {
  const crawl = crawlOf({ not_dialled: { unroutable: 9 } });
  const [table = ""] = printed(crawlPrinter, [summaryOf({ peers: 2, crawl })], { args: ["-q"] });
  assertEquals(/are dialled\s+with\s+--include-unroutable\./.test(table), true, table);
});
