/**
 * What is measured, and how.
 *
 * @module
 */

import { formatAddress } from "../../src/address/address.ts";
import { PROXY_LIMIT } from "../../src/net/route.ts";
import { SimulatedSocks5Proxy } from "../../src/sim/socks5_proxy.ts";
import { peerAddress } from "../addresses.ts";
import { fileLimit, OTHER_FILES, processorTime, type Run, run } from "./child.ts";
import type { Commands } from "./commands.ts";
import { crawl, frontier } from "./crawl_rows.ts";
import { firstRecordTime, PENDING_PEERS } from "./first_record.ts";
import { Fleet } from "./fleet.ts";
import {
  COST,
  FIRST_RECORD,
  MEMORY,
  NDJSON,
  PROCESSOR,
  PROCESSOR_FALLBACK,
  PROXY,
  RUST,
  SILENT_MEMORY,
  SPEED_20000,
  SPEED_5000,
  START_UP,
} from "./goals.ts";
import { median, rounds } from "./statistics.ts";
import { type Goal, measured, notMeasured, type Row } from "./table.ts";

/** What all rows share. */
export interface Setting {
  /** The commands. */
  readonly commands: Commands;
  /** The port of the fleet that answers at once. */
  readonly port: number;
  /** How many rounds the median is taken of. */
  readonly pairs: number;
  /** The Rust program to compare with, if any; its argument is the path of a file with addresses. */
  readonly rust: string | undefined;
}

/** How many handshakes are in flight, in the bare loop and in the program. */
const CONCURRENCY = 512;

/** A small number of peers, from whose time the cost of the start is subtracted. */
const FEW_PEERS = 1_000;

const NDJSON_PEERS = 10_000;

const NDJSON_FORMAT = ["--format", "ndjson"];

const SILENT_PEERS = 10_000;

/** Long enough to dial all silent peers before the first times out, in seconds. */
const SILENT_TIMEOUT = 6;

/** Rows that come from the same runs. */
export interface Group {
  /** Its name. */
  readonly name: string;
  /** Runs everything needed. */
  readonly measure: (setting: Setting) => Promise<Row[]>;
}

/** All groups, in the order of the table. */
export const GROUPS: readonly Group[] = [
  { name: "5000", measure: fiveThousand },
  { name: "20000", measure: twentyThousand },
  { name: "processor", measure: processor },
  { name: "proxy", measure: proxy },
  { name: "silent", measure: silent },
  { name: "start-up", measure: startUp },
  { name: "ndjson", measure: ndjson },
  { name: "first", measure: first },
  { name: "frontier", measure: frontier },
  { name: "crawl", measure: crawl },
];

async function fiveThousand(setting: Setting): Promise<Row[]> {
  const { commands, port, pairs, rust } = setting;
  const peers = 5_000;
  const results = await rounds(pairs, async () => ({
    ...await programAndLoops(setting, peers),
    rust: rust === undefined ? null : await run([rust, commands.targets(port, peers)]),
  }));
  const compared = results.flatMap(({ program, rust }) => rust === null ? [] : [{ program, rust }]);
  return [speedRow(SPEED_5000, results, peers), rustRow(compared)];
}

async function twentyThousand(setting: Setting): Promise<Row[]> {
  const peers = 20_000;
  const results = await rounds(setting.pairs, async () => ({
    ...await programAndLoops(setting, peers),
    few: await scan(setting, FEW_PEERS, ...NDJSON_FORMAT),
    one: await scan(setting, 1, ...NDJSON_FORMAT),
  }));
  const start = medianTime(results.map(({ one }) => one));
  const bareMemory = memoryRow(MEMORY, results.map(({ bare }) => bare), "").values?.median.toFixed(0);
  return [
    speedRow(SPEED_20000, results, peers),
    memoryRow(MEMORY, results.map(({ program }) => program), `the bare loop ${bareMemory} MB`),
    costRow(
      results.map(({ program }) => (program.seconds - start) / (peers - 1)),
      results.map(({ few }) => (few.seconds - start) / (FEW_PEERS - 1)),
    ),
  ];
}

