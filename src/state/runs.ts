/**
 * The runs of a state file.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { type Network, NETWORK_NAMES } from "../address/network.ts";
import type { FirstPart } from "../crawl/memory.ts";
import type { AnswerOutcome, CrawlSummaryResult, Since, StoppedBy } from "../crawl/result.ts";
import type { ErrorCode } from "../net/errors.ts";
import { serviceFlags } from "../wire/services.ts";
import type { RunNetwork, RunResult } from "./result.ts";
import { countIn, numberIn, numberOrNullIn, type Row, servicesIn, textIn, textOrNullIn } from "./rows.ts";
import { ASKED_FOR, FRESH } from "./turns.ts";

/** Of the user agents of a run, the most frequent are kept. */
const MAX_USER_AGENTS = 100;

const P2P_V2 = serviceFlags("P2P_V2");

/** A run that has begun. */
export interface BegunRun {
  /** Its number. */
  readonly run: number;
  /** The totals of its first part; `null` if it has none. */
  readonly firstPart: FirstPart | null;
}

/** Goes on with the last run if that is not complete and dialled something lately, or begins a new one. */
export function beginRun(database: DatabaseSync, now: number): BegunRun {
  const last = database.prepare("SELECT * FROM run ORDER BY id DESC LIMIT 1").get();
  const run = last === undefined ? 0 : numberIn(last, "id");
  if (last !== undefined && numberIn(last, "complete") === 0) {
    const fresh = database.prepare("SELECT 1 FROM peer WHERE run = ? AND tried > ? AND tried <= ?");
    if (fresh.get(run, now - FRESH, now) !== undefined) {
      const firstPart = firstPartOf(database, last, now);
      writeBegin(database, run, numberIn(last, "started"), firstPart.elapsed);
      return { run, firstPart };
    }
    // One that has done nothing is not worth a number.
    if (database.prepare("SELECT 1 FROM peer WHERE run = ?").get(run) === undefined) {
      writeBegin(database, run, now);
      return { run, firstPart: null };
    }
  }
  writeBegin(database, run + 1, now);
  return { run: run + 1, firstPart: null };
}

/** Writes a run that is not over. What an end of it said before is true no more. */
function writeBegin(database: DatabaseSync, run: number, started: number, elapsed = 0): void {
  database.prepare("INSERT OR REPLACE INTO run (id, started, elapsed, complete) VALUES (?, ?, ?, 0)")
    .run(run, started, elapsed);
  for (const table of ["run_network", "run_user_agent"]) {
    database.prepare(`DELETE FROM ${table} WHERE run = ?`).run(run);
  }
}

function firstPartOf(database: DatabaseSync, run: Row, now: number): FirstPart {
  const fresh = { run: numberIn(run, "id"), since: now - FRESH, asked: now - ASKED_FOR, now };
  const errors = new Map<ErrorCode, number>();
  let [success, verackMissing] = [0, 0];
  const byError = "SELECT error, count(*) AS n, sum(verack = 0) AS m FROM peer WHERE run = :run " +
    "AND tried > :since AND tried <= :now AND (error IS NOT NULL OR asked > :asked AND asked <= :now) GROUP BY error";
  for (const row of database.prepare(byError).all(fresh)) {
    const error = textOrNullIn(row, "error");
    if (error === null) [success, verackMissing] = [numberIn(row, "n"), numberIn(row, "m")];
    // What is in the file was written by this program.
    else errors.set(error as ErrorCode, numberIn(row, "n"));
  }
  const answers = new Map<string, number>();
  let entries = 0;
  const byAnswer = "SELECT answer, count(*) AS n, sum(entries) AS entries FROM peer WHERE run = :run " +
    "AND tried > :since AND tried <= :now AND asked >= tried AND asked > :asked AND asked <= :now GROUP BY answer";
  for (const row of database.prepare(byAnswer).all(fresh)) {
    answers.set(textIn(row, "answer"), numberIn(row, "n"));
    entries += numberIn(row, "entries");
  }
  const count = (outcome: AnswerOutcome) => answers.get(outcome) ?? 0;
  return {
    success,
    failure: sum(errors.values()),
    verackMissing,
    errors,
    elapsed: numberIn(run, "elapsed"),
    asked: sum(answers.values()),
    answered: count("answered"),
    selfOnly: count("self_only"),
    silent: count("silent"),
    malformed: count("malformed"),
    closed: count("closed"),
    entries,
  };
}

