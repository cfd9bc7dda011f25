/**
 * A list that entries can be taken out of anywhere, at once. A `Set` could do that too, but leaves a table behind each
 * time that it grows or shrinks, and so holds what was in it until all is swept: much, where thousands of connections
 * come and go.
 *
 * @module
 */

/** One place in a list. */
export class Entry<T> {
  /** What stands there. */
  readonly value: T;
  #list: LinkedList<T> | null;
  /** The place before; written by the list alone. */
  previous: Entry<T> | null;
  /** The place behind; written by the list alone. */
  next: Entry<T> | null = null;

  /** Made by {@linkcode LinkedList.add}. */
  constructor(value: T, list: LinkedList<T>, previous: Entry<T> | null) {
    this.value = value;
    this.#list = list;
    this.previous = previous;
  }

  /** Takes it out of its list; `false` if it was out. */
  remove(): boolean {
    const list = this.#list;
    this.#list = null;
    list?.unlink(this);
    return list !== null;
  }
}

/** Values in the order in which they came. */
export class LinkedList<T> {
  #first: Entry<T> | null = null;
  #last: Entry<T> | null = null;
  #size = 0;

  /** How many values there are. */
  get size(): number {
    return this.#size;
  }

  /** The entry that has been there longest; `null` when there is none. */
  get first(): Entry<T> | null {
    return this.#first;
  }

  /** Adds a value behind all others. */
  add(value: T): Entry<T> {
    const entry = new Entry(value, this, this.#last);
    if (this.#last === null) this.#first = entry;
    else this.#last.next = entry;
    this.#last = entry;
    this.#size++;
    return entry;
  }

  /** Joins the places beside an entry of this list; called by {@linkcode Entry.remove}. */
  unlink(entry: Entry<T>): void {
    const { previous, next } = entry;
    if (previous === null) this.#first = next;
    else previous.next = next;
    if (next === null) this.#last = previous;
    else next.previous = previous;
    entry.previous = entry.next = null;
    this.#size--;
  }
}
