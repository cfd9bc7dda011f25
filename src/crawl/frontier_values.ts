/**
 * What a frontier tells.
 *
 * @module
 */

import type { Address } from "../address/address.ts";
import type { Network } from "../address/network.ts";
import type { NotDialledReason } from "./result.ts";

/** What a message said. */
export interface Learnt {
  /** How many of its entries are in each network. */
  readonly networks: { readonly [N in Network]: number };
  /** How many of them were not known. */
  readonly new: number;
  /** How many are in none of these networks. */
  readonly skipped: number;
}

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

/** How many addresses there are. */
export interface FrontierCounts {
  /** All that are known. */
  readonly known: number;
  /** The same for each network, and how many of them were dialled. */
  readonly networks: { readonly [N in Network]: { readonly known: number; readonly dialled: number } };
  /** How many wait to be dialled or are being dialled. */
  readonly waiting: number;
  /** How many are not to be dialled, for each reason; of `over_quota`, how often one was dropped. */
  readonly notDialled: ReadonlyMap<NotDialledReason, number>;
}
