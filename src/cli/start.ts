/**
 * The way into the program. It imports no package: where one cannot be had, it says what to do.
 *
 * @module
 */

import { EXIT_FAILURE } from "./exit.ts";
import { writeDiagnostic } from "./output.ts";

/** Runs the program; resolves to its exit status. */
export async function start(args: readonly string[]): Promise<number> {
  try {
    const { run } = await import("./run.ts");
    return await run(args);
  } catch (error) {
    if (!isWithoutJsr(error)) throw error;
    const { offlineCommand, thisStart } = await import("./command.ts");
    const [reason] = error.message.split("\n");
    writeDiagnostic(
      `error: cannot load the packages that come from JSR: ${reason}\n` +
        `Where JSR cannot be reached, a stand-in takes their place: ${offlineCommand(thisStart())}\n`,
    );
    return EXIT_FAILURE;
  }
}

/** Whether a package of JSR could not be loaded. */
function isWithoutJsr(error: unknown): error is TypeError {
  return error instanceof TypeError && "code" in error && error.code === "ERR_MODULE_NOT_FOUND" &&
    error.message.startsWith("JSR package");
}
