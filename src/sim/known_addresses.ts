/**
 * What a simulated node answers to `getaddr`.
 *
 * Source: Bitcoin Core `net_processing.cpp` (`ProcessMessage`, `MaybeSendAddr`).
 *
 * @module
 */

import { type AddrEntry, addrMessage } from "../wire/addr.ts";
import { MAX_ADDR_ENTRIES } from "../wire/addr_reader.ts";
import type { Message } from "../wire/messages.ts";

/** The addresses that a simulated node knows. */
export interface KnownAddresses {
  /**
   * What it answers to `getaddr`, in messages of up to 1,000, or a function that returns this for a connection; by
   * default it does not answer. It answers once a connection, in `addr` and with IP addresses only unless it was sent
   * `sendaddrv2`.
   */
  readonly knows?: readonly AddrEntry[] | (() => readonly AddrEntry[]);
  /** Its own address, which it sends first, in a message of its own, as Bitcoin Core does since 31; none by default. */
  readonly announces?: AddrEntry;
  /** How long it waits before it answers, in milliseconds. */
  readonly answerDelay?: number;
}

/** The messages with which it answers, to an initiator that reads `addrv2` or not. */
export function answerToGetaddr({ knows = [], announces }: KnownAddresses, readsAddrV2: boolean): Message[] {
  const known = typeof knows === "function" ? knows() : knows;
  const own = announces === undefined ? [] : [announces];
  return [...messages(own, readsAddrV2), ...messages(known, readsAddrV2)];
}

function messages(entries: readonly AddrEntry[], readsAddrV2: boolean): Message[] {
  const readable = readsAddrV2 ? entries : entries.filter(({ address }) => isInAddr(address.network));
  return Array.from(
    { length: Math.ceil(readable.length / MAX_ADDR_ENTRIES) },
    (_, i) =>
      addrMessage(readsAddrV2 ? "addrv2" : "addr", readable.slice(i * MAX_ADDR_ENTRIES, (i + 1) * MAX_ADDR_ENTRIES)),
  );
}

function isInAddr(network: string): boolean {
  return network === "ipv4" || network === "ipv6";
}
