import { assertEquals, assertThrows } from "@std/assert";
import { tokenize } from "./lexer.ts";

const tokensOf = (text: string): string[] => tokenize(text).map(({ kind, text }) => `${kind} ${text}`);
const textsOf = (text: string): string[] => tokenize(text).map(({ text }) => text);

Deno.test("Tokens are told apart by kind, without space and comments", () => {
  assertEquals(tokensOf(`const #a = b.c(0xffn, 1_000.5e-3); // d "e"\n/* f */ "g\\"h" + 'i'`), [
    "name const",
    "name #a",
    "punctuator =",
    "name b",
    "punctuator .",
    "name c",
    "punctuator (",
    "number 0xffn",
    "punctuator ,",
    "number 1_000.5e-3",
    "punctuator )",
    "punctuator ;",
    `string "g\\"h"`,
    "punctuator +",
    "string 'i'",
  ]);
});

Deno.test("The longest operator is taken", () => {
  const text = "a >>>= b >>> c >> d >= e ??= f ?? g ?. h ? .5 : i ** j **= k !== l ... => m++ - --n";
  assertEquals(textsOf(text), text.replace("?. h", "?. h").split(" ").flatMap((part) => splitUnary(part)));
});

const splitUnary = (part: string): string[] => part === "m++" ? ["m", "++"] : part === "--n" ? ["--", "n"] : [part];

Deno.test("A slash begins a regular expression where an operand is expected, and divides elsewhere", () => {
  assertEquals(tokensOf("a / b / c").filter((token) => token.startsWith("regexp")), []);
  for (const before of ["", "(", "return ", "a = ", "typeof ", "[", "!", ", "]) {
    assertEquals(
      tokensOf(`${before}/[/"]\\/b/gu.test(c)`).find((token) => token.startsWith("regexp")),
      `regexp /[/"]\\/b/gu`,
    );
  }
  for (const before of ["(a)", "a[0]", "1", "a.b", "i++"]) {
    assertEquals(tokensOf(`${before} / 2 / 3`).at(-1), "number 3");
  }
});

Deno.test("A template is its texts and the tokens of what is put into them", () => {
  assertEquals(tokensOf("`a \\` $ b`"), ["string `a \\` $ b`"]);
  assertEquals(tokensOf("`a${ {b: `c${d}e`} }f${g}h`"), [
    "template `a${",
    "punctuator {",
    "name b",
    "punctuator :",
    "template `c${",
    "name d",
    "template }e`",
    "punctuator }",
    "template }f${",
    "name g",
    "template }h`",
  ]);
});

Deno.test("Offsets lead back to the text", () => {
  const text = "a = /* b */ `c${1}` + d";
  for (const { text: token, start, end } of tokenize(text)) assertEquals(text.slice(start, end), token);
});

Deno.test("What is no token is refused", () => {
  assertThrows(() => tokenize(`a = "b`), SyntaxError, `Expected a token at offset 4, got "b`);
  assertThrows(() => tokenize("a = `b"), SyntaxError, "at offset 4");
});
