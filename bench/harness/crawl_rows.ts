/**
 * What is measured of a crawl, and how.
 *
 * @module
 */

import { DEAD_PORT, hostAt } from "../fleet/gossip.ts";
import { type Run, run } from "./child.ts";
import { Fleet } from "./fleet.ts";
import { CRAWL_MEMORY, CRAWL_TIME, FRONTIER_MEMORY, FRONTIER_SPEED, FRONTIER_TIME } from "./goals.ts";
import type { Setting } from "./rows.ts";
import { median, rounds } from "./statistics.ts";
import { measured, notMeasured, type Row } from "./table.ts";

/** What `bench/frontier.ts` prints. */
interface Taken {
  readonly microseconds: number;
  readonly entries: number;
  readonly known: number;
  readonly bytes: number;
}

/** Messages of 1,000 addresses for the frontier and, as it is slower, for the plain `Map`. */
const [MESSAGES, MAP_MESSAGES] = [20_000, 2_000];

const UNKNOWN = "this system does not say";

/** The frontier alone. */
export async function frontier({ commands, pairs }: Setting): Promise<Row[]> {
  const taken = async (...args: readonly string[]): Promise<Taken> =>
    JSON.parse((await run(commands.frontier(...args))).stdout);
  const results = await rounds(pairs, async () => ({
    ours: await taken("--messages", String(MESSAGES)),
    map: await taken("--messages", String(MAP_MESSAGES), "--map"),
  }));
  const cost = ({ microseconds, entries }: Taken) => microseconds / entries * 1000;
  const memory = ({ bytes, known }: Taken) => bytes / known;
  const [ours, map] = [results.map(({ ours }) => ours), results.map(({ map }) => map)];
  const rate = (taken: readonly Taken[]) => `${(1000 / median(taken.map(cost))).toFixed(2)} million`;
  return [
    measured(FRONTIER_SPEED, results.map(({ ours, map }) => cost(map) / cost(ours)), `${rate(ours)}, ${rate(map)}`),
    measured(FRONTIER_TIME, ours.map(cost), "decoded, recognised and counted"),
    measured(FRONTIER_MEMORY, ours.map(memory), `the Map ${median(map.map(memory)).toFixed(0)} MB`),
  ];
}

/** In seconds: so many that no peer runs out of time on a busy machine. */
const TIMEOUT = "120";

/** A crawl of a network, and a scan of all its addresses; once, as each takes as long as everything else. */
export async function crawl({ commands }: Setting): Promise<Row[]> {
  const universe = { live: 20_000, dead: 200_000 };
  await using fleet = await Fleet.start({ universe });
  const addresses = Array.from(
    { length: universe.live + universe.dead },
    (_, n) => `${hostAt(n)}:${n < universe.live ? fleet.port : DEAD_PORT}`,
  );
  const list = commands.list("crawled", addresses);
  const [seed = ""] = addresses;
  const args = ["--timeout", TIMEOUT, "--format", "ndjson"];
  const scanned = await run(commands.program("--targets", list, "--concurrency", "1024", ...args));
  const crawled = await run(commands.program("--crawl", seed, "--rate", "0", "--include-unroutable", ...args));
  for (const { stdout, stderr } of [scanned, crawled]) {
    const success = /"type":"summary".*?"success":(\d+)/.exec(stdout)?.[1];
    if (success !== String(universe.live)) {
      throw new Error(`Expected ${universe.live} handshakes, got ${success}\n${stderr}`);
    }
  }
  const entries = Number(/"crawl":.*?"entries":(\d+)/.exec(crawled.stdout)?.[1]);
  return [timeRow(crawled, scanned, entries), memoryRow(crawled, scanned)];
}

function timeRow(crawl: Run, scan: Run, entries: number): Row {
  if (crawl.processor === null || scan.processor === null) return notMeasured(CRAWL_TIME, UNKNOWN);
  const [time, other] = [crawl.processor, scan.processor].map((seconds) => `${seconds.toFixed(1)} s`);
  const source = `${time} for ${(entries / 1e6).toFixed(0)} million addresses, the scan ${other}`;
  return measured(CRAWL_TIME, [crawl.processor / scan.processor], source);
}

function memoryRow({ peakMemory }: Run, scan: Run): Row {
  if (peakMemory === null) return notMeasured(CRAWL_MEMORY, UNKNOWN);
  return measured(CRAWL_MEMORY, [peakMemory], `the scan ${scan.peakMemory?.toFixed(0)} MB`);
}
