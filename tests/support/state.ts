/**
 * State files for tests.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { ipAddress } from "../../src/address/address.ts";
import type { Remembered } from "../../src/crawl/memory.ts";
import type { CrawlResult } from "../../src/crawl/result.ts";
import type { Failure } from "../../src/net/errors.ts";
import type { HandshakeOutcome } from "../../src/net/outcome.ts";
import type { PeerResult } from "../../src/scan/result.ts";
import type { RunResult, SeedEntry } from "../../src/state/result.ts";
import { State } from "../../src/state/state.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { temporaryFile } from "./folder.ts";
import { addressResultOf, addrsResultOf, crawlSummaryResultOf, failedPeerResultOf, peerResultOf } from "./results.ts";
import { VirtualClock } from "./virtual_clock.ts";

/** When the tests begin, in seconds since 1970. */
export const START = 1_795_000_000;

/** The name of a file in a directory of its own, which is removed in the end. */
export function stateFile(): ReturnType<typeof temporaryFile> {
  return temporaryFile("state.db");
}

/** A peer that shook hands, by its number, except for `fields` of that. */
export function up(number: number, fields: Partial<HandshakeOutcome> = {}): PeerResult {
  return { ...peerResultOf(fields), address: addressOf(number) };
}

/** A peer that did not, as nothing came in time, except for `reason`. */
export function down(number: number, reason: Partial<Failure> = {}): PeerResult {
  const error: Failure = { code: "timeout", phase: "connect", message: "no connection within 10 s", ...reason };
  return { ...failedPeerResultOf(error.code, error.phase, { error }), address: addressOf(number) };
}

/** The address of a peer. */
export function addressOf(number: number): ReturnType<typeof ipAddress> {
  return ipAddress(`250.${number >> 8}.${number & 255}.1`, 8333);
}

/** The answer of a peer. */
export function answer(number: number, entries = 1001): CrawlResult {
  return addrsResultOf({ address: addressOf(number), entries });
}

/** A peer that was named. */
export function named(number: number): CrawlResult {
  return addressResultOf({ address: addressOf(number), reason: null });
}

/** Does a run on a file `at` so many seconds after the start; without an end if `ends` is false. */
export function run(
  path: string,
  at: number,
  results: readonly CrawlResult[],
  { ends = true, complete = true }: { readonly ends?: boolean; readonly complete?: boolean } = {},
): { readonly memory: readonly Remembered[]; readonly state: ReturnType<State["end"]> } {
  using state = new State(path, MAINNET, new VirtualClock(BigInt(START + at)));
  const memory = [...state.begin().addresses];
  for (const result of results) state.add(result);
  return { memory, state: ends ? state.end(crawlSummaryResultOf({ complete })) : null };
}

/** The runs in a file. */
export function runsIn(path: string): RunResult[] {
  using state = new State(path, MAINNET, new VirtualClock());
  return [...state.runs()];
}

/** What a file has about peers that ever shook hands. */
export function seedsIn(path: string): SeedEntry[] {
  using state = new State(path, MAINNET, new VirtualClock());
  return [...state.seeds()];
}

/** How many rows of a table are in the file by now, as another process sees it after a kill. */
export function rowsIn(path: string, table: string): number {
  const copy = `${path}.copy`;
  for (const end of ["", "-wal"]) {
    try {
      Deno.copyFileSync(path + end, copy + end);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  const database = new DatabaseSync(copy);
  const { n } = database.prepare(`SELECT count(*) AS n FROM ${table}`).get() ?? {};
  database.close();
  return Number(n);
}
