/**
 * What a crawl dials next: the order of the frontier, as far as each way has room and the rate allows.
 *
 * @module
 */

import type { Address, PeerAddress } from "../address/address.ts";
import { byNetwork, type Network } from "../address/network.ts";
import type { Routes } from "../net/routes.ts";
import { KnownPeers } from "../scan/known_peers.ts";
import { FifoQueue } from "../scan/queue.ts";
import type { AddrMessage } from "../wire/addr.ts";
import { Bounds } from "./bounds.ts";
import type { Ending } from "./ending.ts";
import { Frontier } from "./frontier.ts";
import type { Candidate, Learnt } from "./frontier_values.ts";
import { type Line, Lines } from "./lines.ts";
import type { Remembered } from "./memory.ts";
import { Rate } from "./rate.ts";
import type { AddressResult, CrawlSummary, NetworkCounts } from "./result.ts";
import type { CrawlSettings } from "./settings.ts";

/** A peer to dial. */
export interface Peer {
  /** Its address, or its name and port if a proxy resolves that. */
  readonly address: PeerAddress;
  /** The target, or the first peer, that named it. */
  readonly target: string;
  /** The services that others say it has; `null` if nobody says. */
  readonly services: bigint | null;
  /** Whether it is asked for addresses. */
  readonly asks: boolean;
  /** What the frontier knows it by; `null` if it is a name. */
  readonly candidate: Candidate | null;
  /** The line that it was taken from. */
  readonly line: Line;
}

/** What an agenda knows of the totals of a crawl. */
export type AgendaCounts = Pick<CrawlSummary, "known" | "networks" | "waiting" | "notDialled" | "bound">;

/** What an agenda needs. */
export interface AgendaOptions {
  /** The ways to the networks. */
  readonly routes: Pick<Routes, "to">;
  /** Gives unsigned 32-bit numbers that peers cannot guess. */
  readonly random: () => number;
  /** When the crawl begins, in milliseconds. */
  readonly now: number;
  /** Whether a connection to a peer can be made; rejects when everything ends. */
  readonly canReach: (address: PeerAddress) => Promise<boolean>;
  /** Called when there may be a next peer, because a way has become ready, or none any more, because it leads nowhere. */
  readonly onReady: () => void;
  /** Called when a way seems to lead nowhere. */
  readonly onDoubt: (message: string) => void;
}

/** This many peers of a network without a route, and none with one, mean that this machine is not in that network. */
const MANY_WITHOUT_ROUTE = 5;

/** What is known, what waits, and what is in flight. All times are in milliseconds. */
export class Agenda {
  readonly #options: AgendaOptions;
  readonly #frontier: Frontier;
  /** The names that a proxy resolves, and those of them that wait. */
  readonly #knownNames: KnownPeers;
  readonly #names = new FifoQueue<Pick<Peer, "address" | "target">>();
  readonly #lines: Lines;
  readonly #rate: Rate;
  readonly #bounds: Bounds;
  /** How many peers of each network had no route to them, until one has. */
  readonly #withoutRoute = new Map<Network, number>();
  readonly #success: { [N in Network]: number } = { ipv4: 0, ipv6: 0, onion: 0, i2p: 0, cjdns: 0 };
  #rateWait = 0;
  #isStopped = false;

  /** Starts empty. */
  constructor(settings: CrawlSettings, options: AgendaOptions) {
    const { networks, concurrency, rate } = settings;
    const { routes, random, now, onReady } = this.#options = options;
    const seed = random();
    this.#frontier = new Frontier({ ...settings, tracks: settings.memory !== undefined }, seed);
    this.#knownNames = new KnownPeers(seed);
    this.#lines = new Lines(routes, { networks, concurrency, now, random, onReady });
    this.#rate = new Rate(rate);
    this.#bounds = new Bounds(now);
  }

  /** Adds the address of a target. */
  addTarget(address: Address, target: string): void {
    this.#frontier.addTarget(address, target);
  }

  /** Begins with what earlier runs knew; `unixTime` is in seconds since 1970. */
  remember(addresses: Iterable<Remembered>, unixTime: number): void {
    this.#frontier.remember(this.#countSuccess(addresses), unixTime);
  }