async function processor({ commands, port, pairs }: Setting): Promise<Row[]> {
  const rowOf = async (goal: Goal, peers: number, ...args: readonly string[]) => {
    const command = commands.scan(port, peers, "--concurrency", String(CONCURRENCY), ...NDJSON_FORMAT, ...args);
    const costs = await rounds(pairs, async () => {
      const { processor, stdout } = await processorTime(command);
      expectSuccess(stdout, "", peers);
      return processor / peers * 1e6;
    });
    return measured(goal, costs, "all threads, start-up included");
  };
  return [await rowOf(PROCESSOR, 20_000), await rowOf(PROCESSOR_FALLBACK, 5_000, "--transport", "auto")];
}

/** The proxy is in this process, so its processor time does not count. */
async function proxy({ commands, port, pairs }: Setting): Promise<Row[]> {
  const peers = 5_000;
  const targets = Array.from({ length: peers }, (_, i) => [`${peerAddress(i)}:${port}`, `127.0.0.1:${port}`] as const);
  await using proxy = new SimulatedSocks5Proxy({ targets: new Map(targets) });
  const cost = async (...args: readonly string[]) => {
    const command = commands.scan(port, peers, "--concurrency", String(PROXY_LIMIT), ...NDJSON_FORMAT, ...args);
    const { processor, stdout } = await processorTime(command);
    expectSuccess(stdout, "", peers);
    return processor / peers * 1e6;
  };
  const costs = await rounds(pairs, async () => ({
    direct: await cost(),
    proxied: await cost("--proxy", formatAddress(proxy.address)),
  }));
  const [proxied, direct] = [costs.map(({ proxied }) => proxied), costs.map(({ direct }) => direct)];
  const source = `${median(proxied).toFixed(0)} µs per peer, directly ${median(direct).toFixed(0)} µs`;
  return [measured(PROXY, costs.map(({ proxied, direct }) => proxied / direct), source)];
}

async function silent({ commands }: Setting): Promise<Row[]> {
  const limit = await fileLimit();
  if (limit < SILENT_PEERS + OTHER_FILES) {
    return [notMeasured(SILENT_MEMORY, `a process may open ${limit} files only (ulimit -n)`)];
  }
  await using fleet = await Fleet.start({ silent: true });
  const args = ["--concurrency", String(SILENT_PEERS), "--timeout", String(SILENT_TIMEOUT)];
  const result = await run(commands.scan(fleet.port, SILENT_PEERS, ...args), 1);
  const atOnce = await fleet.end();
  return [
    atOnce < SILENT_PEERS
      ? notMeasured(SILENT_MEMORY, `only ${atOnce} were in flight at once`)
      : memoryRow(SILENT_MEMORY, [result], `${atOnce} connections at once`),
  ];
}

async function startUp({ commands, pairs }: Setting): Promise<Row[]> {
  const results = await rounds(2 * pairs, async () => ({
    version: await run(commands.program("--version")),
    empty: await run(commands.empty()),
  }));
  const [version, empty] = [results.map(({ version }) => version), results.map(({ empty }) => empty)];
  return [timeRow(START_UP, version, empty, "the empty file")];
}

async function ndjson(setting: Setting): Promise<Row[]> {
  const results = await rounds(setting.pairs, async () => ({
    ndjson: await scan(setting, NDJSON_PEERS, ...NDJSON_FORMAT),
    quiet: await scan(setting, NDJSON_PEERS, "--quiet"),
  }));
  return [timeRow(NDJSON, results.map(({ ndjson }) => ndjson), results.map(({ quiet }) => quiet), "--quiet")];
}

async function first({ commands, pairs }: Setting): Promise<Row[]> {
  await using fleet = await Fleet.start({ silent: true });
  const times = await rounds(2 * pairs, () => firstRecordTime(commands, fleet.port));
  return [measured(FIRST_RECORD, times, `${PENDING_PEERS} silent peers at the same time`)];
}

