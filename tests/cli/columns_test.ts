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

Deno.test("twoColumns() takes 30 columns for room", () => {
  const linesAt = (width: number) => twoColumns([["--long", "short"]], 10, width);
  assertEquals([linesAt(40), linesAt(39)], [["  --long  short"], ["  --long", "        short"]]);
});

Deno.test("twoColumns() breaks no note that is as long as a line", () => {
  const note = `[${"x".repeat(15)} ${"y".repeat(16)}]`;
  const lines = (width: number) => twoColumns([["-a", `x ${note}`]], 6, width).map((line) => line.trim());
  assertEquals([lines(6 + note.length), lines(5 + note.length).length], [["-a  x", note], 2]);
});

Deno.test("readableWidth() is that of the terminal, within bounds", () => {
  assertEquals([0, 40, 80, 200].map(readableWidth), [24, 40, 80, 100]);
});
