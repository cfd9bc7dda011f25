import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertExists,
  assertGreater,
  assertGreaterOrEqual,
  assertInstanceOf,
  AssertionError,
  assertLess,
  assertLessOrEqual,
  assertMatch,
  assertRejects,
  assertStrictEquals,
  assertStringIncludes,
  assertThrows,
  fail,
} from "@std/assert";

/** That `assertion` fails, with the note of its caller in the message. */
function assertFails(assertion: () => void): void {
  assertThrows(assertion, AssertionError, "the note");
}

Deno.test("AssertionError is an Error with its own name and a cause", () => {
  const error = new AssertionError("text", { cause: 1 });
  assertInstanceOf(error, Error);
  assertEquals([error.name, error.message, error.cause], ["AssertionError", "text", 1]);
});

Deno.test("assert() wants something truthy, and narrows", () => {
  const value = [1].find((n) => n > 0);
  assert(value);
  assertEquals(value.toFixed(), "1");
  for (const falsy of [0, "", null, undefined, NaN, false]) assertFails(() => assert(falsy, "the note"));
});

Deno.test("fail() fails", () => assertFails(() => fail("the note")));

Deno.test("assertExists() refuses null and undefined only, and narrows", () => {
  const value: number | undefined = [0].at(0);
  assertExists(value);
  assertEquals(value.toFixed(), "0");
  assertExists("");
  for (const nothing of [null, undefined]) assertFails(() => assertExists(nothing, "the note"));
});

Deno.test("assertInstanceOf() takes subclasses and abstract classes, and narrows", () => {
  abstract class Shape {}
  class Square extends Shape {
    side = 2;
  }
  const value: unknown = new Square();
  assertInstanceOf(value, Shape);
  assertInstanceOf(value, Square);
  assertEquals(value.side, 2);
  for (const other of [Shape, {}, null, 1]) {
    assertFails(() => assertInstanceOf(other, Square, "the note"));
  }
});

Deno.test("the comparisons take numbers, bigints and Dates", () => {
  assertGreater(2, 1);
  assertGreater(2n, 1n);
  assertGreaterOrEqual(1, 1);
  assertLess(new Date(1), new Date(2));
  assertLessOrEqual(1n, 1n);
});

Deno.test("the comparisons fail on the other side of the limit and on NaN", () => {
  assertFails(() => assertGreater(1, 1, "the note"));
  assertFails(() => assertGreaterOrEqual(1n, 2n, "the note"));
  assertFails(() => assertLess(1, 1, "the note"));
  assertFails(() => assertLessOrEqual(2, 1, "the note"));
  for (const compare of [assertGreater, assertGreaterOrEqual, assertLess, assertLessOrEqual]) {
    assertFails(() => compare(NaN, 1, "the note"));
  }
});

Deno.test("the comparisons say both values", () => {
  const { message } = assertThrows(() => assertGreater(7, 9), AssertionError);
  assertMatch(message, /7.*9|9.*7/);
});

Deno.test("assertAlmostEquals() has a tolerance, by default of a ten millionth", () => {
  assertAlmostEquals(1, 1 + 5e-8);
  assertAlmostEquals(10, 11, 1);
  assertAlmostEquals(Infinity, Infinity);
  assertAlmostEquals(NaN, NaN);
  assertFails(() => assertAlmostEquals(1, 1.000001, undefined, "the note"));
  assertFails(() => assertAlmostEquals(10, 11.5, 1, "the note"));
  assertFails(() => assertAlmostEquals(NaN, 1, 5, "the note"));
});

Deno.test("assertMatch() and assertStringIncludes() find a part of the text, and show the text", () => {
  assertMatch("height=42", /\d+$/);
  assertStringIncludes("height=42", "=");
  assertFails(() => assertMatch("height", /\d/, "the note"));
  assertFails(() => assertStringIncludes("height", "=", "the note"));
  assertThrows(() => assertMatch("height", /\d/), AssertionError, "height");
  assertThrows(() => assertStringIncludes("height", "="), AssertionError, "height");
});

Deno.test("assertThrows() returns what was thrown", () => {
  const error = new RangeError("too far");
  assertStrictEquals(assertThrows(() => thrower(error)), error);
  assertStrictEquals(assertThrows(() => thrower("text")), "text");
  const thrown: RangeError = assertThrows(() => thrower(error), RangeError, "far");
  assertStrictEquals(thrown, error);
  assertStrictEquals(assertThrows(() => thrower(error), Error), error);
});

Deno.test("assertThrows() fails when nothing, another class, another message or no error is thrown", () => {
  const error = new RangeError("too far");
  assertFails(() => assertThrows(() => {}, "the note"));
  assertFails(() => assertThrows(() => {}, Error, "", "the note"));
  assertFails(() => assertThrows(() => thrower(error), TypeError, "", "the note"));
  assertFails(() => assertThrows(() => thrower(error), RangeError, "near", "the note"));
  assertFails(() => assertThrows(() => thrower("text"), Error, "", "the note"));
});

Deno.test("assertRejects() returns the reason", async () => {
  const error = new RangeError("too far");
  assertStrictEquals(await assertRejects(() => Promise.reject(error)), error);
  const reason: RangeError = await assertRejects(() => Promise.reject(error), RangeError, "far");
  assertStrictEquals(reason, error);
});

Deno.test("assertRejects() fails on a promise that is fulfilled, another class or another message", async () => {
  const error = new RangeError("too far");
  const failing: (() => Promise<unknown>)[] = [
    () => assertRejects(() => Promise.resolve(), "the note"),
    () => assertRejects(() => Promise.reject(error), TypeError, "", "the note"),
    () => assertRejects(() => Promise.reject(error), RangeError, "near", "the note"),
    () => assertRejects(() => Promise.reject("text"), Error, "", "the note"),
  ];
  for (const assertion of failing) await assertRejects(assertion, AssertionError, "the note");
});

Deno.test("assertRejects() fails when the function throws instead or returns no promise", async () => {
  const throws = (): Promise<unknown> => thrower(new Error("at once"));
  await assertRejects(() => assertRejects(throws, "the note"), AssertionError, "the note");
  const returns = (): Promise<unknown> => 1 as unknown as Promise<unknown>;
  await assertRejects(() => assertRejects(returns, "the note"), AssertionError, "the note");
});

function thrower(value: unknown): never {
  throw value;
}