/** Writes the end of a run; returns how it compares with the run before, if there is one. */
export function endRun(database: DatabaseSync, run: number, summary: CrawlSummaryResult, now: number): Since | null {
  const { elapsed, crawl: { known, waiting, complete, stoppedBy, networks } } = summary;
  const since = run === 1 ? null : sinceBefore(database, run);
  database.prepare(
    "UPDATE run SET ended = ?, elapsed = ?, known = ?, waiting = ?, complete = ?, stopped = ?, " +
      "since_new = ?, since_back = ?, since_gone = ?, since_kept = ? WHERE id = ?",
  ).run(
    ...[now, Math.round(elapsed), known, waiting, Number(complete), stoppedBy],
    ...[since?.new ?? null, since?.back ?? null, since?.gone ?? null, since?.kept ?? null, run],
  );
  const write = database.prepare("INSERT INTO run_network VALUES (?, ?, ?, ?, ?, ?, ?)");
  for (const network of NETWORK_NAMES) {
    const { v2, height } = heightsAndV2(database, run, network);
    const { known, dialled, success } = networks[network];
    write.run(run, network, known, dialled, success, v2, height);
  }
  database.prepare(
    "INSERT INTO run_user_agent SELECT ?1, user_agent, count(*) AS n FROM peer " +
      "WHERE success_run = ?1 AND error IS NULL AND user_agent IS NOT NULL GROUP BY 2 ORDER BY n DESC, 2 LIMIT ?2",
  ).run(run, MAX_USER_AGENTS);
  return since;
}

function sinceBefore(database: DatabaseSync, run: number): Since {
  const count = (where: string) =>
    countIn(database.prepare(`SELECT count(*) AS n FROM peer WHERE ${where}`).get({ run }));
  // One that shook hands in the first part of the run can have failed since.
  const succeeded = "success_run = :run AND error IS NULL AND success_run_before";
  return {
    new: count(`${succeeded} IS NULL`),
    back: count(`${succeeded} < :run - 1`),
    gone: count("run = :run AND error IS NOT NULL AND (success_run = :run - 1 OR success_run_before = :run - 1)"),
    kept: count(`${succeeded} = :run - 1`),
  };
}

function heightsAndV2(database: DatabaseSync, run: number, network: Network): { v2: number; height: number | null } {
  const rows = database.prepare(
    "SELECT services, height FROM peer WHERE success_run = ? AND error IS NULL AND network = ? ORDER BY height",
  );
  const heights: number[] = [];
  let v2 = 0;
  for (const row of rows.all(run, network)) {
    const height = numberOrNullIn(row, "height");
    if (height !== null) heights.push(height);
    if (((servicesIn(row, "services") ?? 0n) & P2P_V2) !== 0n) v2++;
  }
  return { v2, height: heights[Math.ceil(heights.length / 2) - 1] ?? null };
}

/** All runs, the first one first. */
export function* runsIn(database: DatabaseSync): Generator<RunResult, void, void> {
  const networks = database.prepare("SELECT * FROM run_network WHERE run = ?");
  const agents = database.prepare("SELECT * FROM run_user_agent WHERE run = ? ORDER BY peers DESC, user_agent");
  for (const row of database.prepare("SELECT * FROM run ORDER BY id").all()) {
    const run = numberIn(row, "id");
    yield {
      type: "run",
      run,
      started: numberIn(row, "started"),
      ended: numberOrNullIn(row, "ended"),
      elapsed: numberIn(row, "elapsed"),
      known: numberOrNullIn(row, "known"),
      waiting: numberOrNullIn(row, "waiting"),
      complete: numberIn(row, "complete") === 1,
      stoppedBy: textOrNullIn(row, "stopped") as StoppedBy | null,
      networks: Object.fromEntries(networks.all(run).map((row) => [textIn(row, "network"), runNetwork(row)])),
      userAgents: agents.all(run).map((row) => [textIn(row, "user_agent"), numberIn(row, "peers")] as const),
      since: sinceIn(row),
    };
  }
}

function runNetwork(row: Row): RunNetwork {
  const [known, dialled, success] = [numberIn(row, "known"), numberIn(row, "dialled"), numberIn(row, "success")];
  return { known, dialled, success, v2: numberIn(row, "v2"), medianHeight: numberOrNullIn(row, "height") };
}

function sinceIn(row: Row): Since | null {
  if (row.since_new === null) return null;
  const [fresh, back] = [numberIn(row, "since_new"), numberIn(row, "since_back")];
  return { new: fresh, back, gone: numberIn(row, "since_gone"), kept: numberIn(row, "since_kept") };
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
