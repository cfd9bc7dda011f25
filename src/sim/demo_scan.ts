/**
 * A scan of the demo, with results in a readable order.
 *
 * @module
 */

import type { ScanResult } from "../scan/result.ts";
import { Scan, type ScanProgress, type ScanSettings } from "../scan/scan.ts";
import type { Demo } from "./demo.ts";

/** A running scan of the demo: as a scan, but the results of targets with a fault come last. */
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

  /** The progress so far. */
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
