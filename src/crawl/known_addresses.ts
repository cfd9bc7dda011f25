/**
 * What is known about each address.
 *
 * @module
 */

import { AddressTable } from "../address/address_table.ts";
import { MAX_KEY_WORDS } from "../address/key_batch.ts";
import { mix } from "../address/key_hash.ts";

/** What has become of an address. */
export const STATE = {
  /** It has just been added. */
  fresh: 0,
  /** It waits to be dialled. */
  waiting: 1,
  /** It waits until fewer in its subnet are in flight. */
  held: 2,
  /** It is being dialled. */
  inFlight: 3,
  /** It was dialled. */
  dialled: 4,
  /** It is not to be dialled; the reasons are in the order in which they are looked at. */
  unroutable: 5,
  portZero: 6,
  tooOld: 7,
  excluded: 8,
  network: 9,
  backOff: 10,
  /** It is not kept. */
  dropped: 11,
} as const;

/** One of the values of {@linkcode STATE}. */
export type State = typeof STATE[keyof typeof STATE];

/** Whether an address in this state waits. */
export function isWaiting(state: State): boolean {
  return state === STATE.waiting || state === STATE.held;
}

/** Whether it is not to be dialled. */
export function isRefused(state: State): boolean {
  return state >= STATE.unroutable && state < STATE.dropped;
}

/** The words of an address, behind its key. */
const TIME = MAX_KEY_WORDS;
const SERVICES_LOW = TIME + 1;
const SERVICES_HIGH = TIME + 2;
const GROUPS = TIME + 3;
const SOURCE = TIME + 4;
/** The state in the upper byte, in the others the network group that named it first. */
const STATE_AND_GROUP = TIME + 5;
/** Its position in the queue, and in the highest bit whether its rank may have risen. */
const POSITION = TIME + 6;
const EXTRA_WORDS = 7;

const STATE_SHIFT = 24;

/** In the state: that the address is a target. */
const TARGET = 1 << 7;

/** All but the state. */
const STATE_MASK = ~((TARGET - 1) << STATE_SHIFT);

/** Network groups are below this. */
const MAX_GROUPS = 2 ** STATE_SHIFT;

const RISEN = 1 << 31;

const TWO_32 = 2 ** 32;

/** Above the rank of everything that was only named. */
const TARGET_RANK = 2 ** 52;

/** Addresses, with 64 bytes for each in all, so that what is known about one is in one line of the processor's cache. */
export class KnownAddresses extends AddressTable {
  readonly #seed: number;

  /** `seed` is a secret random 32-bit number. */
  constructor(seed: number) {
    super(seed, EXTRA_WORDS);
    this.#seed = seed;
  }

  /** The newest time that anybody gave for it, in seconds since 1970; 0 if nobody has named it. */
  time(number: number): number {
    return this.#word(number, TIME);
  }

  /** Takes a time into account; returns whether it is newer. */
  addTime(number: number, time: number): boolean {
    if (time <= this.time(number)) return false;
    this.#set(number, TIME, time);
    return true;
  }

  /** All service bits that anybody gave for it. */
  services(number: number): bigint {
    return BigInt(this.#word(number, SERVICES_HIGH)) << 32n | BigInt(this.#word(number, SERVICES_LOW));
  }

  /** Adds service bits, given in halves. */
  addServices(number: number, low: number, high: number): void {
    this.#set(number, SERVICES_LOW, this.#word(number, SERVICES_LOW) | low);
    if (high !== 0) this.#set(number, SERVICES_HIGH, this.#word(number, SERVICES_HIGH) | high);
  }

  /** How many network groups have named it. */
  groups(number: number): number {
    return this.#word(number, GROUPS);
  }

  /** The network group with the index `group` has named it for the first time. */
  addGroup(number: number, group: number): void {
    const groups = this.groups(number) + 1;
    this.#set(number, GROUPS, groups);
    if (groups === 1) this.#set(number, STATE_AND_GROUP, this.#word(number, STATE_AND_GROUP) | group);
  }

  /** Whether a single group has named it, and it is no target. */
  isSingle(number: number): boolean {
    return this.groups(number) === 1 && !this.isTarget(number);
  }

  /** Sets how many network groups have named it in earlier runs; `group` stands for all of them. */
  setGroups(number: number, group: number, groups: number): void {
    this.addGroup(number, group);
    this.#set(number, GROUPS, groups);
  }

  /** The index of the group that named it first. */
  firstGroup(number: number): number {
    return this.#word(number, STATE_AND_GROUP) & MAX_GROUPS - 1;
  }

  /** Who named it first; an index of the caller's. */
  source(number: number): number {
    return this.#word(number, SOURCE);
  }

  /** Sets who named it first. */
  setSource(number: number, source: number): void {
    this.#set(number, SOURCE, source);
  }

  /** What has become of it. */
  state(number: number): State {
    return (this.#word(number, STATE_AND_GROUP) >>> STATE_SHIFT & ~TARGET) as State;
  }

  /** Sets what has become of it. */
  setState(number: number, state: State): void {
    this.#set(number, STATE_AND_GROUP, this.#word(number, STATE_AND_GROUP) & STATE_MASK | state << STATE_SHIFT);
  }

  /** Whether it is a target, which is dialled whatever is known about it. */
  isTarget(number: number): boolean {
    return (this.#word(number, STATE_AND_GROUP) & TARGET << STATE_SHIFT) !== 0;
  }

  /** It is a target. */
  setTarget(number: number): void {
    this.#set(number, STATE_AND_GROUP, this.#word(number, STATE_AND_GROUP) | TARGET << STATE_SHIFT);
  }

  /** Where it is in the queue. */
  position(number: number): number {
    return this.#word(number, POSITION) & ~RISEN;
  }

  /** Sets where it is in the queue. */
  setPosition(number: number, position: number): void {
    this.#set(number, POSITION, this.#word(number, POSITION) & RISEN | position);
  }

  /** Whether its rank may have risen since it had its place in the queue. */
  hasRisen(number: number): boolean {
    return (this.#word(number, POSITION) & RISEN) !== 0;
  }

  /** Sets whether its rank may have risen. */
  setRisen(number: number, hasRisen: boolean): void {
    this.#set(number, POSITION, this.position(number) | (hasRisen ? RISEN : 0));
  }

  /** The higher, the sooner it is to be dialled: targets first, then the most named, then the freshest. */
  rank(number: number): number {
    return (this.isTarget(number) ? TARGET_RANK : 0) + this.groups(number) * TWO_32 + this.time(number);
  }

  /** Decides between equal ranks: a number that nobody can foresee. */
  chance(number: number): number {
    return mix(number ^ this.#seed);
  }

  #word(number: number, word: number): number {
    return this.words[this.wordOffset(number) + word] ?? 0;
  }

  #set(number: number, word: number, value: number): void {
    this.words[this.wordOffset(number) + word] = value;
  }
}
