/**
 * How many addresses of one subnet are in flight: nobody who has many nodes in one place shall get many connections at
 * once.
 *
 * @module
 */

import { readIpv4 } from "../address/ip.ts";
import { KEY_HOST_OFFSET, keyNetwork } from "../address/key.ts";
import { whyKeyUnroutable } from "../address/routability.ts";
import { FifoQueue } from "../scan/queue.ts";

/** How many may be in flight in one subnet. */
const MAX_IN_FLIGHT = 2;

/** A subnet of which something is in flight. */
interface Subnet {
  inFlight: number;
  /** The numbers of its addresses that were held back. */
  readonly held: FifoQueue<number>;
}

/**
 * The IPv4 /24 or IPv6 /48 of the address whose key is in `source` at `offset`, as an opaque number; `undefined` if it is
 * in none that is routable.
 */
export function subnetOf(source: Uint8Array, offset: number): number | undefined {
  const network = keyNetwork(source, offset);
  if (network !== "ipv4" && network !== "ipv6") return undefined;
  if (whyKeyUnroutable(source, offset) !== undefined) return undefined;
  const start = offset + KEY_HOST_OFFSET;
  if (network === "ipv4") return readIpv4(source, start + 12) >>> 8;
  // Negative, so that it is none of IPv4's.
  return -(readIpv4(source, start) * 2 ** 16 + ((source[start + 4] ?? 0) << 8 | (source[start + 5] ?? 0)));
}

/** The subnets of which something is in flight. */
export class Subnets {
  readonly #subnets = new Map<number, Subnet>();

  /** Whether one more address of a subnet may be dialled. */
  hasRoom(subnet: number): boolean {
    return (this.#subnets.get(subnet)?.inFlight ?? 0) < MAX_IN_FLIGHT;
  }

  /** An address of a subnet is dialled. */
  begin(subnet: number): void {
    const found = this.#subnets.get(subnet);
    if (found === undefined) this.#subnets.set(subnet, { inFlight: 1, held: new FifoQueue() });
    else found.inFlight++;
  }

  /** The address with this number is held back, as its subnet has no room. */
  hold(subnet: number, number: number): void {
    this.#subnets.get(subnet)?.held.push(number);
  }

  /** One is done; otherwise as {@linkcode Subnets.release}. */
  end(subnet: number, isHeld: (number: number) => boolean): number | undefined {
    const found = this.#subnets.get(subnet);
    if (found !== undefined) found.inFlight--;
    return this.release(subnet, isHeld);
  }

  /**
   * Returns the first of the addresses held back of which `isHeld` says that it still is; `undefined` if there is none.
   * To be called again when what it returned neither waits nor was dialled, so that the others do not wait for ever.
   */
  release(subnet: number, isHeld: (number: number) => boolean): number | undefined {
    const found = this.#subnets.get(subnet);
    if (found === undefined) return undefined;
    for (let number; (number = found.held.take()) !== undefined;) {
      if (isHeld(number)) return number;
    }
    if (found.inFlight === 0) this.#subnets.delete(subnet);
    return undefined;
  }
}
