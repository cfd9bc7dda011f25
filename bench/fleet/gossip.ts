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

/** How many more nodes know an address that is live than one that is dead. */
const LIVE_WEIGHT = 4;

/** Nothing listens on this port, nor on the next ones, which invented addresses have. */
export const DEAD_PORT = 1;

/** How many invented addresses have the same port. */
const INVENTED_HOSTS = 200_000;

/** The nodes in this /16, 127.255.0.0, invent all that they give out. */
const LIARS = 0x7fff;

/** The host of the `n`th liar, which belongs to no network. */
export function liarAt(n: number): string {
  return `127.255.${n >>> 8}.${n & 0xff}`;
}

/** Whether an address with its port is that of a liar. */
export function isLiar(address: string): boolean {
  return address.startsWith("127.255.");
}

/** The host of the `n`th address, which is in another network group than its neighbours. */
export function hostAt(n: number): string {
  const within = Math.floor(n / GROUPS);
  return `127.${1 + n % GROUPS}.${within >>> 8}.${within & 0xff}`;
}

/**
 * The answers of all nodes: for each another piece of the same long list, in which the addresses are shuffled, each live
 * one several times.
 */
export class Gossip {
  /** The list, and its beginning once more. */
  readonly #entries: Uint8Array<ArrayBuffer>;
  readonly #length: number;
  readonly #count: number;
  readonly #time = Math.floor(Date.now() / 1000) - AGE;

  /** `port` is that of the live nodes. */
  constructor({ live, dead }: Universe, port: number) {
    this.#length = LIVE_WEIGHT * live + dead;
    this.#count = Math.min(ENTRIES, this.#length);
    const length = this.#length + this.#count;
    this.#entries = new Uint8Array(length * ENTRY_SIZE);
    const step = coprime(this.#length);
    for (let i = 0; i < length; i++) {
      const place = i * step % this.#length;
      const isLive = place < LIVE_WEIGHT * live;
      const n = isLive ? place % live : place - (LIVE_WEIGHT - 1) * live;
      this.#write(this.#entries, i, hostAt(n), isLive ? port : DEAD_PORT);
    }
  }

  /** The `addrv2` message of the node whose IPv4 address is this number. */
  answerOf(ipv4: number): Uint8Array<ArrayBuffer> {
    return ipv4 >>> 16 === LIARS
      ? message(this.#invented(ipv4 & 0xffff), ENTRIES)
      : message(this.#known(ipv4), this.#count);
  }

  #known(ipv4: number): Uint8Array {
    // Knuth's multiplicative hash, so that neighbours know different addresses.
    const start = (Math.imul(ipv4, 0x9e37_79b1) >>> 0) % this.#length * ENTRY_SIZE;
    return this.#entries.subarray(start, start + this.#count * ENTRY_SIZE);
  }

  /** Entries that nobody else has, for each liar. */
  #invented(liar: number): Uint8Array {
    const entries = new Uint8Array(ENTRIES * ENTRY_SIZE);
    for (let i = 0; i < ENTRIES; i++) {
      const n = liar * ENTRIES + i;
      this.#write(entries, i, hostAt(n % INVENTED_HOSTS), DEAD_PORT + 1 + Math.floor(n / INVENTED_HOSTS));
    }
    return entries;
  }

  #write(entries: Uint8Array<ArrayBuffer>, i: number, host: string, port: number): void {
    const view = new DataView(entries.buffer, i * ENTRY_SIZE, ENTRY_SIZE);
    view.setUint32(0, this.#time, true);
    entries.set([0xfd, 0x09, 0x0c, 1, 4, ...host.split(".").map(Number)], i * ENTRY_SIZE + 4);
    view.setUint16(ENTRY_SIZE - 2, port);
  }
}

/** A message of some entries. */
function message(entries: Uint8Array, count: number): Uint8Array<ArrayBuffer> {
  const size = count < 0xfd ? [count] : [0xfd, count & 0xff, count >> 8];
  const payload = new Uint8Array(size.length + entries.length);
  payload.set(size);
  payload.set(entries, size.length);
  return encodeV1(MAINNET, "addrv2", payload, checksum(payload));
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
