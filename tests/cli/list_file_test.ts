import { assertEquals, assertInstanceOf } from "@std/assert";
import { MAX_LINE_LENGTH } from "../../src/cli/decode.ts";
import { PermissionError } from "../../src/cli/errors.ts";
import { listLines, readError, shownEntry } from "../../src/cli/list_file.ts";

Deno.test("listLines() numbers all lines, gives those with entries, and marks those that are longer than the limit", async () => {
  const [longest, longer] = ["x".repeat(MAX_LINE_LENGTH), " ".repeat(MAX_LINE_LENGTH + 1)];
  const text = `a # b\n\n#c\n${longest}\n${longer}\n d e `;
  const lines = (await Array.fromAsync(listLines(ReadableStream.from([new TextEncoder().encode(text)])))).flat();
  assertEquals(lines, [
    { number: 1, text: "a", isCut: false },
    { number: 4, text: longest, isCut: false },
    { number: 5, text: "", isCut: true },
    { number: 6, text: "d e", isCut: false },
  ]);
});

Deno.test("shownEntry() shows 300 characters of an entry, and says that there are more", () => {
  assertEquals(shownEntry("x".repeat(300)), `'${"x".repeat(300)}'`);
  assertEquals(shownEntry("x".repeat(301)), `'${"x".repeat(300)}…'`);
});

Deno.test("readError() says how a file may be read, or why it cannot be", () => {
  const refused = readError("targets", "list", new Deno.errors.NotCapable("no"));
  assertInstanceOf(refused, PermissionError);
  assertEquals(refused.message, "cannot read --targets list: run again with --allow-read=list");
  assertEquals(readError("exclude", "list", new Error("it is gone")).message, "cannot read --exclude list: it is gone");
});
