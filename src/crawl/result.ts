/**
 * The results of a crawl.
 *
 * @module
 */

import type { Address, PeerAddress } from "../address/address.ts";
import type { Network } from "../address/network.ts";
import type { ScanResult, SummaryResult } from "../scan/result.ts";
import type { AnswerOutcome } from "../session/answer.ts";

export type { AnswerOutcome };

/** The addresses that a peer knows. */
export interface AddrsResult {
  /** The kind of result. */
  readonly type: "addrs";
  /** The peer's address. */
  readonly address: PeerAddress;
  /** How it answered. */
  readonly outcome: AnswerOutcome;
  /** How many messages could be read. */
  readonly messages: number;
  /** How many addresses were in them: those in `networks`, and the skipped ones. */
  readonly entries: number;
  /** How many of them nobody had named before. */
  readonly new: number;
  /** How many were in each network. */
  readonly networks: { readonly [N in Network]: number };
  /** How many were in networks that this program does not know, or no addresses of the network they claimed. */
  readonly skipped: number;
  /** From our `getaddr` to the last of these messages, or without one to the end, in milliseconds. */
  readonly wait: number;
}

/** Why an address that is known was not dialled: the first reason in this order that holds. */
export type NotDialledReason =
  | "unroutable"
  | "port_zero"
  | "too_old"
  | "excluded"
  | "network"
  | "back_off"
  | "over_quota";

/** An address that a crawl knows at its end. */
export interface AddressResult {
  /** The kind of result. */
  readonly type: "address";
  /** The address. */
  readonly address: Address;
  /** The services that all have named for it together; `null` if nobody named it. */
  readonly services: bigint | null;
  /** The newest time that anybody named for it, in seconds since 1970; `null` if nobody named it. */
  readonly time: number | null;
  /** How many network groups have named it. */
  readonly groups: number;
  /** Whether it was dialled. */
  readonly dialled: boolean;
  /** Why it was not; `null` if it was, or if it was still waiting. */
  readonly reason: NotDialledReason | null;
}

/** The addresses of one network. */
export interface NetworkCounts {
  /** How many are known. */
  readonly known: number;
  /** How many of those were dialled. */
  readonly dialled: number;
  /** How many of those shook hands. */
  readonly success: number;
}

/** What ended a crawl before everything was dialled. */
export type StoppedBy = "max_time" | "max_addresses" | "signal" | "proxy";

/** What can bound the pace of a crawl: the room for handshakes in a network, or the rate of new connections. */
export type Bound = Network | "rate";

/** How the addresses that shook hands in a run compare with those of the run before. */
export interface Since {
  /** How many never did before. */
  readonly new: number;
  /** How many did in an earlier run, but not in the run before. */
  readonly back: number;
  /** How many did in the run before, and failed now. */
  readonly gone: number;
  /** How many did in both. */
  readonly kept: number;
}

/** The totals of a crawl. `known` = dialled + `waiting` + `notDialled` (without `over_quota`), always. */
export interface CrawlSummary {
  /** How many addresses are known. */
  readonly known: number;
  /** The same for each network. */
  readonly networks: { readonly [N in Network]: NetworkCounts };
  /** How many were still waiting to be dialled. */
  readonly waiting: number;
  /** How many were not to be dialled, for each reason; of `over_quota`, how often one was dropped. */
  readonly notDialled: ReadonlyMap<NotDialledReason, number>;
  /** How many peers were asked for addresses. */
  readonly asked: number;
  /** How many of these answered with a message of two addresses or more. */
  readonly answered: number;
  /** How many only with shorter ones. */
  readonly selfOnly: number;
  /** How many did not answer. */
  readonly silent: number;
  /** How many sent a message that cannot be read. */
  readonly malformed: number;
  /** How many closed the connection without an address. */
  readonly closed: number;
  /** How many addresses were in all answers together. */
  readonly entries: number;
  /** Whether nothing waited in the end, and nothing had been dropped. */
  readonly complete: boolean;
  /** Why it is not complete; `null` if it is. */
  readonly stoppedBy: StoppedBy | null;
  /** For what bounded the pace, in which part of the time it did: above 0, at most 1. */
  readonly bound: ReadonlyMap<Bound, number>;
  /** How it compares with the run before; `null` if nothing is kept between runs, or if there was none. */
  readonly since: Since | null;
}

/** The totals of all handshakes of a crawl, and of the crawl. */
export interface CrawlSummaryResult extends SummaryResult {
  /** The totals of the crawl. */
  readonly crawl: CrawlSummary;
}

/** Any result of a crawl. Its last one is a {@linkcode CrawlSummaryResult}. */
export type CrawlResult = ScanResult | AddrsResult | AddressResult | CrawlSummaryResult;
