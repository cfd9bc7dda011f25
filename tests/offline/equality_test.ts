import { assertEquals, AssertionError, assertNotEquals, assertStrictEquals, assertThrows } from "@std/assert";

class Point {
  x: number;
  readonly #secret: number;
  constructor(x: number, secret = 0) {
    this.x = x;
    this.#secret = secret;
  }
  get secret(): number {
    return this.#secret;
  }
}
class Pixel extends Point {}
class Opaque {
  readonly #secret: number;
  constructor(secret: number) {
    this.#secret = secret;
  }
  reveal(): number {
    return this.#secret;
  }
}

function cycle(value: number): unknown {
  const node: { value: number; next?: unknown } = { value };
  node.next = node;
  return node;
}

const sharedSymbol = Symbol("shared");
const sharedFunction = (): void => {};

const EQUAL: readonly (readonly [string, unknown, unknown])[] = [
  ["NaN and NaN", NaN, NaN],
  ["0 and -0", 0, -0],
  ["0 and -0 in a list", [0], [-0]],
  ["bigints of one value", 2n ** 64n, 1n << 64n],
  ["a symbol and itself", sharedSymbol, sharedSymbol],
  ["a function and itself", sharedFunction, sharedFunction],
  ["nested objects whose keys come in another order", { a: 1, b: { c: [1n] } }, { b: { c: [1n] }, a: 1 }],
  ["an object with no prototype and a plain one", Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
  ["properties that are undefined", { a: undefined }, { a: undefined }],
  ["byte arrays", Uint8Array.of(1, 2), Uint8Array.of(1, 2)],
  ["a byte array and a view into a larger buffer", Uint8Array.of(2), Uint8Array.of(1, 2, 3).subarray(1, 2)],
  ["array buffers", Uint8Array.of(1).buffer, Uint8Array.of(1).buffer],
  ["Sets in another order", new Set([1, "a"]), new Set(["a", 1])],
  ["Sets of objects", new Set([{ a: 1 }, { a: 2 }]), new Set([{ a: 2 }, { a: 1 }])],
  ["Maps in another order", new Map([["a", 1], ["b", 2]]), new Map([["b", 2], ["a", 1]])],
  ["Maps with objects as keys", new Map([[{ k: 1 }, [1]]]), new Map([[{ k: 1 }, [1]]])],
  ["Dates of one time", new Date(5), new Date(5)],
  ["invalid Dates", new Date(NaN), new Date(NaN)],
  ["regular expressions", /a/g, /a/g],
  ["instances of one class", new Point(1), new Point(1)],
  ["instances that differ only behind a method", new Opaque(1), new Opaque(2)],
  ["cycles", cycle(1), cycle(1)],
];

const UNEQUAL: readonly (readonly [string, unknown, unknown])[] = [
  ["a number and its text", 1, "1"],
  ["a number and its bigint", 1, 1n],
  ["null and undefined", null, undefined],
  ["two symbols", Symbol("a"), Symbol("a")],
  ["two functions", () => 1, () => 1],
  ["a property that is undefined and none", { a: undefined }, {}],
  ["properties that are undefined, of different names", { a: undefined }, { b: undefined }],
  ["an undefined element and a hole", [undefined], new Array(1)],
  ["lists of different length", [1], [1, undefined]],
  ["a list and an object", [], {}],
  ["a deep difference", { a: [{ b: 1 }] }, { a: [{ b: 2 }] }],
  ["byte arrays of different bytes", Uint8Array.of(1, 2), Uint8Array.of(1, 3)],
  ["byte arrays of different length", Uint8Array.of(1), Uint8Array.of(1, 0)],
  ["bytes and a list of numbers", Uint8Array.of(1), [1]],
  ["bytes and words", Uint8Array.of(1), Uint16Array.of(1)],
  ["Sets", new Set([1]), new Set([2])],
  ["a Set and a Map", new Set(), new Map()],
  ["Maps of different values", new Map([["a", 1]]), new Map([["a", 2]])],
  ["a Map with an undefined value and one without the key", new Map([["a", undefined]]), new Map([["b", undefined]])],
  ["Dates", new Date(5), new Date(6)],
  ["regular expressions of different flags", /a/, /a/g],
  ["instances that differ in a field", new Point(1), new Point(2)],
  ["instances that differ behind a getter", new Point(1, 1), new Point(1, 2)],
  ["instances of different classes", new Point(1), new Pixel(1)],
  ["an instance and a plain object", new Point(1), { x: 1 }],
  ["cycles of different values", cycle(1), cycle(2)],
];

for (const [what, left, right] of EQUAL) {
  Deno.test(`assertEquals() takes as equal: ${what}`, () => {
    assertEquals(left, right);
    assertEquals(right, left);
    assertThrows(() => assertNotEquals(left, right), AssertionError);
  });
}

for (const [what, left, right] of UNEQUAL) {
  Deno.test(`assertEquals() takes as different: ${what}`, () => {
    assertNotEquals(left, right);
    assertNotEquals(right, left);
    assertThrows(() => assertEquals(left, right), AssertionError);
  });
}

Deno.test("assertEquals() shows what differs and the note, not only that something does", () => {
  const [actual, expected] = [{ same: "S", port: 8333 }, { same: "S", port: 18333 }];
  const { message } = assertThrows(() => assertEquals(actual, expected, "the note"), AssertionError);
  for (const text of ["8333", "18333", "the note"]) assertEquals(message.includes(text), true, message);
});

Deno.test("assertStrictEquals() is Object.is()", () => {
  const list = [1];
  assertStrictEquals(list, list);
  assertStrictEquals(NaN, NaN);
  assertThrows(() => assertStrictEquals(list, [1]), AssertionError);
  assertThrows(() => assertStrictEquals(0, -0), AssertionError);
  assertThrows(() => assertStrictEquals("a\nb", "a\nc", "the note"), AssertionError, "the note");
});

Deno.test("assertStrictEquals() narrows the type", () => {
  const value: unknown = "text";
  assertStrictEquals(value, "text" as const);
  const narrowed: "text" = value;
  assertEquals(narrowed.length, 4);
});
