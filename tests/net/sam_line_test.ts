import { assertEquals, assertThrows } from "@std/assert";
import { DialError } from "../../src/net/errors.ts";
import { parseReply, SamLine } from "../../src/net/sam_line.ts";
import { ascii } from "../support/bytes.ts";

Deno.test("parseReply() reads two words and the pairs after them, with quotes and without", () => {
  const { words, values } = parseReply('STREAM STATUS RESULT=I2P_ERROR MESSAGE="a \\"b\\" C=D" KEY= LAST=x=y');
  assertEquals(words, "STREAM STATUS");
  assertEquals(Object.fromEntries(values), { RESULT: "I2P_ERROR", MESSAGE: 'a \\"b\\" C=D', KEY: "", LAST: "x=y" });
});

Deno.test("parseReply() finds nothing in what has no two words or no pairs", () => {
  for (const text of ["", "HELLO", " HELLO REPLY", "HELLO REPLY", "HELLO REPLY =x y"]) {
    assertEquals(parseReply(text).values.size, 0, text);
  }
  assertEquals(parseReply(" HELLO REPLY").words, "");
});

Deno.test("parseReply() reads a long line of unfinished quotes in no time", () => {
  assertEquals(parseReply(`A B ${' k="\\'.repeat(2000)}`).words, "A B");
});

Deno.test("SamLine takes bytes up to the end of a line, and no further", () => {
  const line = new SamLine();
  assertEquals(line.take(), null);
  assertEquals([line.add(ascii("A B R")), line.take()], [5, null]);
  assertEquals(line.add(ascii("=1\nC D R=2\n")), 3);
  assertEquals(line.take()?.text, "A B R=1");
  assertEquals(line.take(), null);
  assertEquals([line.add(ascii("C D R=2\n")), line.take()?.text], [8, "C D R=2"]);
});

Deno.test("SamLine takes lines of 8192 bytes, and no longer ones", () => {
  const line = new SamLine();
  for (const size of [8192, 8192]) {
    assertEquals(line.add(ascii(`${"x".repeat(size)}\n`)), size + 1);
    assertEquals(line.take()?.text.length, size);
  }
  assertEquals(line.add(ascii("x".repeat(8192))), 8192);
  const { code, message } = assertThrows(() => line.add(ascii("x\n")), DialError);
  assertEquals([code, message], ["proxy_refused", "does not speak SAM: a line does not end within 8192 bytes"]);
});
