/**
 * Reading a simulated server's connection by exact lengths and by lines.
 *
 * @module
 */

import type { PeerLink } from "../link.ts";

const NEWLINE = 0x0a;

/** Buffers what the client sends; bytes that were not taken stay for the next call. */
export class LinkReader {
  readonly #chunks: AsyncIterator<Uint8Array<ArrayBuffer>>;
  #pending = new Uint8Array();

  /** Reads `link`, which nothing else may read from then on. */
  constructor(link: PeerLink) {
    this.#chunks = link.bytes();
  }

  /**
   * Takes `length` bytes.
   *
   * @throws {Deno.errors.UnexpectedEof} if the client ends its stream before.
   */
  async take(length: number): Promise<Uint8Array<ArrayBuffer>> {
    while (this.#pending.length < length) await this.#more();
    return this.#cut(length);
  }

  /**
   * Takes a line, in UTF-8, without its end.
   *
   * @throws {Deno.errors.UnexpectedEof} if the client ends its stream before.
   */
  async takeLine(): Promise<string> {
    let end: number;
    while ((end = this.#pending.indexOf(NEWLINE)) === -1) await this.#more();
    return new TextDecoder().decode(this.#cut(end + 1).subarray(0, end));
  }

  /** Everything that is still to come. */
  async *rest(): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
    if (this.#pending.length > 0) yield this.#cut(this.#pending.length);
    for (let next; !(next = await this.#chunks.next()).done;) yield next.value;
  }

  #cut(length: number): Uint8Array<ArrayBuffer> {
    const bytes = this.#pending.slice(0, length);
    this.#pending = this.#pending.subarray(length);
    return bytes;
  }

  async #more(): Promise<void> {
    const { value, done } = await this.#chunks.next();
    if (done) throw new Deno.errors.UnexpectedEof("the client ended its stream");
    this.#pending = Uint8Array.of(...this.#pending, ...value);
  }
}
