/**
 * The plan of a simulated network: which addresses there are, what is at each, and who knows which.
 *
 * @module
 */

import type { Address } from "../../address/address.ts";
import { type Network, NETWORK_NAMES } from "../../address/network.ts";
import { inventAddress } from "./invented.ts";
import { type Kind, type KindName, KINDS, type LiveKind } from "./kinds.ts";
import type { Population } from "./population.ts";

/** An address of the network. */
export interface PlannedAddress {
  /** The address. */
  readonly address: Address;
  /** What is there. */
  readonly kind: Kind;
  /** The name of that. */
  readonly kindName: KindName;
  /** How long ago somebody saw it, according to all who know it, in seconds. */
  readonly age: number;
}

/** The most addresses that fit into a message. Source: Bitcoin Core `net_processing.cpp` (`MAX_ADDR_TO_SEND`). */
const MAX_TABLE = 1000;

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Whether a kind is a node with a table that it gives out. */
export function isGiver(kind: Kind): kind is LiveKind & Kind {
  return kind.state === "live" && kind.answer === "table";
}

/** The addresses of a population and who knows which. */
export class NetworkPlan {
  /** All addresses but the invented ones, in a circle in which those of each kind are far apart. */
  readonly #circle: readonly PlannedAddress[];
  /** Where each of them is. */
  readonly #places: ReadonlyMap<PlannedAddress, number>;
  readonly #invented: readonly PlannedAddress[];

  /** Plans a network with nodes on this port. */
  constructor(population: Population, port: number) {
    const all = population.flatMap(([kindName, counts]) =>
      NETWORK_NAMES.flatMap((network) =>
        Array.from({ length: counts[network] ?? 0 }, () => ({ kindName, kind: KINDS[kindName], network }))
      )
    );
    const used = new Map<Network, number>();
    const planned = all.map(({ kindName, kind, network }, i): PlannedAddress => {
      const n = used.get(network) ?? 0;
      used.set(network, n + 1);
      return { kindName, kind, address: addressFor(kind, network, n, port), age: ageOf(kind, i) };
    });
    this.#circle = spread(planned.filter(({ kind }) => !kind.invented));
    this.#places = new Map(this.#circle.map((one, i) => [one, i]));
    this.#invented = planned.filter(({ kind }) => kind.invented);
  }

  /** All addresses. */
  get addresses(): readonly PlannedAddress[] {
    return [...this.#circle, ...this.#invented];
  }

  /**
   * The addresses that a node gives out: those that follow its own in the circle. As long as another node with a table is
   * among them, one node leads to all.
   */
  table(node: PlannedAddress): readonly PlannedAddress[] {
    const { kind } = node;
    if (!isGiver(kind)) return [];
    if (kind.poisons) return this.#invented.slice(0, MAX_TABLE);
    const size = Math.min(kind.table ?? MAX_TABLE, this.#circle.length);
    const own = this.#places.get(node) ?? 0;
    return Array.from({ length: size }, (_, i) => this.#circle[(own + 1 + i) % this.#circle.length] ?? node);
  }
}

function addressFor(kind: Kind, network: Network, n: number, port: number): Address {
  const address = inventAddress(network, n, port);
  if (kind.state !== "idle" || kind.reason === "too_old") return address;
  if (kind.reason === "unroutable") return { ...address, host: unroutable(network, n) };
  return { ...address, port: network === "i2p" ? port : 0 };
}

/** An address in a network for private use, or of CJDNS without its prefix. */
function unroutable(network: Network, n: number): string {
  if (network === "ipv4") return `192.168.${n >>> 8 & 0xff}.${n & 0xff}`;
  return `fd00::${(n + 1).toString(16)}`;
}

/** Live ones within half a day, others within a day and a half, those too old from three days on. */
function ageOf(kind: Kind, i: number): number {
  if (kind.state === "idle" && kind.reason === "too_old") return 3 * DAY + i * 97 % (20 * DAY);
  return kind.state === "live" ? i * 97 % (12 * HOUR) : i * 97 % (36 * HOUR);
}

/** The same items in an order in which neighbours are far apart. */
function spread<T>(items: readonly T[]): T[] {
  const { length } = items;
  let step = Math.floor(length * 0.618);
  while (gcd(step, length) > 1) step++;
  return items.map((item, i) => items[i * step % length] ?? item);
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
