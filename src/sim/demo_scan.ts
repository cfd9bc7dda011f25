/**
 * A scan of the demo, whose results come in an order that can be read.
 *
 * @module
 */

import type { ScanResult } from "../scan/result.ts";
import { Scan, type ScanProgress, type ScanSettings } from "../scan/scan.ts";
import type { Demo } from "./demo.ts";

/** A running scan of the demo: its results are a scan's, but those of targets with a fault come after all that works. */
export class DemoScan implements AsyncIterable<ScanResult> {
  readonly #scan: Scan;
  readonly #faults: ReadonlyMap<string, string>;
  readonly #working: Set<string>;

  /** Starts at once. */
  constructor({ targets, faults, io, settings: own }: Demo, settings: ScanSettings, signal?: AbortSignal) {
    this.#scan = new Scan(targets, { ...settings, ...own }, io, signal);
    this.#faults = faults;
    this.#working = new Set(targets.map(({ text }) => text).filter((text) => !faults.has(text)));
  }

  /** How far it is. */
  get progress(): ScanProgress {
    return this.#scan.progress;
  }

  /** The results. */
  async *[Symbol.asyncIterator](): AsyncGenerator<ScanResult, void, void> {
    const held: ScanResult[] = [];
    for await (const result of this.#scan) {
      if (result.type !== "summary" && this.#faults.has(result.target) && this.#working.size > 0) {
        held.push(result);
        continue;
      }
      if (result.type === "summary") yield* held.splice(0);
      yield result;
      if (result.type === "peer" || result.type === "seed" && result.resolution.error !== null) {
        this.#working.delete(result.target);
      }
      if (this.#working.size === 0) yield* held.splice(0);
    }
  }
}
