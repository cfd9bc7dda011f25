/**
 * What the nodes of a fleet know about each other, in ready-made bytes: the answers to `getaddr` of a network of any
 * size, on the addresses of 127.0.0.0/8.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { encodeV1 } from "../../src/transport/v1.ts";
import { MAINNET } from "../../src/wire/chains.ts";

/** A simulated network. */
export interface Universe {
  /** How many nodes answer. */
  readonly live: number;
  /** How many addresses lead nowhere. */
  readonly dead: number;
}

/** The most entries in a message. */
const ENTRIES = 1000;

/** Size of an entry of `addrv2` with an IPv4 address and the services of Bitcoin Core: 4 + 3 + 1 + 1 + 4 + 2 bytes. */
const ENTRY_SIZE = 15;

/** How long ago all were seen, in seconds. */
const AGE = 3600;

/** How many network groups (/16) the addresses are in. */
const GROUPS = 250;

/** Nothing listens on this port. */
const DEAD_PORT = 1;

/** The host of the `n`th address, which is in another network group than its neighbours. */
export function hostAt(n: number): string {
  const within = Math.floor(n / GROUPS);
  return `127.${1 + n % GROUPS}.${within >>> 8}.${within & 0xff}`;
}

/** The answers of all nodes: for each another piece of the same long list, in which the addresses are shuffled. */
export class Gossip {
  /** The list, and its beginning once more. */
  readonly #entries: Uint8Array<ArrayBuffer>;
  readonly #length: number;
  readonly #count: number;

  /** `port` is that of the live nodes. */
  constructor({ live, dead }: Universe, port: number) {
    const time = Math.floor(Date.now() / 1000) - AGE;
    this.#length = live + dead;
    this.#count = Math.min(ENTRIES, this.#length);
    const length = this.#length + this.#count;
    this.#entries = new Uint8Array(length * ENTRY_SIZE);
    const view = new DataView(this.#entries.buffer);
    const step = coprime(this.#length);
    for (let i = 0; i < length; i++) {
      const n = i * step % this.#length;
      const at = i * ENTRY_SIZE;
      view.setUint32(at, time, true);
      this.#entries.set([0xfd, 0x09, 0x0c, 1, 4, ...hostAt(n).split(".").map(Number)], at + 4);
      view.setUint16(at + ENTRY_SIZE - 2, n < live ? port : DEAD_PORT);
    }
  }

  /** The `addrv2` message of the node whose IPv4 address is this number. */
  answerOf(ipv4: number): Uint8Array<ArrayBuffer> {
    // Knuth's multiplicative hash, so that neighbours know different addresses.
    const start = (Math.imul(ipv4, 0x9e37_79b1) >>> 0) % this.#length * ENTRY_SIZE;
    const count = this.#count < 0xfd ? [this.#count] : [0xfd, this.#count & 0xff, this.#count >> 8];
    const payload = new Uint8Array(count.length + this.#count * ENTRY_SIZE);
    payload.set(count);
    payload.set(this.#entries.subarray(start, start + this.#count * ENTRY_SIZE), count.length);
    return encodeV1(MAINNET, "addrv2", payload, checksum(payload));
  }
}

/** At once, unlike that of Web Crypto. */
function checksum(payload: Uint8Array): number {
  const digest = createHash("sha256").update(createHash("sha256").update(payload).digest()).digest();
  return digest.readUInt32BE(0);
}

/** A number that has no divisor in common with `length`, and is far from both of its ends. */
function coprime(length: number): number {
  let step = Math.floor(length * 0.618);
  while (divisor(step, length) > 1) step++;
  return step;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
