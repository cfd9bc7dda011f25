/**
 * An address whose turn has come.
 *
 * @module
 */

import type { Address } from "../address/address.ts";

/** An address to dial. */
export interface Candidate {
  /** What the frontier knows it by. */
  readonly number: number;
  /** The address. */
  readonly address: Address;
  /** The target, or the first peer, that named it. */
  readonly target: string;
  /** All services that others say it has; `null` if nobody has named it. */
  readonly services: bigint | null;
  /** Whether it is to be asked for addresses. */
  readonly asks: boolean;
}
