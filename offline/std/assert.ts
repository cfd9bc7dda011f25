/**
 * Stands in for `@std/assert`: the assertions that the tests and the documentation examples use.
 *
 * @module
 */

export { AssertionError } from "./assert/assertion_error.ts";
export { assert, assertExists, assertInstanceOf, fail } from "./assert/truth.ts";
export { assertEquals, assertNotEquals, assertStrictEquals } from "./assert/equals.ts";
export {
  assertAlmostEquals,
  assertGreater,
  assertGreaterOrEqual,
  assertLess,
  assertLessOrEqual,
} from "./assert/order.ts";
export { assertMatch, assertStringIncludes } from "./assert/text.ts";
export { assertRejects, assertThrows } from "./assert/throws.ts";
