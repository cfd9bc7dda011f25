import { assertEquals } from "@std/assert";
import type { Job, Task } from "../../src/cli/job.ts";
import { SCAN_JOB } from "../../src/cli/jobs/scan.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";
import { perform } from "../../src/cli/perform.ts";
import type { AnyResult } from "../../src/report/records.ts";
import type { ScanProgress } from "../../src/scan/scan.ts";
import { auditResultOf, peerResultOf, summaryResultOf } from "../support/results.ts";

const PROGRESS: ScanProgress = {
  peers: 1,
  success: 1,
  failure: 0,
  unresolved: 0,
  inFlight: 0,
  held: 0,
  reading: false,
  preparing: false,
  timeLeft: 0,
  estimated: false,
};

const RESULTS: readonly AnyResult[] = [peerResultOf(), auditResultOf(), summaryResultOf()];

/** A job with these results that prints nothing. */
function jobOf(statusOf: Job["statusOf"], task: Partial<Task> = {}): { job: Job; disposed: () => number } {
  let disposed = 0;
  const prepare = () =>
    Promise.resolve({
      start: () => ({ progress: PROGRESS, [Symbol.asyncIterator]: () => ReadableStream.from(RESULTS).values() }),
      [Symbol.asyncDispose]: () => Promise.resolve(void disposed++),
      ...task,
    });
  const print = () => () => {};
  const printers = { text: print, ndjson: print, csv: print };
  const job: Job = { prepare, demo: { ...SCAN_JOB.demo, prepare }, kind: "scan", printers, statusOf };
  return { job, disposed: () => disposed };
}

Deno.test("perform() ends with the highest status that a result asks for, and ends the job", async () => {
  const statuses: { readonly [T in AnyResult["type"]]?: number }[] = [{}, { peer: 1 }, { audit: 2, summary: 1 }];
  for (const [i, status] of statuses.entries()) {
    const { job, disposed } = jobOf(({ type }) => status[type] ?? 0);
    assertEquals([await perform(job, parseCommandLine([]), []), disposed()], [i, 1]);
  }
});

Deno.test("perform() does not end with 0 when targets could not be read", async () => {
  const failed = () => true;
  assertEquals(await perform(jobOf(() => 0, { failed }).job, parseCommandLine([]), []), 1);
  assertEquals(await perform(jobOf(() => 2, { failed }).job, parseCommandLine([]), []), 2);
});

Deno.test("perform() prints every record, once, with the printer of the format", async () => {
  for (const format of ["text", "ndjson", "csv"] as const) {
    const printed: string[] = [];
    const { job } = jobOf(() => 0);
    const printers = { ...job.printers, [format]: () => ({ type }: { type: string }) => void printed.push(type) };
    await perform({ ...job, printers }, parseCommandLine(["--format", format]), []);
    assertEquals(printed, ["peer", "audit", "summary"]);
  }
});

Deno.test("perform() ends a check with the status of its state, whatever the results ask for", async () => {
  const { job } = jobOf(() => 1);
  assertEquals(await perform(job, parseCommandLine(["--check"]), []), 0);
  assertEquals(await perform(jobOf(() => 0, { failed: () => true }).job, parseCommandLine(["--check"]), []), 3);
});
