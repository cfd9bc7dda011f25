/**
 * Decoding bytes to lines of text: UTF-8, or UTF-16 as PowerShell writes it, in either byte order, with or without a
 * byte order mark.
 *
 * @module
 */

import { encodeHex } from "@std/encoding/hex";

/** Bytes that are not text, or text in another encoding. */
export class EncodingError extends Error {
  /** Always `EncodingError`. */
  override readonly name = "EncodingError";
}

/** How much of a line is read, in UTF-16 units; a longer one is cut somewhere after that. */
export const MAX_LINE_LENGTH = 4096;

/** How many bytes it takes to tell the encoding. */
const HEAD_SIZE = 4;

type Encoding = "utf-8" | "utf-16le" | "utf-16be";

const EXPECTED = "expected text in UTF-8 or UTF-16";

/** The beginnings of unsupported files, in hex. */
const FOREIGN: readonly (readonly [beginning: RegExp, what: string])[] = [
  [/^fffe0000|^0000feff|^(?!00)..000000|^000000(?!00)../, "UTF-32"],
  [/^2b2f76/, "UTF-7"],
  [/^84319533/, "GB18030"],
  [/^1f8b/, "compressed with gzip"],
  [/^425a683/, "compressed with bzip2"],
  [/^fd377a58/, "compressed with xz"],
  [/^28b52ffd/, "compressed with Zstandard"],
  [/^504b0304/, "a ZIP archive, as a spreadsheet is"],
  [/^25504446/, "a PDF document"],
];

/**
 * The lines of the bytes, as they come. A line ends with LF, CR or CRLF, which the last one may lack.
 *
 * @throws {EncodingError} when the bytes are something else; earlier lines may have been yielded before.
 */
export async function* decodedLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[], void, void> {
  let rest = "";
  for await (const text of decoded(chunks)) {
    // A CR at the end may be half of a CRLF.
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    const last = lines.pop() ?? "";
    rest = last.length > MAX_LINE_LENGTH ? last.slice(0, MAX_LINE_LENGTH + 1) : last;
    if (lines.length > 0) yield lines;
  }
  if (rest !== "") yield [rest.replace(/\r$/, "")];
}

async function* decoded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, void> {
  let decoder: Decoder | null = null;
  for await (const chunk of withWholeHead(chunks)) {
    decoder ??= new Decoder(encodingOf(chunk));
    yield decoder.decode(chunk);
  }
  if (decoder !== null) yield decoder.decode();
}

/** The same bytes, but with enough in the first piece to tell the encoding. */
async function* withWholeHead(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  let head: Uint8Array | null = new Uint8Array();
  for await (const chunk of chunks) {
    const bytes: Uint8Array = head === null ? chunk : new Uint8Array([...head, ...chunk]);
    head = head !== null && bytes.length < HEAD_SIZE ? bytes : null;
    if (head === null) yield bytes;
  }
  if (head !== null) yield head;
}

/** The encoding, by the byte order mark or by the position of the zeros of ASCII characters. */
function encodingOf(bytes: Uint8Array): Encoding {
  const head = encodeHex(bytes.subarray(0, HEAD_SIZE));
  const foreign = FOREIGN.find(([beginning]) => beginning.test(head));
  if (foreign !== undefined) throw new EncodingError(`it is ${foreign[1]}: ${EXPECTED}`);
  if (/^fffe|^(?!00)..00/.test(head)) return "utf-16le";
  return /^feff|^00(?!00)../.test(head) ? "utf-16be" : "utf-8";
}

/** Decodes piece by piece, and keeps count of lines for errors. */
class Decoder {
  readonly #encoding: Encoding;
  readonly #decoder: TextDecoder;
  #line = 1;

  constructor(encoding: Encoding) {
    this.#encoding = encoding;
    this.#decoder = new TextDecoder(encoding, { fatal: true });
  }

  /** The text of the next bytes; without bytes, of the end. */
  decode(bytes?: Uint8Array): string {
    const text = this.#textOf(bytes);
    const [beforeNul, ...afterNul] = text.split("\0", 2);
    this.#line += lineEnds(beforeNul ?? "");
    if (afterNul.length > 0) throw new EncodingError(`line ${this.#line} has a NUL character: ${EXPECTED}`);
    return text;
  }

  #textOf(bytes: Uint8Array | undefined): string {
    try {
      return bytes === undefined ? this.#decoder.decode() : this.#decoder.decode(bytes, { stream: true });
    } catch {
      // If nothing is wrong in these bytes, it is at the end of those before.
      const before = new TextDecoder(this.#encoding).decode(bytes).match(/^[^\ufffd]*(?=\ufffd)/)?.[0] ?? "";
      const where = `line ${this.#line + lineEnds(before)}`;
      throw new EncodingError(
        this.#encoding === "utf-8"
          ? `${where} is not UTF-8, it may be Latin-1 or Windows-1252: ${EXPECTED}`
          : `${where} is not UTF-16, unlike the beginning: ${EXPECTED}`,
      );
    }
  }
}

function lineEnds(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
