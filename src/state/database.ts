/**
 * Opening the database of a state file.
 *
 * @module
 */

import { isAbsolute } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Chain } from "../wire/chains.ts";
import { StateError, toStateError } from "./errors.ts";
import { APPLICATION_ID, CREATE, SCHEMA_VERSION } from "./schema.ts";

/** What every SQLite database begins with (https://sqlite.org/fileformat2.html, 1.3). */
const SQLITE_MAGIC = "SQLite format 3\0";

/** Where the header of a database has its `user_version` and its `application_id`. */
const USER_VERSION_OFFSET = 60;
const APPLICATION_ID_OFFSET = 68;
const HEADER_SIZE = 100;

/** A commit takes one write, and is on the disk when it returns. */
const SETTINGS = ["PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"];

/**
 * Opens the state file of a chain, which is created if there is none.
 *
 * @throws {StateError} when it cannot be used; then it is as it was.
 * @throws {Deno.errors.NotCapable} without the permission to read and to write it.
 */
export function openDatabase(path: string, chain: Chain): DatabaseSync {
  checkHeader(path);
  try {
    const database = new DatabaseSync(asFile(path));
    try {
      prepare(database, chain);
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  } catch (error) {
    throw toStateError(error);
  }
}

/** Closes it. At rest it has no write-ahead log, so that it can be read where nothing may be written beside it. */
export function closeDatabase(database: DatabaseSync): void {
  try {
    execute(database, "PRAGMA journal_mode = DELETE");
  } catch {
    // Such as on a full disk. The log stays, and is read by whoever opens it next.
  }
  database.close();
}

/** Does a piece of work as a whole or not at all. */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  execute(database, "BEGIN IMMEDIATE");
  try {
    const result = work();
    execute(database, "COMMIT");
    return result;
  } catch (error) {
    // A full disk has ended it already.
    if (database.isTransaction) execute(database, "ROLLBACK");
    throw error;
  }
}

/** Executes one statement; the errors of `exec()` have no code. */
function execute(database: DatabaseSync, statement: string): void {
  database.prepare(statement).run();
}

/** The same path such that SQLite takes it for one: it has other uses for what begins with `:memory:` or `file:`. */
function asFile(path: string): string {
  return isAbsolute(path) ? path : `./${path}`;
}

/** SQLite would change a file that is none of ours, such as by recovering it. */
function checkHeader(path: string): void {
  const header = readHeader(path);
  if (header === null) return;
  const magic = new TextDecoder("latin1").decode(header.subarray(0, SQLITE_MAGIC.length));
  const view = new DataView(header.buffer);
  if (
    header.length < HEADER_SIZE || magic !== SQLITE_MAGIC || view.getUint32(APPLICATION_ID_OFFSET) !== APPLICATION_ID
  ) {
    throw new StateError("not_ours", "it is something else: expected a state file, or a name that is free");
  }
  const version = view.getUint32(USER_VERSION_OFFSET);
  if (version > SCHEMA_VERSION) {
    throw new StateError("newer", `it has version ${version}: expected at most ${SCHEMA_VERSION}; use a newer program`);
  }
}

/** The header of a file; `null` if there is no file, or nothing in it. */
function readHeader(path: string): Uint8Array<ArrayBuffer> | null {
  try {
    // For writing too, as SQLite would take a read-only file and fail later.
    using file = Deno.openSync(path, { read: true, write: true });
    const header = new Uint8Array(HEADER_SIZE);
    let size = 0;
    for (let read; (read = file.readSync(header.subarray(size))) !== null && read > 0;) size += read;
    return size === 0 ? null : header.slice(0, size);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    if (error instanceof Deno.errors.NotCapable) throw error;
    throw new StateError("unwritable", error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function prepare(database: DatabaseSync, chain: Chain): void {
  execute(database, "PRAGMA locking_mode = EXCLUSIVE");
  // Created before there is a write-ahead log, so that the header says at once whose file it is.
  transaction(database, () => {
    if (database.prepare("SELECT 1 FROM sqlite_schema").get() !== undefined) return;
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}; ${CREATE}`);
    database.prepare("INSERT INTO chain VALUES (?, ?)").run(chain.name, chain.magic);
  });
  const row = database.prepare("SELECT name, magic FROM chain").get();
  if (row?.magic !== chain.magic) {
    const other = row?.name === chain.name ? `another ${chain.name}` : row?.name;
    throw new StateError("other_chain", `it is about ${other}: expected one about ${chain.name}`);
  }
  for (const setting of SETTINGS) execute(database, setting);
}
