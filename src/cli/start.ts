/**
 * The entry to the program. It imports no package: if one cannot be loaded, it says what to do.
 *
 * @module
 */

import { asksForCheck, failCheck } from "./check_failure.ts";
import { whyTooOld } from "./deno_version.ts";
import { EXIT_FAILURE } from "./exit.ts";
import { writeDiagnostic } from "./output.ts";

/** Runs the program; resolves to its exit status. */
export async function start(args: readonly string[]): Promise<number> {
  try {
    const { run } = await import("./run.ts");
    return await run(args);
  } catch (error) {
    const tooOld = whyTooOld(Deno.version.deno);
    if (tooOld !== null) return await fail(args, tooOld);
    if (!isWithoutJsr(error)) throw error;
    const { offlineCommand, thisStart } = await import("./command.ts");
    const [reason] = error.message.split("\n");
    const message = `cannot load the packages from JSR: ${reason}`;
    const advice = `If JSR cannot be reached, use the stand-in for them: ${offlineCommand(thisStart())}`;
    return await fail(args, message, advice);
  }
}

/** Says why it cannot start; resolves to the exit status. */
async function fail(args: readonly string[], ...lines: readonly string[]): Promise<number> {
  if (asksForCheck(args)) return await failCheck(lines.join(" "));
  writeDiagnostic(`error: ${lines.join("\n")}\n`);
  return EXIT_FAILURE;
}

/** Whether a package from JSR could not be loaded. */
function isWithoutJsr(error: unknown): error is TypeError {
  return error instanceof TypeError && "code" in error && error.code === "ERR_MODULE_NOT_FOUND" &&
    error.message.startsWith("JSR package");
}
