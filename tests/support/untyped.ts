import type { assertThrows } from "@std/assert";

/** A value cast to any type, like one from untyped code. */
export function as<T>(value: unknown): T {
  return value as T;
}

/** What `assertThrows()` looks for. */
export type ErrorClass = Parameters<typeof assertThrows>[1];
