/**
 * How reliably a peer could be reached: averages in which what is longer ago counts less.
 *
 * Source: bitcoin-seeder's `db.h` and `db.cpp` (`CAddrStat`, `CAddrInfo::Update`, `CAddrInfo::IsGood`).
 *
 * @module
 */

import { serviceFlags } from "../wire/services.ts";
import { UPTIME_WINDOWS, type UptimeWindow, WINDOW_NAMES } from "./schema.ts";

/** One average. */
export interface Average {
  /** The share of the time in which the peer could be reached, 0 to 1; it begins at 0. */
  readonly uptime: number;
  /** How many tries it rests on; older ones count less. */
  readonly tries: number;
}

/** The averages over all windows. */
export type Uptime = { readonly [W in UptimeWindow]: Average };

/** A peer that has never been tried counts as tried so long ago, in seconds. */
const FIRST_AGE = 1000;

const NETWORK = serviceFlags("NETWORK");

/** The least protocol version of a good peer. */
const MIN_VERSION = 70_001;

/** In a window, a good peer has a higher uptime than this, on more tries than this. */
const GOOD: { readonly [W in UptimeWindow]: Average } = {
  "2h": { uptime: 0.85, tries: 2 },
  "8h": { uptime: 0.70, tries: 4 },
  "1d": { uptime: 0.55, tries: 8 },
  "7d": { uptime: 0.45, tries: 16 },
  "30d": { uptime: 0.35, tries: 32 },
};

/** The averages after one more try, `age` seconds after the one before; `null` if there was none. */
export function updateUptime(before: Uptime | null, success: boolean, age: number | null): Uptime {
  const after = (window: UptimeWindow): Average => {
    const { uptime, tries } = before?.[window] ?? { uptime: 0, tries: 0 };
    const factor = Math.exp(-(age ?? FIRST_AGE) / UPTIME_WINDOWS[window]);
    return { uptime: uptime * factor + (success ? 1 - factor : 0), tries: tries * factor + 1 };
  };
  return { "2h": after("2h"), "8h": after("8h"), "1d": after("1d"), "7d": after("7d"), "30d": after("30d") };
}

/** What is known of a peer besides its averages. */
export interface Standing {
  /** Whether it has the default port of its chain. */
  readonly hasDefaultPort: boolean;
  /** Its protocol version; `null` if unknown. */
  readonly version: number | null;
  /** Its services. */
  readonly services: bigint;
  /** How often it was tried. */
  readonly tries: number;
  /** How often it shook hands. */
  readonly successes: number;
}

/** Whether a DNS seed would give out a peer. */
export function isGood(uptime: Uptime, { hasDefaultPort, version, services, tries, successes }: Standing): boolean {
  if (!hasDefaultPort || (services & NETWORK) === 0n || version !== null && version < MIN_VERSION) return false;
  if (tries <= 3 && successes * 2 >= tries) return true;
  return WINDOW_NAMES.some((name) => uptime[name].uptime > GOOD[name].uptime && uptime[name].tries > GOOD[name].tries);
}
