/**
 * The entry to the program. It imports no package: if one cannot be loaded, it says what to do.
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
      `error: cannot load the packages from JSR: ${reason}\n` +
        `If JSR cannot be reached, use the stand-in for them: ${offlineCommand(thisStart())}\n`,
    );
    return EXIT_FAILURE;
  }
}

/** Whether a package from JSR could not be loaded. */
function isWithoutJsr(error: unknown): error is TypeError {
  return error instanceof TypeError && "code" in error && error.code === "ERR_MODULE_NOT_FOUND" &&
    error.message.startsWith("JSR package");
}
