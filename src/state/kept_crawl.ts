/**
 * A crawl whose results are kept in a state file.
 *
 * @module
 */

import type { Crawl } from "../crawl/crawl.ts";
import type { CrawlProgress } from "../crawl/progress.ts";
import type { AddressResult, CrawlResult, CrawlSummaryResult } from "../crawl/result.ts";
import type { Clock } from "../net/io.ts";
import type { StateError } from "./errors.ts";
import type { State } from "./state.ts";

/** How many addresses are kept before other work has its turn. */
const ADDRESSES_AT_ONCE = 1000;

/**
 * Iterate it once for the results of the crawl. Each is handed to the file before it is given; the summary is given when
 * all is in the file. When that cannot be written any more, `onError` is called once, and the crawl goes on.
 */
export class KeptCrawl implements AsyncIterable<CrawlResult> {
  readonly #crawl: Crawl;
  readonly #state: State;
  readonly #clock: Clock;
  readonly #onError: (error: StateError) => void;
  #hasFailed = false;

  /** Keeps the results of `crawl`, which has been told what was in the file. */
  constructor(crawl: Crawl, state: State, clock: Clock, onError: (error: StateError) => void) {
    this.#clock = clock;
    this.#crawl = crawl;
    this.#state = state;
    this.#onError = onError;
  }

  /** The progress of the crawl so far. */
  get progress(): CrawlProgress {
    return this.#crawl.progress;
  }

  /** The results. */
  async *[Symbol.asyncIterator](): AsyncGenerator<CrawlResult, void, void> {
    for await (const result of this.#crawl) {
      if ("crawl" in result) yield await this.#end(result);
      else {
        if (result.type === "addrs") this.#keepLearnt();
        // All addresses are kept at the end, whether or not they are results too.
        if (result.type !== "address") this.#state.add(result);
        yield result;
      }
      this.#checkError();
    }
  }

  /** Keeps what the answer has brought, before the answer itself: what was not kept is to be asked for again. */
  #keepLearnt(): void {
    for (const address of this.#crawl.learnt()) {
      if (isNamed(address)) this.#state.add(address);
    }
  }

  async #end(summary: CrawlSummaryResult): Promise<CrawlSummaryResult> {
    let count = 0;
    for (const address of this.#crawl.addresses()) {
      if (isNamed(address)) this.#state.add(address);
      if (++count % ADDRESSES_AT_ONCE === 0) {
        await new Promise<void>((resolve) => void this.#clock.schedule(resolve, 0));
      }
    }
    return { ...summary, crawl: { ...summary.crawl, since: this.#state.end(summary) } };
  }

  #checkError(): void {
    const { error } = this.#state;
    if (error === null || this.#hasFailed) return;
    this.#hasFailed = true;
    this.#onError(error);
  }
}

/** Whether somebody has named an address; what is known of a target otherwise is how its handshake went. */
function isNamed({ groups }: AddressResult): boolean {
  return groups > 0;
}
