/**
 * The scan: a handshake with every peer of every target.
 *
 * @module
 */

import { denoIo } from "../../net/io.ts";
import { PEER_ROWS } from "../../report/csv.ts";
import { Scan } from "../../scan/scan.ts";
import type { Target } from "../../scan/target.ts";
import { EXIT_FAILURE, EXIT_SUCCESS } from "../exit.ts";
import type { Job, Setup, Task } from "../job.ts";
import { warnOfNameServer } from "../networks.ts";
import type { CommandLine } from "../options.ts";
import { perform } from "../perform.ts";
import { csvPrinter, logPrinter, ndjsonPrinter } from "../printer.ts";
import { collectTargets } from "../targets.ts";

/** The job of the scan. */
export const SCAN_JOB: Job = {
  prepare: async (setup) => {
    warnOfNameServer(setup);
    const { targets, failed } = await collectTargets(setup);
    return {
      start: (listeners, signal) => new Scan(targets, { ...setup.settings, ...listeners }, denoIo, signal),
      failed,
      [Symbol.asyncDispose]: async () => {},
    };
  },
  demo: {
    about: ({ format, trace }) => {
      const marks = format === "text" && trace !== "mermaid" ? " Their lines end in on_purpose." : "";
      return "Demo: these peers are simulated, and no traffic leaves this machine: Tor and I2P are simulated too. Some of " +
        `the peers fail on purpose, to show how that looks.${marks}`;
    },
    args: [],
    next: [
      ["demo", ["--audit"], "an audit of DNS seeds"],
      ["demo", ["--crawl"], "a crawl of a whole network"],
      ["handshake", ["dnsseed.emzy.de"], "the real peers of a DNS seed"],
    ],
    prepare: prepareDemo,
  },
  kind: "scan",
  printers: {
    // Log lines have no place in Markdown, and a diagram says how its handshake went.
    text: (sheet) => sheet.options.trace === "mermaid" ? () => {} : logPrinter(sheet),
    ndjson: ndjsonPrinter,
    csv: csvPrinter(PEER_ROWS),
  },
  statusOf: (result) => result.type === "summary" && result.success === 0 ? EXIT_FAILURE : EXIT_SUCCESS,
};

/** Scans the targets; resolves to the exit status. */
export function run(options: CommandLine, targets: readonly Target[]): Promise<number> {
  return perform(SCAN_JOB, options, targets);
}

async function prepareDemo({ settings, log }: Setup): Promise<Task> {
  // Loaded on demand: a real scan does not need it.
  const { startDemo } = await import("../../sim/demo.ts");
  const { DemoScan } = await import("../../sim/demo_scan.ts");
  const demo = await startDemo(settings);
  return {
    start: (listeners, signal) => new DemoScan(demo, { ...settings, ...listeners }, signal),
    faults: demo.faults,
    complain: (message, target) => void log.info(`${message} (on purpose: ${demo.faults.get(target)})`),
    [Symbol.asyncDispose]: () => demo[Symbol.asyncDispose](),
  };
}
