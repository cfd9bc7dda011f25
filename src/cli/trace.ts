/**
 * `--trace`: what goes by, printed.
 *
 * @module
 */

import type { Tracer } from "../net/trace.ts";
import type { CommandLine } from "./options.ts";

/** Who is told of all that goes by, if the options ask for that; whole lines go to `write`. */
export async function tracer(
  { trace }: Pick<CommandLine, "trace">,
  write: (lines: string) => void,
): Promise<Tracer | undefined> {
  if (trace === undefined) return undefined;
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
