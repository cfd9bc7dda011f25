import { assertEquals, assertThrows } from "@std/assert";
import { Buffer } from "node:buffer";
import { runInNewContext } from "node:vm";
import {
  arrayOf,
  BOOLEAN,
  BYTES,
  COUNT,
  FUNCTION,
  integer,
  isBigint,
  ITERABLE,
  objectWith,
  oneOf,
  optional,
  type Rule,
  rule,
  STRING,
} from "../../src/wire/argument.ts";

const EVEN = rule("an even bigint", isBigint, (value) => value % 2n === 0n);
const POINT = objectWith("a point, as { x, y }", { x: integer(0, 9), y: integer(0, 9) });

const ALLOWED: readonly (readonly [rule: Rule, value: unknown])[] = [
  [integer(-1, 3), -1],
  [integer(-1, 3), 3],
  [oneOf("v1", "v2"), "v2"],
  [STRING, ""],
  [BOOLEAN, false],
  [FUNCTION, () => {}],
  [COUNT, 0],
  [EVEN, 2n],
  [POINT, { x: 0, y: 9, z: "anything" }],
  [arrayOf(oneOf("a", "b"), { empty: false }), ["b", "b"]],
  [arrayOf(STRING, { empty: true }), []],
  [optional(STRING), undefined],
  [optional(STRING), "a"],
  [ITERABLE, new Set()],
  [BYTES, new Uint8Array()],
  [BYTES, Buffer.of(1)],
  [BYTES, runInNewContext("new Uint8Array(1)")],
];

const REFUSED:
  readonly (readonly [rule: Rule, value: unknown, error: typeof TypeError | typeof RangeError, text: string])[] = [
    [integer(-1, 3), -2, RangeError, "Invalid it: expected an integer from -1 to 3, got -2"],
    [integer(-1, 3), 4, RangeError, "got 4"],
    [integer(-1, 3), 0.5, RangeError, "got 0.5"],
    [integer(-1, 3), NaN, RangeError, "got NaN"],
    [integer(-1, 3), Infinity, RangeError, "got Infinity"],
    [integer(-1, 3), 1n, TypeError, "got 1n"],
    [integer(-1, 3), "1", TypeError, 'got "1"'],
    [integer(-1, 3), null, TypeError, "got null"],
    [integer(-1, 3), undefined, TypeError, "got undefined"],
    [COUNT, 2 ** 53, RangeError, "an integer from 0 to 9007199254740991, got 9007199254740992"],
    [oneOf("v1", "v2"), "v3", RangeError, 'Invalid it: expected one of v1, v2, got "v3"'],
    [oneOf("v1", "v2"), 1, TypeError, "got 1"],
    [STRING, Symbol("s"), TypeError, "Invalid it: expected a string, got Symbol(s)"],
    [BOOLEAN, 0, TypeError, "Invalid it: expected true or false, got 0"],
    [FUNCTION, {}, TypeError, "Invalid it: expected a function, got an object"],
    [EVEN, 3n, RangeError, "Invalid it: expected an even bigint, got 3n"],
    [EVEN, 2, TypeError, "got 2"],
    [POINT, "1,2", TypeError, 'Invalid it: expected a point, as { x, y }, got "1,2"'],
    [POINT, null, TypeError, "got null"],
    [POINT, () => {}, TypeError, "got a function"],
    [POINT, { x: 1 }, TypeError, "Invalid it.y: expected an integer from 0 to 9, got undefined"],
    [POINT, { x: 1, y: 10 }, RangeError, "Invalid it.y: expected an integer from 0 to 9, got 10"],
    [ITERABLE, "text", TypeError, 'Invalid it: expected an iterable, such as an array, got "text"'],
    [ITERABLE, { length: 1 }, TypeError, "got an object"],
    [BYTES, "0102", TypeError, 'Invalid it: expected bytes, as a Uint8Array, got "0102"'],
    [BYTES, [1, 2], TypeError, "got an array of 2"],
    [BYTES, new ArrayBuffer(2), TypeError, "got an object"],
    [BYTES, new Uint16Array(2), TypeError, "got an object"],
    [BYTES, undefined, TypeError, "got undefined"],
    [optional(STRING), null, TypeError, "Invalid it: expected a string, got null"],
    [
      arrayOf(STRING, { empty: true }),
      {},
      TypeError,
      "Invalid it: expected an array, each item a string, got an object",
    ],
    [
      arrayOf(STRING, { empty: false }),
      "text",
      TypeError,
      'Invalid it: expected a non-empty array, each item a string, got "text"',
    ],
    [arrayOf(STRING, { empty: false }), [], RangeError, "got an array of 0"],
    [arrayOf(STRING, { empty: false }), ["", 7], TypeError, "Invalid it[1]: expected a string, got 7"],
  ];

Deno.test("A rule accepts what it allows", () => {
  for (const [{ check }, value] of ALLOWED) assertEquals(check("it", value), undefined);
});

Deno.test("A rule says name, value and what is allowed, in a TypeError or a RangeError", () => {
  for (const [{ check }, value, error, text] of REFUSED) assertThrows(() => check("it", value), error, text);
});

Deno.test("A rule shows the beginning of a long value, escaped", () => {
  assertThrows(() => BOOLEAN.check("it", "\u001b[2J"), TypeError, String.raw`got "\u001b[2J"`);
  assertThrows(() => BOOLEAN.check("it", "x".repeat(1e6)), TypeError, `got "${"x".repeat(64)}"… (1000000 characters)`);
  const longest = assertThrows(() => BOOLEAN.check("it", "x".repeat(64)), TypeError);
  assertEquals(longest.message.endsWith(`got "${"x".repeat(64)}"`), true);
  assertThrows(() => BOOLEAN.check("it", 10n ** 100n), TypeError, `got 1${"0".repeat(63)}… (102 characters)`);
});
