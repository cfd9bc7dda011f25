/**
 * The parts of a mode. {@linkcode perform} does what all modes have in common.
 *
 * @module
 */

import type { AnyResult } from "../report/records.ts";
import type { CrawlProgress } from "../crawl/progress.ts";
import type { HandshakeListeners } from "../net/settings.ts";
import type { ScanProgress, ScanSettings } from "../scan/scan.ts";
import type { Target } from "../scan/target.ts";
import type { DemoTexts } from "./demo.ts";
import type { Logger } from "./log.ts";
import type { CommandLine } from "./options.ts";
import type { SeedEntry } from "../state/result.ts";
import type { RunKind } from "../report/openmetrics.ts";
import type { PrinterMaker } from "./printer.ts";

/** The job of a mode. */
export interface Job {
  /**
   * Prepares the job without sending anything.
   *
   * @throws {UsageError} when a target is invalid, or of a kind that the mode does not take.
   */
  readonly prepare: (setup: Setup) => Promise<Task>;
  /** The same on a simulated network, with its texts. */
  readonly demo: DemoTexts & Pick<Job, "prepare">;
  /** What metrics and checks call it. */
  readonly kind: RunKind;
  /** The printer for each format that differs between modes. */
  readonly printers: { readonly [F in Exclude<CommandLine["format"], "openmetrics" | "seeds">]: PrinterMaker };
  /** The exit status for a result; the program's is the highest of all. */
  readonly statusOf: (result: AnyResult) => number;
}

/** What a job is prepared from. */
export interface Setup {
  /** The options. */
  readonly options: CommandLine;
  /** The targets given as arguments. */
  readonly targets: readonly Target[];
  /** The settings of handshakes, from the options. */
  readonly settings: ScanSettings;
  /** For diagnostics. */
  readonly log: Logger;
  /** Aborts when the program should end. */
  readonly signal: AbortSignal;
}

/** A job that is ready to start, and to be disposed of at the end. */
export interface Task extends AsyncDisposable {
  /** Starts it. */
  readonly start: (listeners: HandshakeListeners, signal: AbortSignal) => Work;
  /** Whether reading the targets failed, which has been logged. */
  readonly failed?: () => boolean;
  /** Why targets fail on purpose, by their text. */
  readonly faults?: ReadonlyMap<string, string>;
  /** The peers that are kept between runs, as a DNS seed sees them. */
  readonly seeds?: () => Iterable<SeedEntry>;
  /** Reports an error of a target; by default a warning is logged. */
  readonly complain?: (message: string, target: string) => void;
}

/** A source of results, with its progress. */
export interface Work extends AsyncIterable<AnyResult> {
  /** The progress so far. */
  readonly progress: ScanProgress | CrawlProgress;
}
