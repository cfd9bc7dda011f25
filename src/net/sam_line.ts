/**
 * The lines of SAM: two words, then `KEY=VALUE` pairs, with values in double quotes if they contain spaces.
 *
 * @module
 */

import { ByteBuffer } from "../transport/byte_buffer.ts";
import { DialError } from "./errors.ts";

/** A line of the bridge. */
export interface SamReply {
  /** The line, without its end. */
  readonly text: string;
  /** The words it begins with, such as `STREAM STATUS`. */
  readonly words: string;
  /** The values by key. */
  readonly values: ReadonlyMap<string, string>;
}

/**
 * Maximum size of a line, in bytes. The longest expected has a destination with its private keys, about 1,000 in
 * base64.
 */
const MAX_LENGTH = 8192;

const NEWLINE = 0x0a;

/** Assembles lines. */
export class SamLine {
  #bytes = new ByteBuffer(MAX_LENGTH);
  #complete = false;

  /**
   * Adds bytes up to the end of the line, and returns how many.
   *
   * @throws {DialError} `proxy_refused` when the line does not end within its limit.
   */
  add(bytes: Uint8Array): number {
    const end = bytes.indexOf(NEWLINE);
    const part = end === -1 ? bytes : bytes.subarray(0, end);
    if (this.#bytes.add(part) < part.length) {
      throw new DialError("proxy_refused", `does not speak SAM: a line does not end within ${MAX_LENGTH} bytes`);
    }
    this.#complete = end !== -1;
    return this.#complete ? end + 1 : part.length;
  }

  /** Takes the line, if it is complete. */
  take(): SamReply | null {
    if (!this.#complete) return null;
    const text = new TextDecoder().decode(this.#bytes.bytes).replace(/\r$/, "");
    this.#bytes = new ByteBuffer(MAX_LENGTH);
    this.#complete = false;
    return parseReply(text);
  }
}

/** Parses a line; anything after the words that is not a pair is ignored. */
export function parseReply(text: string): SamReply {
  const [words = ""] = /^\S+ \S+/.exec(text) ?? [];
  const pairs = text.slice(words.length).matchAll(/(?<= )([^\s="]+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g);
  const values = new Map([...pairs].map(([, key = "", quoted, plain]) => [key, quoted ?? plain ?? ""]));
  return { text, words, values };
}
