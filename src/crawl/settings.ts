/**
 * The settings of a crawl.
 *
 * @module
 */

import type { Address } from "../address/address.ts";
import type { Memory } from "./memory.ts";
import type { ScanSettings } from "../scan/scan.ts";

/** How to crawl. */
export interface CrawlSettings extends Omit<ScanSettings, "concurrency" | "hold" | "dials"> {
  /**
   * Maximum number of handshakes in flight in all networks together; by default 1,024 over IP and CJDNS, and 32 through
   * each proxy or bridge besides.
   */
  readonly concurrency?: number | undefined;
  /** How long a peer has to answer `getaddr`, in milliseconds. */
  readonly addrWait: number;
  /** An address that nobody has seen for longer is not dialled, in milliseconds. */
  readonly maxAge: number;
  /** How many addresses are kept at most. */
  readonly maxAddresses: number;
  /** After this many milliseconds nothing more is dialled, and what is in flight is finished; no limit by default. */
  readonly maxTime?: number | undefined;
  /** How many connections are begun in a second at most; 0 is no limit. */
  readonly rate: number;
  /** Whether an address must not be dialled; none by default. */
  readonly excludes?: ((address: Address) => boolean) | undefined;
  /** Whether addresses that are not routable on the public internet are dialled. */
  readonly includeUnroutable: boolean;
  /** Whether to give an `address` result for each address that is known, at the end. */
  readonly addresses: boolean;
  /** What earlier runs have found out; nothing by default. */
  readonly memory?: Memory | undefined;
}
