import { assertEquals, assertThrows } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { StateError } from "../../src/state/errors.ts";
import {
  countIn,
  numberIn,
  numberOrNullIn,
  type Query,
  rowsOf,
  servicesIn,
  servicesText,
  textIn,
  textOrNullIn,
} from "../../src/state/rows.ts";

/** A database with some numbers. */
function numbers(...values: readonly string[]): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  database.exec(`CREATE TABLE number (value INTEGER); INSERT INTO number VALUES (${values.join("), (")})`);
  return database;
}

const ALL: Query = { select: "value", from: "number", order: "value DESC" };

Deno.test("rowsOf() gives all rows of a query in their order, or as many as are wanted", () => {
  using database = numbers("1", "3", "2");
  const values = (query = ALL) => Array.from(rowsOf(database, query), ({ value }) => value);
  assertEquals(values(), [3, 2, 1]);
  assertEquals([0, 2, 4].map((most) => values({ ...ALL, most })), [[], [3, 2], [3, 2, 1]]);
});

Deno.test("rowsOf() does not end as if nothing were wrong where a row cannot be read", () => {
  // The least number has no absolute value.
  using database = numbers("2", "1", "-9223372036854775808");
  const read: unknown[] = [];
  const error = assertThrows(
    () => {
      for (const row of rowsOf(database, { ...ALL, select: "abs(value) AS value", order: "rowid" })) {
        read.push(row.value);
      }
    },
    StateError,
    "it is damaged: rows that could not be read: 1",
  );
  assertEquals([error.code, read], ["damaged", [2, 1]]);
});

Deno.test("A row gives what its columns are to have", () => {
  const row = { height: 940_000, agent: "/test:1.0/", services: "0000000000000c09", none: null };
  assertEquals([numberIn(row, "height"), numberOrNullIn(row, "height"), numberOrNullIn(row, "none")], [
    940_000,
    940_000,
    null,
  ]);
  assertEquals([textIn(row, "agent"), textOrNullIn(row, "agent"), textOrNullIn(row, "none")], [
    "/test:1.0/",
    "/test:1.0/",
    null,
  ]);
  assertEquals([servicesIn(row, "services"), servicesIn(row, "none"), countIn({ n: 3 })], [0xc09n, null, 3]);
});

Deno.test("A row that has something else is damaged, and the first 80 characters of it are named", () => {
  const long = `/${"x".repeat(99)}/`;
  const row = { height: 1, text: long, none: null };
  const damaged = (read: () => unknown) => {
    const { code, message } = assertThrows(read, StateError);
    return `${code}: ${message}`;
  };
  const shown = long.slice(0, 80);
  assertEquals(
    [
      damaged(() => numberIn(row, "text")),
      damaged(() => numberOrNullIn(row, "text")),
      damaged(() => textIn(row, "height")),
      damaged(() => textIn(row, "none")),
      damaged(() => servicesIn(row, "text")),
      damaged(() => countIn(undefined)),
    ],
    [
      `damaged: it is damaged: expected a number as text, got ${shown}`,
      `damaged: it is damaged: expected a number as text, got ${shown}`,
      "damaged: it is damaged: expected a text as height, got 1",
      "damaged: it is damaged: expected a text as none, got null",
      `damaged: it is damaged: expected services as text, got ${shown}`,
      "damaged: it is damaged: expected a number as n, got undefined",
    ],
  );
});

Deno.test("Services are 16 hex digits", () => {
  assertEquals([servicesText(0xc09n), servicesText((1n << 64n) - 1n)], ["0000000000000c09", "f".repeat(16)]);
});
