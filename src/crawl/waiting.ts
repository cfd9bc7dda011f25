/**
 * The addresses that wait to be dialled, and those in flight.
 *
 * @module
 */

import { keyNetwork } from "../address/key.ts";
import { type Network, NETWORK_NAMES } from "../address/network.ts";
import { type KnownAddresses, STATE } from "./known_addresses.ts";
import { subnetOf, Subnets } from "./subnets.ts";
import { WaitingHeap } from "./waiting_heap.ts";

/** The addresses of one network. */
interface OfNetwork {
  readonly heap: WaitingHeap;
  /** How many are held back, as their subnets have no room. */
  held: number;
  inFlight: number;
}

/** The queue for each network. Addresses are given by their numbers, and their states are set here. */
export class Waiting {
  readonly #known: KnownAddresses;
  readonly #networks: { readonly [N in Network]: OfNetwork };
  readonly #subnets = new Subnets();

  /** Nothing waits yet. */
  constructor(known: KnownAddresses) {
    this.#known = known;
    const none = (): OfNetwork => ({ heap: new WaitingHeap(known), held: 0, inFlight: 0 });
    this.#networks = { ipv4: none(), ipv6: none(), onion: none(), i2p: none(), cjdns: none() };
  }

  /** How many addresses of a network wait. */
  size(network: Network): number {
    const { heap, held } = this.#networks[network];
    return heap.size + held;
  }

  /** How many wait or are in flight. */
  get total(): number {
    return NETWORK_NAMES.reduce((sum, network) => sum + this.size(network) + this.#networks[network].inFlight, 0);
  }

  /** Adds an address. */
  add(number: number): void {
    this.#known.setState(number, STATE.waiting);
    this.#of(number).heap.push(number);
  }

  /** The rank of an address that waits may have risen. */
  rise(number: number): void {
    this.#of(number).heap.rise(number);
  }

  /** Removes an address that waits. */
  remove(number: number): void {
    const of = this.#of(number);
    if (this.#known.state(number) === STATE.waiting) of.heap.remove(number);
    else of.held--;
    this.#known.setState(number, STATE.fresh);
    const subnet = this.#subnetOf(number);
    if (subnet !== undefined) this.#unhold(this.#subnets.release(subnet, this.#isHeld));
  }

  /** Takes the most wanted address of some networks whose subnet has room; `undefined` if there is none. */
  take(networks: readonly Network[]): number | undefined {
    for (;;) {
      const best = this.#best(networks);
      const number = best?.heap.pop();
      if (best === undefined || number === undefined) return undefined;
      const subnet = this.#subnetOf(number);
      if (subnet === undefined || this.#subnets.hasRoom(subnet)) {
        if (subnet !== undefined) this.#subnets.begin(subnet);
        this.#known.setState(number, STATE.inFlight);
        best.inFlight++;
        return number;
      }
      this.#subnets.hold(subnet, number);
      this.#known.setState(number, STATE.held);
      best.held++;
    }
  }

  /** An address that was taken is in flight no more. */
  end(number: number): void {
    this.#of(number).inFlight--;
    const subnet = this.#subnetOf(number);
    if (subnet !== undefined) this.#unhold(this.#subnets.end(subnet, this.#isHeld));
  }

  readonly #isHeld = (number: number): boolean => this.#known.state(number) === STATE.held;

  #unhold(number: number | undefined): void {
    if (number === undefined) return;
    this.#of(number).held--;
    this.add(number);
  }

  /** The network with the most wanted address. */
  #best(networks: readonly Network[]): OfNetwork | undefined {
    let [best, bestRank]: [OfNetwork | undefined, number] = [undefined, -1];
    for (const network of networks) {
      const of = this.#networks[network];
      const rank = of.heap.topRank;
      if (rank > bestRank) [best, bestRank] = [of, rank];
    }
    return best;
  }

  #of(number: number): OfNetwork {
    return this.#networks[keyNetwork(this.#known.bytes, this.#known.keyOffset(number))];
  }

  #subnetOf(number: number): number | undefined {
    return subnetOf(this.#known.bytes, this.#known.keyOffset(number));
  }
}
