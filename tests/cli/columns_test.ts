import { assertEquals } from "@std/assert";
import { readableWidth, secondColumn, twoColumns } from "../../src/cli/columns.ts";

const ENTRIES = [["-a", "what a is for, at some length [default: 1]"], ["--long", "short"]] as const;

Deno.test("twoColumns() puts a description next to its term if there is room", () => {
  assertEquals(twoColumns(ENTRIES, secondColumn(ENTRIES), 42), [
    "  -a      what a is for, at some length",
    "          [default: 1]",
    "  --long  short",
  ]);
});

Deno.test("twoColumns() puts a description below its term if there is no room next to it", () => {
  assertEquals(twoColumns(ENTRIES, secondColumn(ENTRIES), 36), [
    "  -a",
    "        what a is for, at some",
    "        length [default: 1]",
    "  --long",
    "        short",
  ]);
});

Deno.test("readableWidth() is that of the terminal, within bounds", () => {
  assertEquals([0, 40, 80, 200].map(readableWidth), [24, 40, 80, 100]);
});
