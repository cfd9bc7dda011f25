/**
 * The record of a name that was resolved.
 *
 * @module
 */

import type { SeedResult } from "../../scan/result.ts";
import { type ErrorRecord, errorRecord } from "./error.ts";

/** What a name resolved to. */
export interface SeedRecord {
  /** The kind of record. */
  readonly type: "seed";
  /** The target as it was written. */
  readonly target: string;
  /** Every IP address of the name, each once. */
  readonly addresses: readonly string[];
  /** Why there is none. */
  readonly error: ErrorRecord | null;
}

/** The record of a name. */
export function seedRecord({ type, target, resolution: { addresses, error } }: SeedResult): SeedRecord {
  return { type, target, addresses: addresses.map(({ host }) => host), error: errorRecord(error) };
}
