/**
 * Sets of the numbers of addresses: thousands of sets, some with a few numbers, some with nearly all.
 *
 * @module
 */

/** Bits of a word. */
const BITS = 32;

/** A set: a list while that is shorter than the bits of all numbers, then those. */
interface NumberSet {
  list: Uint32Array<ArrayBuffer>;
  length: number;
  bits: Uint32Array<ArrayBuffer> | null;
}

/** Is open while no set is. */
const NONE: NumberSet = { list: new Uint32Array(), length: 0, bits: null };

/** Sets of numbers, of which one at a time is open: only to that one can numbers be added. */
export class NumberSets {
  readonly #sets: NumberSet[] = [];
  #open: NumberSet = NONE;
  /** The bits of the open set. */
  #bits = new Uint32Array();
  /** The bits of the open set if it is a list; otherwise all zero. */
  #shared = new Uint32Array(BITS);

  /** Adds an empty set; returns its index. */
  create(): number {
    return this.#sets.push(emptySet()) - 1;
  }

  /** Opens the set at `index` to numbers below `end`. */
  open(index: number, end: number): void {
    const set = this.#at(index);
    const length = Math.ceil(end / BITS);
    if (set.bits !== null) {
      this.#bits = set.bits = grown(set.bits, length);
    } else {
      this.#bits = this.#shared = grown(this.#shared, length);
      for (let i = 0; i < set.length; i++) flip(this.#bits, set.list[i] ?? 0);
    }
    this.#open = set;
  }

  /** Adds a number to the open set; returns whether it was not there. */
  add(number: number): boolean {
    if (((this.#bits[number >>> 5] ?? 0) >>> (number & 31) & 1) !== 0) return false;
    flip(this.#bits, number);
    const set = this.#open;
    if (set.bits === null) {
      set.list = grown(set.list, set.length + 1);
      set.list[set.length++] = number;
    }
    return true;
  }

  /** Removes a number that is in the set at `index`. */
  remove(index: number, number: number): void {
    const set = this.#at(index);
    if (set.bits !== null) {
      flip(set.bits, number);
      return;
    }
    set.length -= 1;
    set.list[set.list.indexOf(number)] = set.list[set.length] ?? 0;
    if (set === this.#open) flip(this.#bits, number);
  }

  #at(index: number): NumberSet {
    const set = this.#sets[index];
    if (set === undefined) throw new RangeError(`Cannot find the set ${index}: there are ${this.#sets.length}`);
    return set;
  }

  /** Closes the open set. */
  close(end: number): void {
    const set = this.#open;
    this.#open = NONE;
    if (set.bits !== null) return;
    if (set.length * BITS > end) set.bits = this.#shared.slice(0, Math.ceil(end / BITS));
    for (let i = 0; i < set.length; i++) flip(this.#bits, set.list[i] ?? 0);
    if (set.bits !== null) set.list = new Uint32Array();
  }
}

function flip(bits: Uint32Array, number: number): void {
  const at = number >>> 5;
  bits[at] = (bits[at] ?? 0) ^ 1 << (number & 31);
}

function emptySet(): NumberSet {
  return { list: new Uint32Array(), length: 0, bits: null };
}

/** The same words, with room for `length` of them. */
function grown(words: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  if (length <= words.length) return words;
  return new Uint32Array(words.buffer.transfer(4 * Math.max(length, Math.ceil(words.length * 1.5))));
}
