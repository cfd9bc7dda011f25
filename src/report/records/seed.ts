/**
 * The record of a resolved name.
 *
 * @module
 */

import type { SeedResult } from "../../scan/result.ts";
import { type ErrorRecord, errorRecord } from "./error.ts";

/** What a name resolved to. */
export interface SeedRecord {
  /** The kind of record. */
  readonly type: "seed";
  /** The target as given. */
  readonly target: string;
  /** The distinct IP addresses of the name. */
  readonly addresses: readonly string[];
  /** Why it has none. */
  readonly error: ErrorRecord | null;
}

/** The record of a name. */
export function seedRecord({ type, target, resolution: { addresses, error } }: SeedResult): SeedRecord {
  return { type, target, addresses: addresses.map(({ host }) => host), error: errorRecord(error) };
}
