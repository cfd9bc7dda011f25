import { assertEquals, assertThrows } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { StateError } from "../../src/state/errors.ts";
import { type Query, rowsOf } from "../../src/state/rows.ts";

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
