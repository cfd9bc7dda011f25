/**
 * What is taken out of a state file, so that it does not grow without end.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import type { CrawlSettings } from "../crawl/settings.ts";
import { countIn, textIn } from "./rows.ts";
import { ADDRESSES } from "./schema.ts";

/** What nobody has seen for so long goes, in seconds; as long as Bitcoin Core keeps it (`ADDRMAN_HORIZON`). */
const HORIZON = 30 * 24 * 3600;

/** How much a run wants to know. */
export type Wanted = Pick<CrawlSettings, "maxAge" | "maxAddresses">;

/** Takes out what never shook hands, and was neither seen nor dialled since so long before `now` that it is of no use. */
export function dropOld(database: DatabaseSync, now: number, { maxAge }: Wanted): void {
  const since = now - Math.max(maxAge / 1000, HORIZON);
  database.prepare(
    "DELETE FROM peer WHERE succeeded IS NULL AND tried < :since AND NOT EXISTS " +
      "(SELECT 1 FROM address WHERE address.address = peer.address AND time >= :since)",
  ).run({ since });
  database.prepare(
    "DELETE FROM address WHERE coalesce(time, 0) < :since AND NOT EXISTS " +
      "(SELECT 1 FROM peer WHERE peer.address = address.address)",
  ).run({ since });
}

/**
 * Takes out what is over `room` addresses: first what never shook hands and was not dialled in `run`, and of that what the
 * fewest groups have named and nobody has seen for longest; last what shook hands, the longest ago first.
 */
export function dropExcess(database: DatabaseSync, run: number, room: number): void {
  const excess = countIn(database.prepare(`SELECT count(*) AS n FROM ${ADDRESSES}`).get()) - room;
  if (excess <= 0) return;
  // Read as a whole before any of it goes.
  const rows = database.prepare(
    `SELECT coalesce(peer.address, address.address) AS address FROM ${ADDRESSES} ` +
      "ORDER BY succeeded IS NOT NULL, succeeded, run IS ?, groups, time LIMIT ?",
  ).all(run, excess);
  for (const table of ["address", "peer"]) {
    const drop = database.prepare(`DELETE FROM ${table} WHERE address = ?`);
    for (const row of rows) drop.run(textIn(row, "address"));
  }
}
