import { failure } from "./assertion_error.ts";
import { show } from "./show.ts";

/** Asserts that `actual > expected`. */
export function assertGreater<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual > expected)) throw outOfOrder(actual, "greater than", expected, msg);
}

/** Asserts that `actual >= expected`. */
export function assertGreaterOrEqual<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual >= expected)) throw outOfOrder(actual, "at least", expected, msg);
}

/** Asserts that `actual < expected`. */
export function assertLess<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual < expected)) throw outOfOrder(actual, "less than", expected, msg);
}

/** Asserts that `actual <= expected`. */
export function assertLessOrEqual<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual <= expected)) throw outOfOrder(actual, "at most", expected, msg);
}

/** Asserts that two numbers are at most `tolerance` apart, by default a ten millionth of `expected`. */
export function assertAlmostEquals(actual: number, expected: number, tolerance?: number, msg?: string): void {
  const most = tolerance ?? (Number.isFinite(expected) ? Math.abs(expected) * 1e-7 : 1e-7);
  if (Object.is(actual, expected) || Math.abs(actual - expected) <= most) return;
  throw failure(`Expected a number at most ${most} from ${expected}, got ${actual}`, msg);
}

function outOfOrder(actual: unknown, relation: string, expected: unknown, msg?: string): Error {
  return failure(`Expected a value ${relation} ${show(expected)}, got ${show(actual)}`, msg);
}
