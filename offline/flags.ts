/**
 * Prints the flags with which `deno` finds the `@std` packages: none if they are cached or can be fetched, otherwise
 * those that replace them with the stand-in in this directory. Run it from the directory of the root `deno.json`:
 *
 * ```sh
 * deno run $(deno run --allow-run offline/flags.ts) --allow-net main.ts
 * ```
 *
 * @module
 */

/**
 * How long that may take, in milliseconds, as some networks drop packets instead of refusing them. What was fetched by
 * then stays cached, and cached packages are not requested.
 */
const DEADLINE_MS = 2_000;

/** The part of the output of `deno info --json` that is used. */
interface Graph {
  /** Everything that the probe imports, including types. */
  readonly modules: readonly { readonly error?: string }[];
}

// `info` loads everything without running or checking it. The configuration next to the probe would map to the
// stand-in.
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
