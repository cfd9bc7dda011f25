/**
 * The crawl of a network: every peer that shakes hands is asked which addresses it knows, and these are dialled in turn.
 *
 * @module
 */

import { familiesOf } from "../net/families.ts";
import { Initiator } from "../net/initiator.ts";
import type { Io } from "../net/io.ts";
import type { HandshakeOutcome } from "../net/outcome.ts";
import type { HandshakeListeners } from "../net/settings.ts";
import { Channel } from "../scan/channel.ts";
import { Lookups } from "../scan/lookups.ts";
import { Tally } from "../scan/tally.ts";
import type { Target } from "../scan/target.ts";
import type { AddrMessage } from "../wire/addr.ts";
import { Agenda, type Peer } from "./agenda.ts";
import { Answered, AnswerTally } from "./answers.ts";
import { type Ending, endingOf } from "./ending.ts";
import type { CrawlProgress } from "./progress.ts";
import type { AddressResult, CrawlResult, CrawlSummaryResult, StoppedBy } from "./result.ts";
import { DEFAULT_CRAWL } from "./rules.ts";
import type { CrawlSettings } from "./settings.ts";
import { transportTo } from "./transport.ts";

/** The least time to wait for the rate, in milliseconds: a timer for each connection would be a burden. */
const MIN_WAIT = 10;

/**
 * A running crawl. Iterate it once for its results: a `seed` when a name is resolved, a `peer` when its handshake is
 * over, an `addrs` when it has answered; at the end an `address` for each that is known, if wanted, and the `summary`
 * last. When the signal aborts, whatever is in flight is dropped. Leaving the loop early ends the crawl.
 *
 * Targets are dialled as they come. If their iteration throws, the targets so far count, and the crawl throws the same
 * error after its summary; a bug of this program, too, is thrown after that.
 */
export class Crawl implements AsyncIterable<CrawlResult> {
  readonly #settings: CrawlSettings;
  readonly #io: Io;
  readonly #abandoned = new AbortController();
  readonly #signal: AbortSignal;
  readonly #startedAt: number;
  readonly #initiator: Initiator;
  readonly #results: Channel<CrawlResult>;
  readonly #lookups: Lookups;
  readonly #agenda: Agenda;
  readonly #tally: Tally;
  readonly #answers: AnswerTally;
  readonly #closed = Promise.withResolvers<void>();
  #targetCount = 0;
  #reading = false;
  /** What is thrown after the summary: no error may cost the results. */
  #error: { readonly error: unknown } | null = null;
  #isTimeOver = false;
  #timeOverAt = Infinity;
  #cancelTimeOver: (() => void) | null = null;
  /** Cancels the wait for the rate. */
  #cancelWait: (() => void) | null = null;
  #summary: CrawlSummaryResult | null = null;

