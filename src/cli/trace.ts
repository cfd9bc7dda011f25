/**
 * `--trace`: what goes by, printed.
 *
 * @module
 */

import type { Tracer } from "../net/trace.ts";
import { UsageError } from "./errors.ts";
import type { CommandLine } from "./options.ts";

/**
 * Who is told of all that goes by, if the options ask for that; whole lines go to `write`.
 *
 * @throws {UsageError} when the lines would get in among results that are for other programs.
 */
export async function tracer(options: CommandLine, write: (lines: string) => void): Promise<Tracer | undefined> {
  const { trace, format } = options;
  if (trace === undefined) return undefined;
  if (format !== "text") throw new UsageError(`--trace needs --format text, got ${format}`);
  const writeLines = (lines: readonly string[]) => write(lines.map((line) => `${line}\n`).join(""));
  // Loaded on demand: the main job needs nothing of it.
  if (trace === "mermaid") {
    const { MermaidDiagrams } = await import("../report/trace/mermaid.ts");
    const diagrams = new MermaidDiagrams();
    return (...event) => writeLines(diagrams.add(...event) ?? []);
  }
  const { traceLines } = await import("../report/trace/text.ts");
  return (...event) => writeLines(traceLines(...event));
}
