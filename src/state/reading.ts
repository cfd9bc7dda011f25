/**
 * Reading what earlier runs have found out.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import type { Address } from "../address/address.ts";
import { MAX_KEY_SIZE, writeKey } from "../address/key.ts";
import type { Network } from "../address/network.ts";
import { MAX_AHEAD } from "../crawl/addr_batch.ts";
import type { Remembered } from "../crawl/memory.ts";
import type { Chain } from "../wire/chains.ts";
import { StateError } from "./errors.ts";
import { uptimeIn } from "./peers.ts";
import type { SeedEntry } from "./result.ts";
import { numberIn, numberOrNullIn, type Row, rowsOf, servicesIn, textIn, textOrNullIn } from "./rows.ts";
import { ADDRESSES } from "./schema.ts";
import { mayAsk, turnOf } from "./turns.ts";
import { isGood } from "./uptime.ts";

/** At most `most` of the addresses that are known: first those that succeeded last, the latest of them first. */
export function* remembered(
  database: DatabaseSync,
  run: number,
  now: number,
  most: number,
): Generator<Remembered, void, void> {
  const rows = rowsOf(database, {
    select: "coalesce(peer.address, address.address) AS address, coalesce(peer.network, address.network) AS network, " +
      "address.services, time, groups, run, tried, failures, asked",
    from: ADDRESSES,
    order: `failures IS 0 DESC, succeeded DESC, run IS ${run} DESC, groups DESC`,
    most,
  });
  for (const row of rows) {
    const tried = row.run === null ? null : {
      run: numberIn(row, "run"),
      tried: numberIn(row, "tried"),
      failures: numberIn(row, "failures"),
      asked: numberOrNullIn(row, "asked"),
    };
    yield {
      address: addressIn(row),
      services: servicesIn(row, "services"),
      time: timeIn(row, now),
      groups: numberOrNullIn(row, "groups") ?? 0,
      turn: tried === null ? "usual" : turnOf(tried, run, now),
      asks: tried === null || mayAsk(tried, now),
    };
  }
}

/** When an address was seen; `null` if that is unknown, or still to come: then it was written by a wrong clock. */
function timeIn(row: Row, now: number): number | null {
  const time = numberOrNullIn(row, "time");
  return time === null || time > now + MAX_AHEAD ? null : time;
}

/** The peers that have ever shaken hands, as a DNS seed of a chain sees them. */
export function* seedEntries(database: DatabaseSync, chain: Chain): Generator<SeedEntry, void, void> {
  const peers = { select: "*", from: "peer WHERE succeeded IS NOT NULL", order: "address" };
  for (const row of rowsOf(database, peers)) yield seedEntry(row, chain);
}

function seedEntry(row: Row, chain: Chain): SeedEntry {
  const address = addressIn(row);
  const uptime = uptimeIn(row);
  const version = numberOrNullIn(row, "version");
  const services = servicesIn(row, "services") ?? 0n;
  const [tries, successes] = [numberIn(row, "tries"), numberIn(row, "successes")];
  const hasDefaultPort = address.port === (address.network === "i2p" ? 0 : chain.port);
  return {
    address,
    good: isGood(uptime, { hasDefaultPort, version, services, tries, successes }),
    lastSuccess: numberIn(row, "succeeded"),
    uptime,
    height: numberOrNullIn(row, "height") ?? 0,
    services,
    version: version ?? 0,
    userAgent: textOrNullIn(row, "user_agent") ?? "",
  };
}

/** Long enough for any key. */
const KEY = new Uint8Array(MAX_KEY_SIZE);

/** The address of a row. It is not parsed as a target is, which for the key of an onion name takes its time. */
function addressIn(row: Row): Address {
  const text = textIn(row, "address");
  const [, bracketed, bare = "", port = ""] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
  // What is in the file was written by this program; if not, there is no such key.
  const address = { network: textIn(row, "network") as Network, host: bracketed ?? bare, port: Number(port) };
  try {
    writeKey(address, KEY, 0);
    return address;
  } catch (error) {
    throw new StateError("damaged", `it is damaged: expected an address, got ${text}`, { cause: error });
  }
}
