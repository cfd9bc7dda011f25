/**
 * The record of a peer's answer to `getaddr`.
 *
 * @module
 */

import { formatAddress } from "../../address/address.ts";
import { byNetwork, type Network } from "../../address/network.ts";
import type { AddrsResult, AnswerOutcome } from "../../crawl/result.ts";
import { tenths } from "./values.ts";

/** The addresses that a peer knows. */
export interface AddrsRecord {
  /** The kind of record. */
  readonly type: "addrs";
  /** The peer's address and port. */
  readonly addr: string;
  /** How it answered. */
  readonly outcome: AnswerOutcome;
  /** How many messages could be read. */
  readonly messages: number;
  /** How many addresses were in them: the sum of `networks`, and `skipped`. */
  readonly entries: number;
  /** How many of them nobody had named before. */
  readonly new: number;
  /** How many were in each network. */
  readonly networks: { readonly [N in Network]: number };
  /** How many were in networks that this program does not know, or no addresses of the network they claimed. */
  readonly skipped: number;
  /** From the request to the last of these messages, or without one to the end of the wait, in milliseconds. */
  readonly wait_ms: number;
}

/** The record of an answer. */
export function addrsRecord(result: AddrsResult): AddrsRecord {
  const { type, address, outcome, messages, entries, networks, skipped, wait } = result;
  return {
    type,
    addr: formatAddress(address),
    outcome,
    messages,
    entries,
    new: result.new,
    networks: byNetwork((network) => networks[network]),
    skipped,
    wait_ms: tenths(wait),
  };
}
