import { assertEquals } from "@std/assert";
import { Console } from "node:console";
import { columnsOf, showsColors, supportsEscapes } from "../../src/cli/terminal.ts";
import { replaced } from "../support/replaced.ts";

/** The width of a terminal that says this of its size. */
function columns(size: () => number, isTerminal = true): number {
  using _ = replaced(Deno, { consoleSize: () => ({ columns: size(), rows: 24 }) });
  return columnsOf({ isTerminal: () => isTerminal });
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

/** What a console does to clear its terminal. */
type Clear = (this: { readonly _stdout: { readonly isTTY: boolean; write(text: string): unknown } }) => void;

/** On a terminal that Node's console clears, and on a dumb one. */
const CLEARING: Clear = function () {
  if (this._stdout.isTTY) this._stdout.write("\x1b[2J");
};
const DUMB: Clear = () => {};

/** Whether a stream supports escapes, and shows colours, which may be turned off. */
async function abilities(isTerminal: boolean, clear: Clear, noColor: boolean): Promise<readonly [boolean, boolean]> {
  using _clear = replaced<{ clear: unknown }>(Console.prototype, { clear });
  using _noColor = replaced(Deno, { noColor });
  const stream = { isTerminal: () => isTerminal };
  return [await supportsEscapes(stream), await showsColors(stream)];
}

Deno.test("supportsEscapes() and showsColors() are false for anything but a terminal, and for a dumb one", async () => {
  assertEquals(await abilities(false, CLEARING, false), [false, false]);
  assertEquals(await abilities(true, DUMB, false), [false, false]);
  assertEquals(await abilities(true, CLEARING, false), [true, true]);
});

Deno.test("showsColors() is false if colours are turned off", async () => {
  assertEquals(await abilities(true, CLEARING, true), [true, false]);
});
