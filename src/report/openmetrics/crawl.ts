/**
 * The metrics of a crawl.
 *
 * @module
 */

import type { CrawlRecord } from "../records/crawl.ts";
import type { Family, Sample } from "./exposition.ts";

/** The families of a crawl with these totals. */
export function crawlFamilies(crawl: CrawlRecord): Family[] {
  const { answered, self_only, silent, malformed, closed } = crawl;
  const gauge = (name: string, help: string, samples: readonly Sample[]): Family => ({
    name: `crawl_${name}`,
    type: "gauge",
    help,
    samples,
  });
  const one = (value: number): Sample[] => [{ labels: {}, value }];
  const by = (label: string, counts: object): Sample[] =>
    Object.entries(counts).map(([name, value]) => ({ labels: { [label]: name }, value }));
  const byNetwork = (key: "known" | "dialled" | "success") =>
    Object.entries(crawl.networks).map(([network, counts]) => ({ labels: { network }, value: counts[key] }));
  return [
    gauge("known", "Addresses known, by network.", byNetwork("known")),
    gauge("dialled", "Addresses dialled, by network.", byNetwork("dialled")),
    gauge("reachable", "Addresses that shook hands, by network.", byNetwork("success")),
    gauge("waiting", "Addresses that still waited to be dialled at the end.", one(crawl.waiting)),
    gauge("not_dialled", "Addresses that were not to be dialled, by reason.", by("reason", crawl.not_dialled)),
    gauge(
      "answers",
      "Peers that were asked for addresses, by outcome.",
      by("outcome", { answered, self_only, silent, malformed, closed }),
    ),
    gauge("entries", "Addresses in all answers together.", one(crawl.entries)),
    gauge("since", "Reachable addresses against the run before.", by("change", crawl.since ?? {})),
    gauge("complete", "Whether nothing waited in the end and nothing had been dropped.", one(Number(crawl.complete))),
  ];
}
