/**
 * The check of DNS seeds: the worst verdict of an audit.
 *
 * @module
 */

import type { Verdict } from "../../audit/result.ts";
import type { AnyRecord } from "../records.ts";
import { type AuditRecord, worstFirst } from "../records/audit.ts";
import { type Finding, type Performance, type ServiceState, unknownFinding, withProblems } from "./line.ts";

const STATES: { readonly [V in Verdict]: ServiceState } = { fail: "CRITICAL", warn: "WARNING", pass: "OK" };

/** The success rates of more seeds than this are not in the performance data, but for the worst. */
const MAX_RATES = 20;

/** Collects the verdicts of an audit. */
export class AuditCheck {
  readonly #seeds: AuditRecord[] = [];

  /** Takes a record; only those of seeds count. */
  add(record: AnyRecord): void {
    if (record.type === "audit") this.#seeds.push(record);
  }

  /** What was found. */
  finding(): Finding {
    const seeds = worstFirst(this.#seeds);
    const [worst] = seeds;
    if (worst === undefined) return unknownFinding("no seed was audited");
    const count = (wanted: Verdict) => seeds.filter(({ verdict }) => verdict === wanted).length;
    const problems = seeds.flatMap(({ seed, reasons }) =>
      reasons.length === 0 ? [] : [`${seed}: ${reasons.map(({ code }) => code).join(" ")}`]
    );
    const summary = `of ${seeds.length} ${seeds.length === 1 ? "seed" : "seeds"}: ` +
      `${count("fail")} fail, ${count("warn")} warn, ${count("pass")} pass`;
    const all = { min: 0, max: seeds.length };
    return {
      state: STATES[worst.verdict],
      text: withProblems(summary, problems),
      performance: [
        { label: "fail", value: count("fail"), critical: "0", ...all },
        { label: "warn", value: count("warn"), warning: "0", ...all },
        { label: "pass", value: count("pass"), ...all },
        ...seeds.slice(0, MAX_RATES).map(successRate),
      ],
    };
  }
}

function successRate({ seed, success_rate }: AuditRecord): Performance {
  const value = success_rate === null ? null : Math.round(success_rate * 1e4) / 100;
  return { label: seed, value, unit: "%", warning: "80:", critical: "50:", min: 0, max: 100 };
}
