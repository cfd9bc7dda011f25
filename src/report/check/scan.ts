/**
 * The check of nodes: does each target shake hands, with the right time and height?
 *
 * @module
 */

import { MAX_BLOCKS_BEHIND } from "../../audit/findings.ts";
import { median } from "../../audit/statistics.ts";
import type { AnyRecord } from "../records.ts";
import type { PeerRecord } from "../records/peer.ts";
import { TargetOutcomes } from "../target_outcomes.ts";
import { type Finding, type Performance, withProblems } from "./line.ts";

/** Bitcoin Core warns of a clock that is further off (`DEFAULT_MAX_TIME_ADJUSTMENT`), in seconds. */
const MAX_CLOCK_OFFSET = 70 * 60;

/** Collects what a scan says of its targets. */
export class ScanCheck {
  readonly #targets: TargetOutcomes;
  readonly #successful: Pick<PeerRecord, "addr" | "handshake_ms" | "timeoffset" | "startingheight">[] = [];
  #peers = 0;

  /** Without peers yet; `port` is that of targets without one. */
  constructor(port: number) {
    this.#targets = new TargetOutcomes(port);
  }

  /** Takes a record. */
  add(record: AnyRecord): void {
    this.#targets.add(record);
    if (record.type !== "peer") return;
    this.#peers++;
    const { addr, handshake_ms, timeoffset, startingheight } = record;
    if (record.success) this.#successful.push({ addr, handshake_ms, timeoffset, startingheight });
  }

  /** What was found. */
  finding(): Finding {
    const outcomes = [...this.#targets.outcomes()];
    const failed = outcomes.filter(([, { success }]) => !success);
    const up = outcomes.length - failed.length;
    const height = median(this.#successful.flatMap(({ startingheight }) => startingheight ?? []));
    const problems = [
      ...failed.map(([target, { code }]) => `${target}: ${code ?? "not dialled"}`),
      ...this.#successful.flatMap(clockProblem),
      ...this.#successful.flatMap((peer) => heightProblem(peer, height)),
    ];
    const targets = `${outcomes.length} ${outcomes.length === 1 ? "target" : "targets"}`;
    return {
      state: up === 0 ? "CRITICAL" : problems.length > 0 ? "WARNING" : "OK",
      text: withProblems(`${up === 0 ? "none" : up} of ${targets} shook hands`, problems),
      performance: this.#performance(up, outcomes.length, height),
    };
  }

  #performance(up: number, targets: number, height: number | null): Performance[] {
    const offsets = this.#successful.flatMap(({ timeoffset }) => timeoffset ?? []);
    const behind = this.#successful.flatMap((peer) => blocksBehind(peer, height) ?? []);
    const clock = `-${MAX_CLOCK_OFFSET}:${MAX_CLOCK_OFFSET}`;
    return [
      { label: "targets", value: up, warning: `${targets}:`, critical: "1:", min: 0, max: targets },
      { label: "peers", value: this.#successful.length, min: 0, max: this.#peers },
      {
        label: "handshake",
        value: greatest(this.#successful.map((peer) => peer.handshake_ms / 1000)),
        unit: "s",
        min: 0,
      },
      { label: "clock", value: greatest(offsets, Math.abs), unit: "s", warning: clock },
      { label: "height", value: height },
      { label: "behind", value: greatest(behind), warning: String(MAX_BLOCKS_BEHIND), min: 0 },
    ];
  }
}

function clockProblem({ addr, timeoffset }: Pick<PeerRecord, "addr" | "timeoffset">): string[] {
  if (timeoffset === null || Math.abs(timeoffset) <= MAX_CLOCK_OFFSET) return [];
  return [`the clock of ${addr} is ${Math.abs(timeoffset)} s ${timeoffset > 0 ? "ahead" : "behind"}`];
}

function heightProblem(peer: Pick<PeerRecord, "addr" | "startingheight">, median: number | null): string[] {
  const behind = blocksBehind(peer, median);
  return behind === null || behind <= MAX_BLOCKS_BEHIND ? [] : [`${peer.addr} is ${behind} blocks behind the median`];
}

function blocksBehind({ startingheight }: Pick<PeerRecord, "startingheight">, median: number | null): number | null {
  return startingheight === null || median === null ? null : Math.max(0, median - startingheight);
}

/** The value with the greatest size; `null` if there is none. */
function greatest(values: readonly number[], size = (value: number) => value): number | null {
  return values.reduce<number | null>((most, value) => most === null || size(value) > size(most) ? value : most, null);
}
