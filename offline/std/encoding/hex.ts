/**
 * Stands in for `@std/encoding/hex`.
 *
 * @module
 */

/** The bytes, or the UTF-8 bytes of a string, as two lower case hex digits each. */
export function encodeHex(src: string | Uint8Array | ArrayBuffer): string {
  const bytes = typeof src === "string" ? new TextEncoder().encode(src) : new Uint8Array(src);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The bytes that hex digits of either case stand for.
 *
 * @throws {RangeError} when the digits do not come in pairs.
 * @throws {TypeError} when there is anything but digits.
 */
export function decodeHex(src: string): Uint8Array<ArrayBuffer> {
  const length = new TextEncoder().encode(src).length;
  if (length % 2 !== 0) {
    throw new RangeError(`Cannot decode hex: expected an even number of digits, current length is ${length}`);
  }
  const stranger = src.match(/[^0-9a-f]/iu);
  if (stranger) throw new TypeError(`Cannot decode hex: expected a digit, current value is "${stranger[0]}"`);
  return Uint8Array.from(src.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
