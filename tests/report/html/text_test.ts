import { assertEquals } from "@std/assert";
import { breakable, cut, firstOf, MAX_MESSAGE } from "../../../src/report/html/text.ts";

Deno.test("cut() leaves a text of the greatest length, and ends a longer one with an ellipsis", () => {
  const longest = "x".repeat(120);
  assertEquals(cut(longest), longest);
  assertEquals(cut(`${longest}y`), `${"x".repeat(119)}…`);
  const message = "x".repeat(500);
  assertEquals(cut(message, MAX_MESSAGE), message);
  assertEquals(cut(`${message}y`, MAX_MESSAGE), `${"x".repeat(499)}…`);
  assertEquals([cut("abc", 3), cut("abcd", 3)], ["abc", "ab…"]);
});

Deno.test("breakable() lets a line break after the parts of a user agent, a name or a code, and escapes them", () => {
  assertEquals(String(breakable("/Satoshi:29.2.0/K&N/")), "/Satoshi:29.<wbr>2.<wbr>0/<wbr>K&amp;N/");
  assertEquals(String(breakable("wrong_network")), "wrong_<wbr>network");
  assertEquals(String(breakable("")), "");
});

Deno.test("firstOf() names a few and counts the rest", () => {
  const texts = ["a", "b", "c", "d"];
  assertEquals([0, 1, 2, 3, 4].map((count) => firstOf(texts.slice(0, count), 3)), [
    "",
    "a",
    "a and b",
    "a, b and c",
    "a, b and 2 more",
  ]);
  assertEquals(firstOf(["a", "b"], 3, 3), "a, b and 1 more");
  assertEquals(firstOf(["a", "b", "c"], 3, 2000), "a, b and 1,998 more");
});
