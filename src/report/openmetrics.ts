/**
 * A run as metrics: one exposition at its end.
 *
 * The number of series is bounded, whatever peers and name servers do: labels are networks, transports, error codes,
 * and, up to a limit, the targets and seeds that the user has named.
 *
 * @module
 */

import type { AnyRecord } from "./records.ts";
import type { AuditRecord } from "./records/audit.ts";
import type { SummaryRecord } from "./records/summary.ts";
import { crawlFamilies } from "./openmetrics/crawl.ts";
import { exposition, type Family } from "./openmetrics/exposition.ts";
import { PeerMetrics } from "./openmetrics/peers.ts";
import { seedFamilies } from "./openmetrics/seeds.ts";
import { TargetOutcomes } from "./target_outcomes.ts";

/** With more targets than this, none has a metric of its own. */
const MAX_TARGETS = 100;

/** The kinds of runs. */
export type RunKind = "scan" | "audit" | "crawl";

/** Takes the records of a run, and gives its metrics. */
export class RunMetrics {
  readonly #kind: RunKind;
  readonly #peers = new PeerMetrics();
  readonly #names = new Map<string, number>();
  readonly #targets: TargetOutcomes;
  readonly #seeds: AuditRecord[] = [];

  /** The metrics of a run of this kind, which is a label of all of them; `port` is that of targets without one. */
  constructor(kind: RunKind, port: number) {
    this.#kind = kind;
    this.#targets = new TargetOutcomes(port);
  }

  /** Takes a record other than the summary. */
  add(record: Exclude<AnyRecord, SummaryRecord>): void {
    if (this.#kind === "scan") this.#targets.add(record);
    if (record.type === "peer") this.#peers.add(record);
    else if (record.type === "audit") this.#seeds.push(record);
    else if (record.type === "seed") {
      const outcome = record.error?.code ?? "resolved";
      this.#names.set(outcome, (this.#names.get(outcome) ?? 0) + 1);
    }
  }

  /** The exposition of a run with this summary that ended at `time`. */
  text(summary: SummaryRecord, time: Date): string {
    const families = [
      ...runFamilies(summary, time),
      this.#nameFamily(),
      ...this.#peers.families(),
      this.#targetFamily(),
      ...seedFamilies(this.#seeds),
      ...summary.crawl === null ? [] : crawlFamilies(summary.crawl),
    ];
    return exposition(families, { chain: summary.chain, run: this.#kind });
  }

  #nameFamily(): Family {
    const samples = [...this.#names].map(([outcome, value]) => ({ labels: { outcome }, value }));
    const help = "Names by outcome, which is resolved or the code of the error.";
    return { name: "names", type: "gauge", help, samples };
  }

  #targetFamily(): Family {
    const outcomes = [...this.#targets.outcomes()];
    const samples = outcomes.map(([target, { success }]) => ({ labels: { target }, value: Number(success) }));
    return {
      name: "target_up",
      type: "gauge",
      help: `Whether a peer of the target shook hands; only for up to ${MAX_TARGETS} targets.`,
      samples: samples.length > MAX_TARGETS ? [] : samples,
    };
  }
}

/** What every run has. */
function runFamilies(summary: SummaryRecord, time: Date): Family[] {
  const gauge = (name: string, help: string, value: number): Family => ({
    name,
    type: "gauge",
    help,
    samples: [{ labels: {}, value }],
  });
  return [
    {
      ...gauge("last_run_timestamp_seconds", "When the run ended, in Unix time.", time.getTime() / 1000),
      unit: "seconds",
    },
    { ...gauge("last_run_duration_seconds", "How long the run took.", summary.elapsed_ms / 1000), unit: "seconds" },
    gauge("last_run_interrupted", "Whether the run ended before all peers were done.", Number(summary.interrupted)),
    gauge("targets", "Targets given.", summary.targets),
    gauge("success", "Peers that shook hands.", summary.success),
    gauge("failure", "Peers that did not.", summary.failure),
    gauge("verack_missing", "Peers that shook hands without sending a verack.", summary.verack_missing),
  ];
}
