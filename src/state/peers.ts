/**
 * The peers of a state file.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { formatAddress } from "../address/address.ts";
import type { AddrsResult } from "../crawl/result.ts";
import { type Failure, OWN_ERRORS, PROXY_ERRORS } from "../net/errors.ts";
import type { PeerResult } from "../scan/result.ts";
import { escapeBytes } from "../wire/escape.ts";
import { numberIn, type Row, servicesText, textOrNullIn } from "./rows.ts";
import { PEER_COLUMNS, WINDOW_NAMES } from "./schema.ts";
import { updateUptime, type Uptime } from "./uptime.ts";

/** A peer's result, with the time when it came, in seconds since 1970. */
export interface Timed<R> {
  /** The result. */
  readonly result: R;
  /** When it came. */
  readonly time: number;
}

const COLUMNS = Object.keys(PEER_COLUMNS);

/** Writes what a run finds out about peers. */
export class PeerRows {
  readonly #run: number;
  readonly #read: StatementSync;
  readonly #write: StatementSync;
  readonly #answer: StatementSync;

  /** For the run with the number `run`. */
  constructor(database: DatabaseSync, run: number) {
    this.#run = run;
    this.#read = database.prepare("SELECT * FROM peer WHERE address = ?");
    this.#write = database.prepare(
      `INSERT OR REPLACE INTO peer (${COLUMNS.join(", ")}) VALUES (${COLUMNS.map((name) => `:${name}`).join(", ")})`,
    );
    this.#answer = database.prepare("UPDATE peer SET asked = ?, answer = ?, entries = ? WHERE address = ?");
  }

  /** Writes how a handshake went, unless that says nothing about the peer; a name that a proxy resolves is not kept. */
  addPeer({ result: { address, outcome }, time }: Timed<PeerResult>): void {
    if (address.network === null || isOurs(outcome.error)) return;
    const text = formatAddress(address);
    const before = this.#read.get(text);
    const success = outcome.error === null;
    this.#write.run({
      address: text,
      network: address.network,
      run: this.#run,
      tried: time,
      tries: previous(before, "tries") + 1,
      successes: previous(before, "successes") + Number(success),
      failures: success ? 0 : previous(before, "failures") + 1,
      error: outcome.error?.code ?? null,
      ...success ? this.#success(before, time) : kept(before, "succeeded", "success_run", "success_run_before"),
      ...success ? said(outcome) : kept(before, "verack", "transport", "version", "services", "user_agent", "height"),
      ...kept(before, "asked", "answer", "entries"),
      ...averages(before, success, time),
    });
  }

  /** Writes how a peer answered. */
  addAnswer({ result: { address, outcome, entries }, time }: Timed<AddrsResult>): void {
    this.#answer.run(time, outcome, entries, formatAddress(address));
  }

  #success(before: Row | undefined, time: number): Record<string, string | number | null> {
    const last = keptValue(before, "success_run");
    const earlier = last === this.#run ? keptValue(before, "success_run_before") : last;
    return { succeeded: time, success_run: this.#run, success_run_before: earlier };
  }
}

/** Whether something is wrong on this side: a run without a network or a proxy must not cost all peers their standing. */
function isOurs(error: Failure | null): boolean {
  return error !== null && (error.noRoute === true || PROXY_ERRORS.has(error.code) || OWN_ERRORS.has(error.code));
}

/** The averages of a row. */
export function uptimeIn(row: Row): Uptime {
  const average = (name: keyof Uptime) => ({
    uptime: numberIn(row, `uptime_${name}`),
    tries: numberIn(row, `tries_${name}`),
  });
  return { "2h": average("2h"), "8h": average("8h"), "1d": average("1d"), "7d": average("7d"), "30d": average("30d") };
}

function averages(before: Row | undefined, success: boolean, time: number): Record<string, number> {
  const uptime = before === undefined
    ? updateUptime(null, success, null)
    : updateUptime(uptimeIn(before), success, Math.max(0, time - numberIn(before, "tried")));
  return Object.fromEntries(
    WINDOW_NAMES.flatMap((name) => [[`uptime_${name}`, uptime[name].uptime], [`tries_${name}`, uptime[name].tries]]),
  );
}

function said({ version, verack, transport }: PeerResult["outcome"]): Record<string, string | number | null> {
  return {
    verack: Number(verack),
    transport,
    version: version?.protocolVersion ?? null,
    services: version === null ? null : servicesText(version.services),
    user_agent: version === null ? null : escapeBytes(version.userAgent ?? new Uint8Array()),
    height: version?.startHeight ?? null,
  };
}

/** The values of columns as they were. */
function kept(before: Row | undefined, ...names: readonly string[]): Record<string, string | number | null> {
  return Object.fromEntries(names.map((name) => [name, keptValue(before, name)]));
}

function keptValue(before: Row | undefined, name: string): string | number | null {
  if (name === "verack") return before === undefined ? 0 : numberIn(before, name);
  if (before === undefined) return null;
  return typeof before[name] === "number" ? numberIn(before, name) : textOrNullIn(before, name);
}

function previous(before: Row | undefined, name: string): number {
  return before === undefined ? 0 : numberIn(before, name);
}
