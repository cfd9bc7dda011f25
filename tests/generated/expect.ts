/** Assertions for properties, fast enough for a million cases. */

import { assert, assertEquals } from "@std/assert";
import { WireError } from "../../src/wire/errors.ts";

/** A class of errors. */
type ErrorClass<E extends Error> = abstract new (...args: never) => E;

/** What `action` returns, or the error of class `expected` that it throws. Any other error is rethrown. */
export function resultOf<T, E extends Error>(action: () => T, expected: ErrorClass<E>): T | E {
  try {
    return action();
  } catch (error) {
    if (error instanceof expected) return error;
    throw error;
  }
}

/** The code of the {@linkcode WireError} that `action` throws, `null` if it returns. Any other error is rethrown. */
export function wireErrorOf(action: () => unknown): string | null {
  const result = resultOf(action, WireError);
  return result instanceof WireError ? result.code : null;
}

/** Asserts that bytes are equal, comparing them as hex, which is much faster than element by element. */
export function assertBytes(actual: Uint8Array | null | undefined, expected: Uint8Array, message?: string): void {
  const [came, wanted] = [actual?.toHex(), expected.toHex()];
  if (came !== wanted) assertEquals(came, wanted, message);
}

/** Asserts that `whole` begins with `start`. */
export function assertStartsWith(whole: Uint8Array, start: Uint8Array): void {
  assert(whole.length >= start.length, `expected at least ${start.length} bytes, got ${whole.length}`);
  assertBytes(whole.subarray(0, start.length), start);
}

/** The bytes with one bit flipped. */
export function withBitFlipped(bytes: Uint8Array, bit: number): Uint8Array<ArrayBuffer> {
  const flipped = Uint8Array.from(bytes);
  flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return flipped;
}
