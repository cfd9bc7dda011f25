import { assertEquals } from "@std/assert";
import { crawlFamilies } from "../../../src/report/openmetrics/crawl.ts";
import { exposition } from "../../../src/report/openmetrics/exposition.ts";
import { readOpenMetrics } from "../../support/openmetrics.ts";
import { crawlOf } from "../../support/records.ts";

Deno.test("A crawl has its counts by network, by reason and by answer", () => {
  const crawl = crawlOf({ since: { new: 1, back: 2, gone: 3, kept: 4 } });
  const families = readOpenMetrics(exposition(crawlFamilies(crawl), {}));
  const values = (name: string) =>
    families.get(`bitcoin_p2p_handshake_crawl_${name}`)?.samples.map(({ value }) => value);
  const networks = Object.values(crawl.networks);
  assertEquals(values("known"), networks.map(({ known }) => known));
  assertEquals(values("dialled"), networks.map(({ dialled }) => dialled));
  assertEquals(values("reachable"), networks.map(({ success }) => success));
  assertEquals(values("not_dialled"), Object.values(crawl.not_dialled));
  assertEquals(values("answers"), [crawl.answered, crawl.self_only, crawl.silent, crawl.malformed, crawl.closed]);
  assertEquals(values("since"), [1, 2, 3, 4]);
  assertEquals([values("waiting"), values("entries"), values("complete")], [[crawl.waiting], [crawl.entries], [1]]);
});