  /** Starts at once. */
  constructor(
    targets: Iterable<Target> | AsyncIterable<Target>,
    settings: CrawlSettings,
    io: Io,
    signal?: AbortSignal,
  ) {
    this.#settings = settings;
    this.#io = io;
    this.#signal = AbortSignal.any([this.#abandoned.signal, ...signal ? [signal] : []]);
    const now = io.clock.now();
    const { concurrency = DEFAULT_CRAWL.concurrency, maxTime, memory } = settings;
    this.#startedAt = now - (memory?.firstPart?.elapsed ?? 0);
    this.#tally = new Tally(memory?.firstPart);
    this.#answers = new AnswerTally(memory?.firstPart);
    const onFallback: HandshakeListeners["onFallback"] = (address, error) => {
      this.#agenda.spend(io.clock.now());
      settings.onFallback?.(address, error);
    };
    const handshakes = { ...settings, onFallback, concurrency, hold: 0 };
    this.#initiator = new Initiator(handshakes, io, this.#signal);
    this.#results = new Channel(concurrency);
    this.#agenda = new Agenda(settings, {
      routes: this.#initiator.routes,
      random: () => Number(io.randomNonce() & 0xffff_ffffn),
      now,
      canReach: (address) => this.#initiator.canReach(address),
      onReady: this.#dial,
      onDoubt: (message) => settings.onProxyLost?.(message),
    });
    this.#lookups = new Lookups(handshakes, io, {
      onHost: ({ text, port }, host) => {
        this.#agenda.addTarget({ ...host, port: port ?? settings.port }, text);
        this.#dial();
      },
      onSeed: (result) => this.#results.put(result),
      onIdle: this.#dial,
    }, this.#signal);
    if (memory !== undefined) this.#agenda.remember(memory.addresses, Number(io.clock.unixTime()));
    this.#signal.addEventListener("abort", this.#dial);
    if (maxTime !== undefined) {
      this.#timeOverAt = now + maxTime;
      this.#cancelTimeOver = io.clock.schedule(this.#endTime, maxTime);
    }
    if (Symbol.asyncIterator in targets) this.#read(targets);
    else for (const target of targets) this.#add(target);
    this.#dial();
  }

  /** The progress so far. */
  get progress(): CrawlProgress {
    const now = this.#io.clock.now();
    const { success, failure } = this.#tally;
    const { waiting, size: known, inFlight } = this.#agenda;
    const { perSecond: pace, timeLeft, preparing } = this.#agenda.pace(now);
    return {
      peers: Object.values(waiting).reduce((a, b) => a + b, success + failure + inFlight),
      known,
      waiting,
      success,
      failure,
      unresolved: this.#lookups.unresolved,
      inFlight: inFlight + this.#lookups.active,
      held: 0,
      reading: this.#reading,
      preparing,
      pace,
      // What the names still to be resolved bring, nobody knows.
      timeLeft: Math.min(this.#lookups.idle ? timeLeft : Infinity, Math.max(0, this.#timeOverAt - now)),
      estimated: true,
    };
  }

  /** The addresses that it knows. */
  addresses(): Generator<AddressResult, void, void> {
    return this.#agenda.addresses();
  }

  /** What peers have named since the last call; only with a memory, which wants to know. */
  learnt(): AddressResult[] {
    return this.#agenda.learnt();
  }

  /** The results. */
  async *[Symbol.asyncIterator](): AsyncGenerator<CrawlResult, void, void> {
    try {
      yield* this.#results;
      if (this.#settings.addresses) yield* this.addresses();
      if (this.#summary !== null) yield this.#summary;
      await this.#closed.promise;
      if (this.#error !== null) throw this.#error.error;
    } finally {
      this.#abandoned.abort();
      this.#results.abandon();
    }
  }

  /** Whether nothing more is dialled. */
  get #isStopped(): boolean {
    return this.#signal.aborted || this.#isTimeOver;
  }

  async #read(targets: AsyncIterable<Target>): Promise<void> {
    this.#reading = true;
    try {
      for await (const target of targets) {
        if (this.#isStopped) return;
        this.#add(target);
        this.#dial();
      }
    } catch (error) {
      this.#error ??= { error };
    } finally {
      this.#reading = this.#isStopped;
      this.#dial();
    }
  }

  #add(target: Target): void {
    this.#targetCount++;
    const { network, host, text, port } = target;
    const { networks, port: usualPort } = this.#settings;
    if (network !== null) return this.#agenda.addTarget({ network, host, port: port ?? usualPort }, text);
    if (familiesOf(networks).length === 0) return;
    if (!this.#lookups.isLeftToProxy(target)) return this.#lookups.add(target);
    this.#agenda.addName({ network, host, port: port ?? usualPort }, text);
  }

  /** Dials every peer that may be dialled now, and ends when there will be no more. */
  readonly #dial = (): void => {
    if (this.#summary !== null) return;
    const now = this.#io.clock.now();
    // Its timer may be late: that of a demo waits while much happens, and a machine may sleep.
    this.#isTimeOver ||= now >= this.#timeOverAt;
    if (this.#isStopped) {
      this.#lookups.clear();
      this.#agenda.stop(now);
    } else {
      for (let peer; (peer = this.#agenda.next(now)) !== null;) this.#visit(peer);
      if (this.#agenda.rateWait > 0) this.#waitForRate(Math.max(MIN_WAIT, this.#agenda.rateWait));
    }
    const isReading = this.#reading && !this.#isStopped;
    if (!isReading && this.#lookups.idle && this.#agenda.isIdle) this.#end(now);
  };

  #waitForRate(milliseconds: number): void {
    this.#cancelWait ??= this.#io.clock.schedule(() => {
      this.#cancelWait = null;
      this.#dial();
    }, milliseconds);
  }

  readonly #endTime = (): void => {
    this.#isTimeOver = true;
    this.#dial();
  };

  async #visit(peer: Peer): Promise<void> {
    const { address, target, services, asks } = peer;
    const { clock } = this.#io;
    const answered = new Answered();
    let ending: Ending = "dropped";
    let room: void | Promise<void> = undefined;
    const listener = {
      onHandshake: (handshake: HandshakeOutcome) => {
        ending = endingOf(handshake);
        if (handshake.connectTime !== null) this.#agenda.reach(peer);
        this.#tally.add(handshake);
        room = this.#results.put({ type: "peer", target, address, outcome: handshake });
      },
      onAddresses: (message: AddrMessage) => {
        answered.add(this.#agenda.learn(message, address, Number(clock.unixTime())));
        this.#dial();
      },
    };
    try {
      const transport = transportTo(services, this.#settings.transport);
      const answer = await this.#initiator.ask(address, listener, { transport, asks });
      if (answer !== null) {
        const result = answered.result(address, answer);
        this.#answers.add(result);
        room = this.#results.put(result);
      }
      await room;
    } catch (error) {
      if (!this.#signal.aborted) {
        this.#error ??= { error };
        // It must not be dialled again and again.
        if (ending === "dropped") ending = "failure";
      }
    } finally {
      this.#agenda.end(peer, ending, clock.now());
      this.#dial();
    }
  }

  async #end(now: number): Promise<void> {
    this.#summary = this.#summaryAt(now);
    this.#cancelTimeOver?.();
    this.#cancelWait?.();
    this.#signal.removeEventListener("abort", this.#dial);
    this.#results.close();
    await this.#initiator.closed();
    this.#initiator[Symbol.dispose]();
    this.#closed.resolve();
  }

  #summaryAt(now: number): CrawlSummaryResult {
    const counts = this.#agenda.counts(now);
    const stoppedBy = this.#stoppedBy(counts.notDialled.has("over_quota"));
    return {
      type: "summary",
      chain: this.#settings.chain,
      targets: this.#targetCount,
      ...this.#tally.counts,
      elapsed: now - this.#startedAt,
      interrupted: this.#signal.aborted,
      crawl: { ...counts, ...this.#answers.counts, complete: stoppedBy === null, stoppedBy, since: null },
    };
  }

  /** Why something was left; `null` if nothing was. */
  #stoppedBy(hasDropped: boolean): StoppedBy | null {
    if (this.#signal.aborted) return "signal";
    if (this.#reading || this.#lookups.unresolved > 0 || this.#agenda.isWaiting) {
      return this.#isTimeOver ? "max_time" : "proxy";
    }
    return hasDropped ? "max_addresses" : null;
  }
}