  /** Adds a name that a proxy resolves. */
  addName(address: PeerAddress, target: string): void {
    if (this.#knownNames.addIfNew(address)) this.#names.push({ address, target });
  }

  /** Adds what a peer has answered; `unixTime` is in seconds since 1970. */
  learn(message: AddrMessage, from: PeerAddress, unixTime: number): Learnt {
    return this.#frontier.learn(message, from, unixTime);
  }

  /** Begins with the next peer; `null` if none may be dialled now. */
  next(now: number): Peer | null {
    if (this.#isStopped) return null;
    const peer = this.#take(now);
    if (peer === null) this.#note(now);
    else {
      this.#lines.begin(peer.line);
      this.#rate.spend(now);
    }
    return peer;
  }

  /** A connection besides that of {@linkcode Agenda.next} begins. */
  spend(now: number): void {
    this.#rate.spend(now);
  }

  /** A connection to a peer was made, though it is not done. */
  reach({ address, line }: Peer): void {
    line.vigil.succeed(address);
    if (address.network !== null) this.#withoutRoute.set(address.network, -Infinity);
  }

  /** A peer is done. */
  end({ address: { network }, services, candidate, line }: Peer, ending: Ending, now: number): void {
    this.#lines.end(line);
    if (candidate !== null) this.#frontier.end(candidate, ending !== "dropped");
    if (ending === "dropped") return;
    line.pace.count(now);
    if (ending === "success" && network !== null) this.#success[network]++;
    // That many targets in a row are gone may be the reason for which they are dialled.
    if ((ending === "unreached" || ending === "no_route") && services !== null) line.vigil.fail();
    if (ending === "no_route" && network !== null) this.#missRoute(network);
    if (line.vigil.isInDoubt && line.isReady && this.#waitingIn(line) > 0) this.#check(line);
  }

  /** How many peers are in flight. */
  get inFlight(): number {
    return this.#lines.inFlight;
  }

  /** How long until the rate allows the next peer; 0 if it does not hold one up. */
  get rateWait(): number {
    return this.#rateWait;
  }

  /** Whether nothing is in flight, and nothing will be unless something is added. */
  get isIdle(): boolean {
    if (this.inFlight > 0) return false;
    const mayGoOn = (line: Line) => line.isReady === false && this.#waitingIn(line) > 0;
    return this.#isStopped || this.#rateWait === 0 && !Array.from(this.#lines).some(mayGoOn);
  }

  /** Whether any peer waits. */
  get isWaiting(): boolean {
    return Array.from(this.#lines).some((line) => this.#waitingIn(line) > 0);
  }

  /** From now on there is no next peer. */
  stop(now: number): void {
    this.#isStopped = true;
    this.#rateWait = 0;
    this.#bounds.clear(now);
  }

  /** How many addresses and names are known. */
  get size(): number {
    return this.#frontier.size + this.#knownNames.size;
  }

  /** How many addresses wait to be dialled in each network. */
  get waiting(): { readonly [N in Network]: number } {
    return byNetwork((network) => this.#frontier.waiting(network));
  }

  /** How many peers are done in a second, how long until all that wait are, and whether a way must first be ready. */
  pace(now: number): { readonly perSecond: number; readonly timeLeft: number; readonly preparing: boolean } {
    let [perSecond, timeLeft] = [0, 0];
    for (const line of this.#lines) {
      const pace = line.pace.perSecond(now);
      const left = this.#waitingIn(line) + line.inFlight;
      perSecond += pace;
      if (left > 0 && !this.#lines.isLost(line)) timeLeft = Math.max(timeLeft, left / pace * 1000);
    }
    return { perSecond, timeLeft, preparing: this.#lines.preparing };
  }

  /** The addresses, as results. */
  addresses(): Generator<AddressResult, void, void> {
    return this.#frontier.addresses();
  }

  /** What peers have named since the last call; only with a memory, which wants to know. */
  learnt(): AddressResult[] {
    return this.#frontier.learnt();
  }

  /** The totals at the end. */
  counts(now: number): AgendaCounts {
    const { known, networks, waiting, notDialled } = this.#frontier.counts();
    const withSuccess = (network: Network): NetworkCounts => ({
      ...networks[network],
      success: this.#success[network],
    });
    return { known, networks: byNetwork(withSuccess), waiting, notDialled, bound: this.#bounds.shares(now) };
  }

  #missRoute(network: Network): void {
    const count = (this.#withoutRoute.get(network) ?? 0) + 1;
    this.#withoutRoute.set(network, count);
    if (count !== MANY_WITHOUT_ROUTE) return;
    this.#frontier.leaveOut(network);
    this.#options.onDoubt(`this machine has no route to ${network}: what others name there is not dialled`);
  }

  /** Finds out, with peers that have been reached before, whether a way leads anywhere; until then it waits. */
  async #check(line: Line): Promise<void> {
    const { canReach, onReady, onDoubt } = this.#options;
    const { networks, vigil } = line;
    const { failures, remembered, isHopeless } = vigil;
    line.isReady = false;
    try {
      const reached = await Promise.all(remembered.map(canReach));
      const names = networks.join(" and ");
      if (remembered.length === 0 && !isHopeless) {
        onDoubt(`none of the first ${failures} peers in ${names} could be reached: is the way there in order?`);
      } else if (!reached.includes(true)) {
        line.isCutOff = true;
        const before = isHopeless ? "" : `, nor any of ${remembered.length} that had been before`;
        onDoubt(
          `no way to ${names}: none of ${failures} peers in a row could be reached${before}; the others are left`,
        );
      }
      vigil.reassure();
      line.isReady = true;
      onReady();
    } catch {
      // Everything ends.
    }
  }

  *#countSuccess(addresses: Iterable<Remembered>): Generator<Remembered, void, void> {
    for (const one of addresses) {
      if (one.turn === "succeeded") this.#success[one.address.network]++;
      yield one;
    }
  }

  #take(now: number): Peer | null {
    this.#rateWait = 0;
    for (const line of this.#lines) {
      if (this.#waitingIn(line) === 0 || this.#lines.isLost(line) || !this.#lines.hasRoom(line)) continue;
      if (!this.#lines.isReady(line)) continue;
      this.#rateWait = this.#rate.timeLeft(now);
      if (this.#rateWait > 0) return null;
      const name = line.hasNames ? this.#names.take() : undefined;
      if (name !== undefined) return { ...name, services: null, asks: true, candidate: null, line };
      const candidate = this.#frontier.take(line.networks);
      if (candidate !== undefined) return { ...candidate, candidate, line };
    }
    return null;
  }

  #waitingIn({ networks, hasNames }: Line): number {
    const names = hasNames ? this.#names.size : 0;
    return networks.reduce((sum, network) => sum + this.#frontier.waiting(network), names);
  }

  /** Notes what keeps the next peer waiting. */
  #note(now: number): void {
    this.#bounds.set("rate", this.#rateWait > 0, now);
    for (const line of this.#lines) {
      const isFull = !this.#lines.isLost(line) && !this.#lines.hasRoom(line);
      for (const network of line.networks) {
        this.#bounds.set(network, isFull && this.#frontier.waiting(network) > 0, now);
      }
    }
  }
}
