/**
 * Writing what a run finds out.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { formatAddress } from "../address/address.ts";
import type { AddressResult, AddrsResult } from "../crawl/result.ts";
import type { PeerResult } from "../scan/result.ts";
import { PeerRows, type Timed } from "./peers.ts";
import { servicesText } from "./rows.ts";

/** A result to write. */
export type Change = Timed<PeerResult | AddrsResult | AddressResult>;

/** Writes the rows of a run. */
export class RunWriter {
  /** The number of the run. */
  readonly run: number;
  readonly #peers: PeerRows;
  readonly #address: StatementSync;
  readonly #elapsed: StatementSync;

  /** For the run with the number `run`. */
  constructor(database: DatabaseSync, run: number) {
    this.run = run;
    this.#peers = new PeerRows(database, run);
    this.#address = database.prepare(
      "INSERT INTO address VALUES (?, ?, ?, ?, ?) ON CONFLICT (address) DO UPDATE SET " +
        "services = excluded.services, time = excluded.time, groups = excluded.groups",
    );
    this.#elapsed = database.prepare("UPDATE run SET elapsed = ? WHERE id = ?");
  }

  /** Writes some results, `elapsed` milliseconds after the beginning of the run. */
  write(changes: readonly Change[], elapsed: number): void {
    this.#elapsed.run(Math.round(elapsed), this.run);
    for (const { result, time } of changes) {
      if (result.type === "peer") this.#peers.addPeer({ result, time });
      else if (result.type === "addrs") this.#peers.addAnswer({ result, time });
      else {
        const { address, services, time, groups } = result;
        const bits = services === null ? null : servicesText(services);
        this.#address.run(formatAddress(address), address.network, bits, time, groups);
      }
    }
  }
}
