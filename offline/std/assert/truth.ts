import { AssertionError, failure } from "./assertion_error.ts";

/** The instances of a class, abstract or not. */
type InstanceOf<Class> = Class extends abstract new (...args: never[]) => infer Instance ? Instance : never;

/** Asserts that `expr` is truthy. */
export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) throw new AssertionError(msg);
}

/** Always fails. */
export function fail(msg?: string): never {
  throw failure("Failed assertion", msg);
}

/** Asserts that `actual` is neither `null` nor `undefined`. */
export function assertExists<T>(actual: T, msg?: string): asserts actual is NonNullable<T> {
  if (actual === null || actual === undefined) throw failure(`Expected a value, got ${actual}`, msg);
}

/** Asserts that `actual` is an instance of `expectedType` or of a class derived from it. */
export function assertInstanceOf<T extends abstract new (...args: never[]) => unknown>(
  actual: unknown,
  expectedType: T,
  msg = "",
): asserts actual is InstanceOf<T> {
  if (actual instanceof expectedType) return;
  throw failure(`Expected an instance of ${expectedType.name}, got ${kindOf(actual)}`, msg);
}

function kindOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  return `an instance of ${value.constructor?.name ?? "no class"}`;
}
