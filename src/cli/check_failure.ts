/**
 * A check that could not be made. It imports no package, so that it can tell even that.
 *
 * @module
 */

import { checkLine, unknownFinding } from "../report/check/line.ts";
import { EXIT_OF_STATE } from "./exit.ts";
import { ResultWriter } from "./output.ts";

/** Whether these arguments ask for a check, in a wrong command line too. */
export function asksForCheck(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return args.slice(0, end === -1 ? undefined : end).includes("--check");
}

/** Prints the line that says so; resolves to the exit status. */
export async function failCheck(message: string): Promise<number> {
  const results = new ResultWriter();
  results.add(`${checkLine(unknownFinding(message))}\n`);
  await results.written();
  return EXIT_OF_STATE.UNKNOWN;
}
