import { assertEquals, assertThrows } from "@std/assert";
import { tokenize } from "./lexer.ts";
import { type Group, groupsIn, nest } from "./nesting.ts";
import { placeNames } from "./places.ts";

const parse = (text: string): Group => nest(tokenize(text));

/** The kind of each brace in a text. */
const bracesOf = (text: string): string[] =>
  [...groupsIn(parse(text))].filter(({ start }) => text[start] === "{").map(({ kind }) => kind);

for (
  const [text, ...kinds] of [
    ["if (a) { b(); } else { c(); }", "block", "block"],
    ["for await (const a of b) { c(); }", "block"],
    ["try { a(); } catch { b(); } finally { c(); }", "block", "block", "block"],
    ["try { a(); } catch (error) { b(); }", "block", "block"],
    ["switch (a) { case 1: { b(); } default: c(); }", "switch", "block"],
    ["function a({ b }) { return { c }; }", "braces", "block", "braces"],
    ["const a = () => { b(); };", "block"],
    ["const a = () => ({ b });", "braces"],
    [
      "class A extends b(C) { static #d = { e: 1 }; get f() { return 1; } static { g(); } }",
      "class",
      "braces",
      "block",
      "block",
    ],
    ["const a = class { };", "class"],
    ["const a = { class: { b: 1 }, c() { return 2; } };", "braces", "braces", "block"],
    [`import { a } from "b"; export { c };`, "braces", "braces"],
    ["a(); { b(); }", "block"],
    ["const { a = { b: 1 } } = c;", "braces", "braces"],
    ["`a${b}c${{ d: 1 }}`;", "braces"],
  ] as const
) {
  Deno.test(`The braces of ${text} are ${kinds.join(", ")}`, () => assertEquals(bracesOf(text), kinds));
}

Deno.test("Each ${} of a template is a group", () => {
  const groups = [...groupsIn(parse("a(`b${c}d${e + `${f}`}g`);"))].filter(({ kind }) => kind === "substitution");
  assertEquals(groups.map(({ nodes }) => nodes.length), [1, 3, 1]);
});

Deno.test("Brackets without a partner are refused", () => {
  for (const text of ["(a", "a)", "`${a", "{ ( }"]) assertThrows(() => parse(text), SyntaxError);
});

Deno.test("A place is named after its declaration, and after its class", () => {
  const text = `start();
    export const a = { in: 1 }, b = 2;
    export default async function* c() { const d = 3; if (d) { e(4); } }
    export class F extends G { static #h = 5; async *[i]() { j(6); } get k() { return 7; } set(l) { m(8); } }
    const n = (o) => { p(9); };
    for (const q of r) { s(10); }`;
  const placeAt = placeNames(parse(text));
  const places = [...text.matchAll(/\b\d+/g)].map(({ index }) => placeAt(index));
  assertEquals(places, ["a", "a", "c", "c", "F.#h", "F.[]", "F.k", "F.set", "n", ""]);
  assertEquals(placeAt(0), "");
});