/** The runs that one round compares. */
interface Compared {
  /** The program. */
  readonly program: Run;
  /** The bare loop with the digests of Web Crypto. */
  readonly loop: Run;
  /** The bare loop. */
  readonly bare: Run;
}

/** The program and both bare loops, one after the other. */
async function programAndLoops(setting: Setting, peers: number): Promise<Compared> {
  const { commands, port } = setting;
  const program = await scan(setting, peers, ...NDJSON_FORMAT);
  const loop = await run(commands.bare(port, peers, CONCURRENCY, "--digests"));
  const bare = await run(commands.bare(port, peers, CONCURRENCY));
  for (const { stdout, stderr } of [loop, bare]) expectCount(stdout, stderr, /^(\d+)$/m, peers);
  return { program, loop, bare };
}

/** The program shakes hands with peers of the fleet that answers. */
async function scan({ commands, port }: Setting, peers: number, ...args: readonly string[]): Promise<Run> {
  const result = await run(commands.scan(port, peers, "--concurrency", String(CONCURRENCY), ...args));
  expectSuccess(result.stdout, result.stderr, peers);
  return result;
}

function expectSuccess(stdout: string, stderr: string, peers: number): void {
  expectCount(stdout, stderr, /(?:Handshake Success Count: |"type":"summary".*"success":)(\d+)/, peers);
}

/**
 * Checks how many handshakes succeeded: if one fails, their speed is meaningless.
 *
 * @throws {Error} when there are not as many as peers.
 */
function expectCount(stdout: string, stderr: string, pattern: RegExp, peers: number): void {
  const count = pattern.exec(stdout)?.[1];
  if (count !== String(peers)) throw new Error(`Expected ${peers} handshakes, got ${count}\n${stderr}`);
}

/** How many handshakes per second the program makes, against the bare loop with digests. */
function speedRow(goal: Goal, results: readonly Compared[], peers: number): Row {
  const ratios = results.map(({ program, loop }) => loop.seconds / program.seconds);
  const rate = (which: keyof Compared) => Math.round(peers / medianTime(results.map((result) => result[which])));
  return measured(
    goal,
    ratios,
    `${rate("program")} per second, the loop ${rate("loop")}, without digests ${rate("bare")}`,
  );
}

function rustRow(results: readonly { program: Run; rust: Run }[]): Row {
  const [first] = results;
  if (first === undefined) return notMeasured(RUST, "no --rust PATH");
  const failures = /Handshake Failure Count: (\d+)/.exec(first.rust.stdout)?.[1] ?? "?";
  const theirs = `the Rust program, where ${failures} fail,`;
  return timeRow(RUST, results.map(({ program }) => program), results.map(({ rust }) => rust), theirs);
}

/** The times of whole processes, round by round. */
function timeRow(goal: Goal, ours: readonly Run[], others: readonly Run[], other: string): Row {
  const ratios = ours.map(({ seconds }, i) => seconds / (others[i]?.seconds ?? NaN));
  return measured(goal, ratios, `${medianTime(ours).toFixed(3)} s, ${other} ${medianTime(others).toFixed(3)} s`);
}

function memoryRow(goal: Goal, runs: readonly Run[], source: string): Row {
  const peaks = runs.flatMap(({ peakMemory }) => peakMemory ?? []);
  return peaks.length === 0 ? notMeasured(goal, "this system does not say") : measured(goal, peaks, source);
}

function costRow(atMany: readonly number[], atFew: readonly number[]): Row {
  const ratios = atMany.map((cost, i) => cost / (atFew[i] ?? NaN));
  const [many, few] = [atMany, atFew].map((costs) => `${(median(costs) * 1e6).toFixed(0)} µs`);
  return measured(COST, ratios, `${many}, at 1,000 ${few}`);
}

function medianTime(runs: readonly Run[]): number {
  return median(runs.map(({ seconds }) => seconds));
}
