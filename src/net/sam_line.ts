/**
 * The lines of SAM: two words, then `KEY=VALUE` pairs, a value with spaces in it in double quotes.
 *
 * @module
 */

import { ByteBuffer } from "../transport/byte_buffer.ts";
import { DialError } from "./errors.ts";

/** A line of the bridge. */
export interface SamReply {
  /** The line, without its end. */
  readonly text: string;
  /** What it begins with, as `STREAM STATUS`. */
  readonly words: string;
  /** The values by their keys. */
  readonly values: ReadonlyMap<string, string>;
}

/** Most bytes of a line. The longest that we are sent has a destination with its private keys, about 1,000 in base64. */
const MAX_LENGTH = 8192;

const NEWLINE = 0x0a;

/** Puts lines together. */
export class SamLine {
  #bytes = new ByteBuffer(MAX_LENGTH);
  #complete = false;

  /**
   * Adds bytes up to the end of the line, and says how many.
   *
   * @throws {DialError} `proxy_refused` when the line has no end within its limit.
   */
  add(bytes: Uint8Array): number {
    const end = bytes.indexOf(NEWLINE);
    const part = end === -1 ? bytes : bytes.subarray(0, end);
    if (this.#bytes.add(part) < part.length) {
      throw new DialError("proxy_refused", `it does not speak SAM: a line has no end within ${MAX_LENGTH} bytes`);
    }
    this.#complete = end !== -1;
    return this.#complete ? end + 1 : part.length;
  }

  /** Takes the line, if it is there to its end. */
  take(): SamReply | null {
    if (!this.#complete) return null;
    const text = new TextDecoder().decode(this.#bytes.bytes).replace(/\r$/, "");
    this.#bytes = new ByteBuffer(MAX_LENGTH);
    this.#complete = false;
    return parseReply(text);
  }
}

/** Reads a line; what is no pair, and is not at the beginning, says nothing. */
export function parseReply(text: string): SamReply {
  const [words = ""] = /^\S+ \S+/.exec(text) ?? [];
  const pairs = text.slice(words.length).matchAll(/(?<= )([^\s="]+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g);
  const values = new Map([...pairs].map(([, key = "", quoted, plain]) => [key, quoted ?? plain ?? ""]));
  return { text, words, values };
}
