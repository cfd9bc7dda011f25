import { assertEquals } from "@std/assert";
import { compareCells, matchesQuery, SCRIPT } from "../../../src/report/html/script.ts";

const byNumber = (a: string, b: string) => Number(a) - Number(b);

Deno.test("compareCells() sorts empty cells last in either direction", () => {
  const sort = (descending: boolean) =>
    ["3", "", "20", "1"].toSorted((a, b) => compareCells(a, b, byNumber, descending));
  assertEquals(sort(false), ["1", "3", "20", ""]);
  assertEquals(sort(true), ["20", "3", "1", ""]);
});

Deno.test("matchesQuery() requires every word somewhere, in any case", () => {
  const text = "203.0.113.7:8333 timeout verack: no verack within 10 s";
  const queries = ["timeout", "TIMEOUT verack", "10  203.0.113", "", "timeout refused"];
  assertEquals(queries.map((query) => matchesQuery(text, query)), [true, true, true, true, false]);
});

Deno.test("The script is JavaScript that a page can hold, with the tested functions in it", () => {
  new Function(SCRIPT);
  assertEquals(/<\/script|<!--/i.test(SCRIPT), false);
  const tested = new Function(
    `${SCRIPT.slice(0, SCRIPT.indexOf("const PAGE"))}; return { compareCells, matchesQuery };`,
  )();
  assertEquals([tested.compareCells("", "1", byNumber, true), tested.matchesQuery("a b", "B a")], [1, true]);
});
