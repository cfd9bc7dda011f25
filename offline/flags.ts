/**
 * Prints the flags with which `deno` finds the `@std` packages: none where it has them or can fetch them, else those
 * that put the stand-in of this folder in their place. Run it from the folder of the root `deno.json`:
 *
 * ```sh
 * deno run $(deno run --allow-run offline/flags.ts) --allow-net main.ts
 * ```
 *
 * @module
 */

/**
 * How long that may take, in milliseconds: some networks swallow packets where others refuse them. What came by then
 * is kept, and what is there already is not asked for.
 */
const DEADLINE_MS = 2_000;

/** What is read of the answer of `deno info --json`. */
interface Graph {
  /** All that the probe imports, types included. */
  readonly modules: readonly { readonly error?: string }[];
}

// `info` loads all without running or checking it. The configuration next to the probe maps to the stand-in.
const info = new Deno.Command(Deno.execPath(), {
  args: ["info", "--json", "--config", "deno.json", "offline/probe.ts"],
  stdin: "null",
  stdout: "piped",
  stderr: "null",
  signal: AbortSignal.timeout(DEADLINE_MS),
});

function isWhole(answer: Uint8Array): boolean {
  const graph: Graph = JSON.parse(new TextDecoder().decode(answer));
  return graph.modules.every((module) => module.error === undefined);
}

const { success, stdout } = await info.output();
console.log(success && isWhole(stdout) ? "" : "--import-map offline/deno.json");
