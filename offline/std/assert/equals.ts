import { failure } from "./assertion_error.ts";
import { equal } from "./equal.ts";
import { show, showDifference } from "./show.ts";

/** Asserts that two values are equal in structure, as `equal.ts` defines it. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  if (equal(actual, expected)) return;
  throw failure("Values are not equal", msg, showDifference(actual, expected));
}

/** Asserts that two values differ in structure. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  if (!equal(actual, expected)) return;
  throw failure(`Expected a value other than ${show(expected)}`, msg);
}

/** Asserts that two values are the same one, by `Object.is`: 0 is not -0, and no object is equal to another. */
export function assertStrictEquals<T>(actual: unknown, expected: T, msg?: string): asserts actual is T {
  if (Object.is(actual, expected)) return;
  if (show(actual) === show(expected)) {
    throw failure("Values have the same structure but are not the same object", msg, show(actual));
  }
  throw failure("Values are not strictly equal", msg, showDifference(actual, expected));
}
