import { failure } from "./assertion_error.ts";

/** Asserts that the regular expression finds a match in `actual`. */
export function assertMatch(actual: string, expected: RegExp, msg?: string): void {
  if (!expected.test(actual)) throw failure(`Expected a match of ${expected}, got ${JSON.stringify(actual)}`, msg);
}

/** Asserts that `actual` has `expected` in it. */
export function assertStringIncludes(actual: string, expected: string, msg?: string): void {
  if (actual.includes(expected)) return;
  throw failure(`Expected a string with ${JSON.stringify(expected)} in it, got ${JSON.stringify(actual)}`, msg);
}
