/**
 * A list with removal in constant time. A `Set` could do that too, but it leaves an old table behind whenever it grows
 * or shrinks, which keeps its former entries alive until they are garbage collected: costly when thousands of
 * connections come and go.
 *
 * @module
 */

/** An entry of a list. */
export class Entry<T> {
  /** The entry's value. */
  readonly value: T;
  #list: LinkedList<T> | null;
  /** The entry before; written by the list alone. */
  previous: Entry<T> | null;
  /** The entry after; written by the list alone. */
  next: Entry<T> | null = null;

  /** Made by {@linkcode LinkedList.add}. */
  constructor(value: T, list: LinkedList<T>, previous: Entry<T> | null) {
    this.value = value;
    this.#list = list;
    this.previous = previous;
  }

  /** Removes it from its list; `false` if it was already removed. */
  remove(): boolean {
    const list = this.#list;
    this.#list = null;
    list?.unlink(this);
    return list !== null;
  }
}

/** Values in the order in which they were added. */
export class LinkedList<T> {
  #first: Entry<T> | null = null;
  #last: Entry<T> | null = null;
  #size = 0;

  /** How many values there are. */
  get size(): number {
    return this.#size;
  }

  /** The oldest entry; `null` when the list is empty. */
  get first(): Entry<T> | null {
    return this.#first;
  }

  /** Adds a value at the end. */
  add(value: T): Entry<T> {
    const entry = new Entry(value, this, this.#last);
    if (this.#last === null) this.#first = entry;
    else this.#last.next = entry;
    this.#last = entry;
    this.#size++;
    return entry;
  }

  /** Joins the neighbours of an entry of this list; called by {@linkcode Entry.remove}. */
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
