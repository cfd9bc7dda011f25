/**
 * `--trace`: prints what goes over connections.
 *
 * @module
 */

import type { Tracer } from "../net/trace.ts";
import type { CommandLine } from "./options.ts";

/** The tracer, if the options ask for one; it passes whole lines to `write`. */
export async function tracer(
  { trace }: Pick<CommandLine, "trace">,
  write: (lines: string) => void,
): Promise<Tracer | undefined> {
  if (trace === undefined) return undefined;
  const writeLines = (lines: readonly string[]) => write(lines.map((line) => `${line}\n`).join(""));
  // Loaded on demand: most runs do not need it.
  if (trace === "mermaid") {
    const { MermaidDiagrams } = await import("../report/trace/mermaid.ts");
    const diagrams = new MermaidDiagrams();
    return (...event) => writeLines(diagrams.add(...event) ?? []);
  }
  const { traceLines } = await import("../report/trace/text.ts");
  return (...event) => writeLines(traceLines(...event));
}
