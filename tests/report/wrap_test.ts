import { assertEquals } from "@std/assert";
import { wrap } from "../../src/report/wrap.ts";

Deno.test("wrap() breaks between words, in lines as long as possible", () => {
  assertEquals(wrap("a bc def ghij", 4), ["a bc", "def", "ghij"]);
  assertEquals(wrap("a bc def ghij", 8), ["a bc def", "ghij"]);
  assertEquals(wrap("a bc def ghij", 13), ["a bc def ghij"]);
});

Deno.test("wrap() breaks a word that is longer than a line, but no character", () => {
  assertEquals(wrap("ab cdefghi j", 3), ["ab", "cde", "fgh", "i j"]);
  assertEquals(wrap("😀😀😀", 2), ["😀😀", "😀"]);
});

Deno.test("wrap() of no text is an empty line", () => {
  assertEquals(wrap("", 10), [""]);
});
