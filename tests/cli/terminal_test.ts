import { assertEquals } from "@std/assert";
import { columnsOf, showsColors, supportsEscapes } from "../../src/cli/terminal.ts";

/** The width of a terminal that says this of its size. */
function columns(size: () => number, isTerminal = true): number {
  const { consoleSize } = Deno;
  Object.assign(Deno, { consoleSize: () => ({ columns: size(), rows: 24 }) });
  try {
    return columnsOf({ isTerminal: () => isTerminal });
  } finally {
    Object.assign(Deno, { consoleSize });
  }
}

Deno.test("columnsOf() is the width of the terminal", () => {
  assertEquals(columns(() => 40), 40);
});

Deno.test("columnsOf() is 80 for a pipe, and for a terminal that does not know its size", () => {
  assertEquals(columns(() => 40, false), 80);
  assertEquals(columns(() => 0), 80);
  assertEquals(
    columns(() => {
      throw new Error("no size");
    }),
    80,
  );
});

Deno.test("supportsEscapes() and showsColors() are false for anything but a terminal", async () => {
  const pipe = { isTerminal: () => false };
  assertEquals([await supportsEscapes(pipe), await showsColors(pipe)], [false, false]);
});
