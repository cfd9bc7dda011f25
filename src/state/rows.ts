/**
 * Typed values of rows.
 *
 * @module
 */

import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { StateError } from "./errors.ts";

/** A row as SQLite gives it. */
export type Row = { readonly [column: string]: SQLOutputValue };

/** A query that has many rows. */
export interface Query {
  /** The columns. */
  readonly select: string;
  /** The tables, and which of their rows. */
  readonly from: string;
  /** The order. */
  readonly order: string;
  /** How many rows there may be; no limit by default. */
  readonly most?: number;
}

/**
 * The rows of a query, one by one.
 *
 * @throws {StateError} when there are fewer than were counted: Deno's `iterate()` ends without a word where reading fails.
 */
export function* rowsOf(
  database: DatabaseSync,
  { select, from, order, most = Infinity }: Query,
): Generator<Row, void, void> {
  let left = Math.min(most, countIn(database.prepare(`SELECT count(*) AS n FROM ${from}`).get()));
  for (const row of database.prepare(`SELECT ${select} FROM ${from} ORDER BY ${order} LIMIT ?`).iterate(left)) {
    left--;
    yield row;
  }
  if (left > 0) throw new StateError("damaged", `it is damaged: rows that could not be read: ${left}`);
}

/** A number of a row. */
export function numberIn(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== "number") throw unexpected("a number", column, value);
  return value;
}

/** The count `n` of a query, which has one row. */
export function countIn(row: Row | undefined): number {
  return numberIn(row ?? {}, "n");
}

/** A number of a row, or `null`. */
export function numberOrNullIn(row: Row, column: string): number | null {
  return row[column] === null ? null : numberIn(row, column);
}

/** A text of a row. */
export function textIn(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw unexpected("a text", column, value);
  return value;
}

/** A text of a row, or `null`. */
export function textOrNullIn(row: Row, column: string): string | null {
  return row[column] === null ? null : textIn(row, column);
}

/** Services of a row; `null` if they are unknown. */
export function servicesIn(row: Row, column: string): bigint | null {
  const text = textOrNullIn(row, column);
  if (text === null) return null;
  if (!/^[0-9a-f]{16}$/.test(text)) throw unexpected("services", column, text);
  return BigInt(`0x${text}`);
}

/** Services as a row has them. */
export function servicesText(services: bigint): string {
  return services.toString(16).padStart(16, "0");
}

function unexpected(expected: string, column: string, value: unknown): StateError {
  return new StateError(
    "damaged",
    `it is damaged: expected ${expected} as ${column}, got ${String(value).slice(0, 80)}`,
  );
}
