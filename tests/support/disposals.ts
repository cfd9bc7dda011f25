/** Counts how many objects of a class are disposed of, each once, until this is. */
export class Disposals implements Disposable {
  readonly #prototype: Disposable;
  readonly #original: () => void;
  readonly #disposed = new Set<Disposable>();

  /** Begins to count those of a class. */
  constructor({ prototype }: { readonly prototype: Disposable }) {
    const original = this.#original = prototype[Symbol.dispose];
    const disposed = this.#disposed;
    this.#prototype = prototype;
    prototype[Symbol.dispose] = function () {
      disposed.add(this);
      original.call(this);
    };
  }

  /** How many they are so far. */
  get count(): number {
    return this.#disposed.size;
  }

  /** Ends it. */
  [Symbol.dispose](): void {
    this.#prototype[Symbol.dispose] = this.#original;
  }
}
