/**
 * The totals of a crawl, in the record of a run.
 *
 * @module
 */

import { byNetwork, type Network } from "../../address/network.ts";
import type { Bound, CrawlSummary, NetworkCounts, NotDialledReason, Since, StoppedBy } from "../../crawl/result.ts";
import { hundredths } from "./values.ts";

/** The totals of a crawl. `known` = dialled + `waiting` + `not_dialled` (without `over_quota`), always. */
export interface CrawlRecord {
  /** How many addresses are known. */
  readonly known: number;
  /** How many of each network are known, were dialled, and shook hands. */
  readonly networks: { readonly [N in Network]: NetworkCounts };
  /** How many were still waiting to be dialled. */
  readonly waiting: number;
  /** How many were not to be dialled, for each reason; of `over_quota`, how often one was dropped. */
  readonly not_dialled: { readonly [R in NotDialledReason]?: number };
  /** How many peers were asked for addresses. */
  readonly asked: number;
  /** How many of these answered with a message of two addresses or more. */
  readonly answered: number;
  /** How many only with shorter ones. */
  readonly self_only: number;
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
  readonly stopped_by: StoppedBy | null;
  /** For what bounded the pace, in which part of the time it did, to two decimals. */
  readonly bound: { readonly [B in Bound]?: number };
  /** How it compares with the run before; `null` if nothing is kept between runs, or if there was none. */
  readonly since: Since | null;
}

/** The totals of a crawl as they are in the record of its run. */
export function crawlRecord(crawl: CrawlSummary): CrawlRecord {
  const { known, networks, waiting, asked, answered, silent, malformed, closed, entries, complete } = crawl;
  return {
    known,
    networks: byNetwork((network) => {
      const { known, dialled, success } = networks[network];
      return { known, dialled, success };
    }),
    waiting,
    not_dialled: Object.fromEntries(crawl.notDialled),
    asked,
    answered,
    self_only: crawl.selfOnly,
    silent,
    malformed,
    closed,
    entries,
    complete,
    stopped_by: crawl.stoppedBy,
    bound: boundShares(crawl.bound),
    since: crawl.since,
  };
}

/** What held for less than half a hundredth of the time bounded nothing. */
function boundShares(shares: CrawlSummary["bound"]): CrawlRecord["bound"] {
  return Object.fromEntries(
    Array.from(shares, ([bound, share]) => [bound, hundredths(share)] as const).filter(([, share]) => share > 0),
  );
}
