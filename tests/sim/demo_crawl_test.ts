import { assert, assertEquals } from "@std/assert";
import { type Network, NETWORK_NAMES } from "../../src/address/network.ts";
import { Crawl } from "../../src/crawl/crawl.ts";
import type { CrawlSummaryResult } from "../../src/crawl/result.ts";
import { DEFAULT_CRAWL } from "../../src/crawl/rules.ts";
import type { CrawlSettings } from "../../src/crawl/settings.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import { startCrawlDemo } from "../../src/sim/demo_crawl.ts";
import { DEMO_POPULATION, NetworkPlan, type Population } from "../../src/sim/network/plan.ts";
import { type Chain, CHAINS, MAINNET } from "../../src/wire/chains.ts";
import { plannedCounts } from "../support/planned_crawl.ts";

const TIMEOUT = 500;

/** Each kind, on the networks that it has in the demo, but few of them. */
const SMALL: Population = DEMO_POPULATION.map(([kind, counts]) =>
  [kind, Object.fromEntries(Object.entries(counts).map(([network, count]) => [network, Math.min(count, 2)]))] as const
);

async function crawled(options: Partial<CrawlSettings>, population: Population): Promise<CrawlSummaryResult> {
  const { chain = MAINNET, networks = NETWORK_NAMES } = options;
  const settings = {
    ...withDefaults({ timeout: TIMEOUT, transport: "auto", chain, networks }),
    ...DEFAULT_CRAWL,
    addrWait: 2000,
    addresses: false,
    ...options,
  };
  await using demo = await startCrawlDemo(settings, population);
  const results = await Array.fromAsync(new Crawl(demo.targets, { ...settings, ...demo.settings }, demo.io));
  const summary = results.at(-1);
  assert(summary?.type === "summary" && "crawl" in summary);
  return summary;
}

/** The same counts as the planned ones. */
function countsOf({ peers, success, errors, crawl }: CrawlSummaryResult): ReturnType<typeof plannedCounts> {
  const { known, networks, notDialled, asked, answered, selfOnly, silent, malformed, closed, entries } = crawl;
  return {
    peers,
    success,
    errors: Object.fromEntries(errors),
    known,
    networks,
    notDialled: Object.fromEntries(notDialled),
    asked,
    answered,
    selfOnly,
    silent,
    malformed,
    closed,
    entries,
  };
}

Deno.test("A crawl of startCrawlDemo() finds exactly what was built in, and all of it", async () => {
  const summary = await crawled({}, DEMO_POPULATION);
  assertEquals(countsOf(summary), plannedCounts(new NetworkPlan(DEMO_POPULATION, MAINNET.port)));
  const { complete, stoppedBy, waiting } = summary.crawl;
  assertEquals([complete, stoppedBy, waiting], [true, null, 0]);
});
