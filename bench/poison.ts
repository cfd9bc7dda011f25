/**
 * How many of the live nodes of a network a crawl has found after so many dials, with and without liars in one network
 * group that hand out a million invented addresses.
 *
 * `deno task bench:poison` prints it as a table in Markdown; further arguments are flags for the `deno run` of the program.
 *
 * @module
 */

import { hostAt, isLiar, liarAt, type Universe } from "./fleet/gossip.ts";
import { Commands } from "./harness/commands.ts";
import { run } from "./harness/child.ts";
import { Fleet } from "./harness/fleet.ts";
import { alignTable } from "./harness/table.ts";
import { runTool } from "./options.ts";

/** Each liar hands out a thousand invented addresses. */
const LIARS = 1000;

/** How many nodes the crawl begins with. */
const SEEDS = 8;

/** In parts of all real addresses. */
const DIALS = [0.02, 0.05, 0.1, 0.5, 1];

/**
 * Few in flight, as all answers come at once here: what is dialled next depends on what has been named until then, and on
 * a real network it is named much earlier.
 */
const CONCURRENCY = "64";

const CRAWL = ["--crawl", "--include-unroutable", "--rate", "0", "-j", CONCURRENCY, "--format", "ndjson"];

/** What a crawl found. */
interface Found {
  /** How many addresses it dialled, apart from the liars. */
  readonly dials: number;
  /** Which part of the live nodes was among the first so many of them. */
  readonly found: (dials: number) => number;
  /** Its peak memory, in megabytes. */
  readonly peakMemory: number | null;
}

await runTool("deno task bench:poison [--live N] [--dead N]", async (options) => {
  const universe = { live: options.integer("--live", 5000, SEEDS), dead: options.integer("--dead", 50_000) };
  using commands = new Commands(options.rest);
  await using fleet = await Fleet.start({ universe });
  const crawl = async (liars: number): Promise<Found> => {
    const hosts = [...list(liars, liarAt), ...list(SEEDS, hostAt)];
    const { stdout, peakMemory } = await run(
      commands.program(...CRAWL, ...hosts.map((host) => `${host}:${fleet.port}`)),
    );
    const dialled = stdout.split("\n").filter((line) => line.startsWith('{"type":"peer"'))
      .map((line): string => JSON.parse(line).addr)
      .filter((address) => !isLiar(address));
    const live = dialled.map((address) => address.endsWith(`:${fleet.port}`));
    const found = (dials: number) => live.slice(0, dials).filter((isLive) => isLive).length / universe.live;
    return { dials: dialled.length, found, peakMemory };
  };
  console.log(tableOf(universe, await crawl(0), await crawl(LIARS)));
});

function list(count: number, at: (n: number) => string): string[] {
  return Array.from({ length: count }, (_, n) => at(n));
}

function tableOf({ live, dead }: Universe, honest: Found, poisoned: Found): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
  const rows = DIALS.map((part) => Math.round(part * (live + dead))).map((dials) => [
    `live nodes found after ${dials.toLocaleString("en")} dials`,
    percent(honest.found(dials)),
    percent(poisoned.found(dials)),
  ]);
  return alignTable([
    ["", "without liars", "with liars"],
    ...rows,
    ["dials in all", ...[honest, poisoned].map(({ dials }) => dials.toLocaleString("en"))],
    ["peak memory", ...[honest, poisoned].map(({ peakMemory }) => `${peakMemory?.toFixed(0) ?? "?"} MB`)],
  ]);
}
