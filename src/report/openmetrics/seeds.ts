/**
 * The metrics of audited seeds.
 *
 * @module
 */

import { type Verdict, VERDICTS } from "../../audit/result.ts";
import { type AuditRecord, worstFirst } from "../records/audit.ts";
import type { Family, Sample } from "./exposition.ts";

/** Only the worst seeds have metrics of their own, so that the number of series is bounded. */
const MAX_SEEDS = 100;

/** The families of these seeds; none for no seed. */
export function seedFamilies(records: readonly AuditRecord[]): Family[] {
  if (records.length === 0) return [];
  const shown = worstFirst(records).slice(0, MAX_SEEDS);
  const perSeed = (samples: (record: AuditRecord) => readonly (readonly [labels: object, value: number | null])[]) =>
    shown.flatMap((record) =>
      samples(record).flatMap(([labels, value]): Sample[] =>
        value === null ? [] : [{ labels: { seed: record.seed, ...labels }, value }]
      )
    );
  const gauge = (name: string, help: string, samples: readonly Sample[]): Family => ({
    name,
    type: "gauge",
    help,
    samples,
  });
  return [
    gauge(
      "seeds",
      "Audited seeds by verdict.",
      VERDICTS.map((verdict) => ({ labels: { verdict }, value: records.filter(has(verdict)).length })),
    ),
    gauge(
      "seed_verdict",
      "The verdict on a seed: 1 for the one that holds, 0 for the others.",
      perSeed((record) => VERDICTS.map((verdict) => [{ verdict }, Number(has(verdict)(record))])),
    ),
    gauge(
      "seed_addresses",
      "Distinct addresses that a seed gave, by network.",
      perSeed(({ ipv4, ipv6 }) => [[{ network: "ipv4" }, ipv4], [{ network: "ipv6" }, ipv6]]),
    ),
    gauge(
      "seed_unroutable",
      "Addresses of a seed that are not routable on the public internet.",
      perSeed(({ unroutable }) => [[{}, unroutable]]),
    ),
    gauge(
      "seed_peers",
      "Peers of a seed by outcome, which is success or the code of the error.",
      perSeed(({ success, errors }) => Object.entries({ success, ...errors }).map(([outcome, n]) => [{ outcome }, n])),
    ),
    gauge(
      "seed_behind",
      "Peers of a seed that are more than 144 blocks below the median height of the peers of all seeds.",
      perSeed(({ behind }) => [[{}, behind]]),
    ),
    gauge(
      "seed_median_height",
      "Median height of the peers of a seed that shook hands.",
      perSeed(({ median_height }) => [[{}, median_height]]),
    ),
  ];
}

function has(wanted: Verdict): (record: AuditRecord) => boolean {
  return ({ verdict }) => verdict === wanted;
}
