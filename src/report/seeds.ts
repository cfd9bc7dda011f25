/**
 * Peers in the text format of bitcoin-seeder's dump, which Bitcoin Core's `contrib/seeds/makeseeds.py` reads.
 *
 * Source: bitcoin-seeder `main.cpp` (`ThreadDumper`).
 *
 * @module
 */

import { formatAddress } from "../address/address.ts";
import type { SeedEntry } from "../state/result.ts";
import { WINDOW_NAMES } from "../state/schema.ts";

/** The first line. */
export const SEEDS_HEADER =
  "# address                                        good  lastSuccess    %(2h)   %(8h)   %(1d)   %(7d)  %(30d)  blocks      svcs  version";

/** The line of a peer, without its line end. */
export function seedLine(
  { address, good, lastSuccess, uptime, height, services, version, userAgent }: SeedEntry,
): string {
  const percents = WINDOW_NAMES.map((name) => `${(uptime[name].uptime * 100).toFixed(2).padStart(6)}%`);
  return [
    `${formatAddress(address).padEnd(47)}  ${String(Number(good)).padStart(4)}  ${String(lastSuccess).padStart(11)}`,
    percents.join(" "),
    String(height).padStart(6),
    services.toString(16).padStart(8, "0"),
    `${String(version).padStart(5)} "${userAgent}"`,
  ].join("  ");
}
