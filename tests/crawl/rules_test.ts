import { assertEquals, assertThrows } from "@std/assert";
import { DEFAULT_CRAWL, MAX_ADDRESSES, MAX_AGE, RATE } from "../../src/crawl/rules.ts";

const HUNDRED_YEARS = 36_500 * 86_400_000;

Deno.test("The rules of a crawl allow what they say, to its very ends, and nothing else", () => {
  const cases = [
    {
      rule: MAX_AGE,
      allowed: "milliseconds greater than 0 and at most 3153600000000",
      taken: [Number.MIN_VALUE, 1, HUNDRED_YEARS - 1, HUNDRED_YEARS],
      refused: [-1, 0, HUNDRED_YEARS + 1, Infinity, NaN],
    },
    {
      rule: MAX_ADDRESSES,
      allowed: "an integer from 1 to 100000000",
      taken: [1, 2, 100_000_000],
      refused: [0, 1.5, 100_000_001],
    },
    { rule: RATE, allowed: "an integer from 0 to 1000000", taken: [0, 1, 1_000_000], refused: [-1, 0.5, 1_000_001] },
  ];
  for (const { rule, allowed, taken, refused } of cases) {
    assertEquals([rule.allowed, taken.filter((value) => !rule.allows(value))], [allowed, []]);
    for (const value of refused) assertThrows(() => rule.check("it", value), RangeError, `expected ${allowed}, got`);
    assertThrows(() => rule.check("it", "1"), TypeError, `expected ${allowed}, got "1"`);
  }
});

Deno.test("The defaults of a crawl are allowed", () => {
  MAX_AGE.check("maxAge", DEFAULT_CRAWL.maxAge);
  MAX_ADDRESSES.check("maxAddresses", DEFAULT_CRAWL.maxAddresses);
  RATE.check("rate", DEFAULT_CRAWL.rate);
});
