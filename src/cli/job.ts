/**
 * What a mode consists of. {@linkcode perform} has what all of them do alike.
 *
 * @module
 */

import type { AnyResult } from "../audit/audit.ts";
import type { HandshakeListeners } from "../net/settings.ts";
import type { ScanProgress, ScanSettings } from "../scan/scan.ts";
import type { Target } from "../scan/target.ts";
import type { DemoTexts } from "./demo.ts";
import type { Logger } from "./log.ts";
import type { CommandLine } from "./options.ts";
import type { PrinterMaker } from "./printer.ts";

/** The job of a mode: how it starts, prints and ends. */
export interface Job {
  /**
   * Makes ready what is to be done; nothing is sent yet.
   *
   * @throws {UsageError} when a target is none, or of a kind that the mode does not take.
   */
  readonly prepare: (setup: Setup) => Promise<Task>;
  /** The same on a simulated network, and what is said of that. */
  readonly demo: DemoTexts & Pick<Job, "prepare">;
  /** How its records are printed, in each format. */
  readonly printers: { readonly [F in CommandLine["format"]]: PrinterMaker };
  /** The exit status that a result asks for: the program's is the highest of all. */
  readonly statusOf: (result: AnyResult) => number;
}

/** What a job is made of. */
export interface Setup {
  /** The options. */
  readonly options: CommandLine;
  /** The targets that are arguments. */
  readonly targets: readonly Target[];
  /** What the options say of the handshakes. */
  readonly settings: ScanSettings;
  /** The diagnostics. */
  readonly log: Logger;
  /** Aborts when the program is to end. */
  readonly signal: AbortSignal;
}

/** Something that is ready to start, and what has to stop when it is over. */
export interface Task extends AsyncDisposable {
  /** Starts it. */
  readonly start: (listeners: HandshakeListeners, signal: AbortSignal) => Work;
  /** Whether some of its targets could not be read, which has been logged. */
  readonly failed?: () => boolean;
  /** Why targets fail on purpose, by their text. */
  readonly faults?: ReadonlyMap<string, string>;
  /** Says what is wrong with a target; without it that is a warning. */
  readonly complain?: (message: string, target: string) => void;
}

/** Something that gives results, and says how far it is. */
export interface Work extends AsyncIterable<AnyResult> {
  /** How far it is. */
  readonly progress: ScanProgress;
}
