/**
 * The tables of a state file. A change to them is a new {@linkcode SCHEMA_VERSION}.
 *
 * Times are in seconds since 1970, services as 16 hex digits, user agents escaped.
 *
 * @module
 */

/** The version of the schema, in the header of the file (`user_version`). */
export const SCHEMA_VERSION = 1;

/** What says that a database is a state file, in its header (`application_id`): `p2p` and a zero. */
export const APPLICATION_ID = 0x70327000;

/** The windows of the averages of uptime, with the ends of their columns' names, in seconds. */
export const UPTIME_WINDOWS = {
  "2h": 2 * 3600,
  "8h": 8 * 3600,
  "1d": 24 * 3600,
  "7d": 7 * 24 * 3600,
  "30d": 30 * 24 * 3600,
} as const;

/** The name of a window. */
export type UptimeWindow = keyof typeof UPTIME_WINDOWS;

/** The names of all windows. */
export const WINDOW_NAMES = Object.keys(UPTIME_WINDOWS) as UptimeWindow[];

/** The columns of the peers that were dialled. */
export const PEER_COLUMNS = {
  address: "TEXT NOT NULL PRIMARY KEY",
  network: "TEXT NOT NULL",
  /** The last run in which it was dialled, and when. */
  run: "INTEGER NOT NULL",
  tried: "INTEGER NOT NULL",
  /** How often it was dialled, how often it succeeded, and how often it has failed since. */
  tries: "INTEGER NOT NULL",
  successes: "INTEGER NOT NULL",
  failures: "INTEGER NOT NULL",
  /** Why it failed last; null if it did not. */
  error: "TEXT",
  /** When it succeeded last, in which run, and in which run before that one. */
  succeeded: "INTEGER",
  success_run: "INTEGER",
  success_run_before: "INTEGER",
  /** What it said when it succeeded last. */
  verack: "INTEGER NOT NULL",
  transport: "TEXT",
  version: "INTEGER",
  services: "TEXT",
  user_agent: "TEXT",
  height: "INTEGER",
  /** When it was asked for addresses last, how it answered, and with how many. */
  asked: "INTEGER",
  answer: "TEXT",
  entries: "INTEGER",
  ...Object.fromEntries(
    WINDOW_NAMES.flatMap((name) => [[`uptime_${name}`, "REAL NOT NULL"], [`tries_${name}`, "REAL NOT NULL"]]),
  ),
} as const;

/** Every address that is kept, named or dialled: the tables of both. */
export const ADDRESSES = "address FULL JOIN peer ON peer.address = address.address";

/** Creates everything. */
export const CREATE = `
  CREATE TABLE chain (name TEXT NOT NULL, magic INTEGER NOT NULL) STRICT;
  CREATE TABLE address (
    address TEXT NOT NULL PRIMARY KEY,
    network TEXT NOT NULL,
    services TEXT,
    time INTEGER,
    groups INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE peer (
    ${Object.entries(PEER_COLUMNS).map(([name, type]) => `${name} ${type}`).join(", ")}
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE run (
    id INTEGER NOT NULL PRIMARY KEY,
    started INTEGER NOT NULL,
    ended INTEGER,
    elapsed INTEGER NOT NULL,
    known INTEGER,
    waiting INTEGER,
    complete INTEGER NOT NULL,
    stopped TEXT,
    since_new INTEGER,
    since_back INTEGER,
    since_gone INTEGER,
    since_kept INTEGER
  ) STRICT;
  CREATE TABLE run_network (
    run INTEGER NOT NULL,
    network TEXT NOT NULL,
    known INTEGER NOT NULL,
    dialled INTEGER NOT NULL,
    success INTEGER NOT NULL,
    v2 INTEGER NOT NULL,
    height INTEGER,
    PRIMARY KEY (run, network)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE run_user_agent (
    run INTEGER NOT NULL,
    user_agent TEXT NOT NULL,
    peers INTEGER NOT NULL,
    PRIMARY KEY (run, user_agent)
  ) STRICT, WITHOUT ROWID;
`;
