import { assert, assertEquals, assertThrows } from "@std/assert";
import { stripTypeScriptTypes } from "node:module";
import { changeOf, keyOf, mutate } from "./mutant.ts";
import { mutantsOf } from "./mutants.ts";

/** What the mutants of a source change, those of one kind if one is given. */
function changesOf(source: string, kind?: string): string[] {
  const mutants = mutantsOf("a.ts", source);
  for (const mutant of mutants) stripTypeScriptTypes(mutate(source, mutant));
  return mutants.filter(({ operator }) => kind === undefined || operator === kind).map(changeOf);
}

/** What is changed in what way, by kind. */
const CASES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  bound: {
    "a(b + 1 < c);": ["b + 1 < c -> b + 1 <= c"],
    "a(b <= c && d > e || f >= g);": ["b <= c -> b < c", "d > e -> d >= e", "f >= g -> f > g"],
    "a(new Map<string, Array<number>>());": [],
    "const a = (b: Set<c>): d<e> => b as f<g>;": [],
  },
  condition: {
    "if (a) b();": ["a -> true", "a -> false"],
    "if (a === b) c();": ["a === b -> true", "a === b -> false"],
    "if (a && !b && c()) d();": ["a -> true", "a && !b && c() -> false", "!b -> true", "c() -> true"],
    "if (a < 1 || b) c();": ["a < 1 -> false", "a < 1 || b -> true", "b -> false"],
    "if (!(a < 1)) c();": ["!(a < 1) -> true", "!(a < 1) -> false"],
    "if (a && (b || c)) d();": ["a -> true", "a && (b || c) -> false", "(b || c) -> true", "b -> false", "c -> false"],
    "if ((a || b) && !(c && d)) e();": [
      "(a || b) -> true",
      "(a || b) && !(c && d) -> false",
      "a -> false",
      "b -> false",
      "!(c && d) -> true",
      "c -> true",
      "d -> true",
    ],
    "const a = b ? c : d !== e ? f : g;": ["b -> true", "b -> false", "d !== e -> true", "d !== e -> false"],
    "while (a > b) c();": ["a > b -> false"],
    "for (let i = 0; i < a; i++) b(i === c);": ["i < a -> false", "i === c -> true", "i === c -> false"],
    "const a = (b) => b instanceof C;": ["b instanceof C -> true", "b instanceof C -> false"],
    "const a = (b?: number): c => b! as number > 1;": ["b! as number > 1 -> true", "b! as number > 1 -> false"],
  },
  fallback: {
    "const a = b?.c ?? d(1);": ["b?.c ?? d(1) -> d(1)"],
    "this.#a ??= b;": ["this.#a ??= b -> this.#a = b"],
  },
  arithmetic: {
    "const a = b + c * d % e ** f;": [
      "b + c * d % e ** f -> b - c * d % e ** f",
      "c * d -> c / d",
      "c * d % e ** f -> c * d * e ** f",
      "e ** f -> e * f",
    ],
    "const a = -b - -1;": ["-b -> b", "-b - -1 -> -b + -1", "-1 -> 1"],
    'const a = "b" + c;': [],
    "const a = `${b}` + c;": [],
    "a.b++; --c; d += e(f);": ["a.b++ -> a.b--", "--c -> ++c", "d += e(f) -> d -= e(f)"],
    "for (let i = 0; ; i++) a();": [],
    "async function* a(): AsyncGenerator<b> {}": [],
    "class A { *b() {} async *[c]() {} }": [],
  },
  bits: {
    "const a = b & c | d ^ ~e;": ["b & c -> b | c", "b & c | d ^ ~e -> b & c & d ^ ~e", "d ^ ~e -> d | ~e", "~e -> e"],
    "const a = b << 8 >>> c >> d;": [
      "b << 8 -> b >> 8",
      "b << 8 >>> c -> b << 8 >> c",
      "b << 8 >>> c >> d -> b << 8 >>> c << d",
    ],
    "a |= b; c >>= d;": ["a |= b -> a &= b", "c >>= d -> c <<= d"],
    "type A = B & C | D;": [],
  },
  number: {
    "const a = [0, 10, 0x0f, 5n, 0x10n, 2.5];": [
      "0 -> 1",
      "10 -> 11",
      "10 -> 9",
      "0x0f -> 0x10",
      "0x0f -> 0xe",
      "5n -> 6n",
      "5n -> 4n",
      "0x10n -> 0x11n",
      "0x10n -> 0xfn",
      "2.5 -> 5",
    ],
    "const a: 1 | 2 = b as 3;": [],
    "const a = b[i] ?? 0;": [],
    "a.toSorted((b, c) => b < c ? -1 : 1);": [],
  },
  boolean: {
    "const a = { true: false };": ["false -> true"],
  },
  "byte order": {
    "a.getUint16(0) + b.setBigUint64(c, d(1, 2),);": [
      "getUint16(0) -> getUint16(0, true)",
      "setBigUint64(c, d(1, 2),) -> setBigUint64(c, d(1, 2), true)",
    ],
    "a.getInt32(0, b); c.getUint8(0);": ["getInt32(0, b) -> getInt32(0, !b)"],
    "a.getInt32(0, true);": [],
  },
  method: {
    "Math.min(a.some(b), every(c));": ["min -> max", "some -> every"],
  },
  removed: {
    "a(); await b.c(); d = e; f++;": ["a()", "await b.c()", "d = e", "f++"],
    "const a = b(); export function c() { d(); }": ["d()"],
    "if (a) { b(); c(); } else { d(); }": ["b()", "c()", "d()"],
    "if (a) b(); if (c) { throw d; }": [],
    "if (a) b(); else c();": ["b()", "c()"],
    "for (const a of b) { if (c) continue; d(); break; }": ["d()", "break"],
    "switch (a) { case b(): c(); break; default: d(); }": ["c()", "break", "d()"],
    "class A extends B { c = d(); constructor() { super(); this.e = f; } }": ["this.e = f"],
    "do { a(); } while (b); try { c(); } catch { d(); } finally { e(); }": ["a()", "c()", "d()", "e()"],
  },
  result: {
    "function a(): number { return b; }": ["b -> 0"],
    "function a(): boolean { return b(); }": ["b() -> true", "b() -> false"],
    "function a(): boolean { return b < 1; }": ["b < 1 -> true", "b < 1 -> false"],
    "function a(b: C): b is D { return e; }": ["e -> true", "e -> false"],
    "async function a(): Promise<bigint | null> { return await b; }": ["await b -> Promise.resolve(null)"],
    "const a = (): readonly string[] => { if (b) return c; return [...d]; };": ["c -> []", "[...d] -> []"],
    "class A { b(): Uint8Array<ArrayBuffer> { return c; } }": ["c -> new Uint8Array()"],
    "function a(): string | undefined { return b; }": ["b -> undefined"],
    "function a(): B { return c.map((d) => { return e; }); }": [],
    'function a(): string { return ""; }': [],
  },
};

for (const [kind, cases] of Object.entries(CASES)) {
  for (const [source, changes] of Object.entries(cases)) {
    Deno.test(`The ${kind} mutants of ${source}`, () => assertEquals(changesOf(source, kind), changes));
  }
}

Deno.test("No mutant is in a type, a comment, a string or an import", () => {
  const source = `
    /** 1 < 2 */
    import { a, type B } from "./1.ts";
    interface C { readonly d: 1 | 2; e(f: number): true; }
    declare const g: 5;
    export type { B };
    type H<T> = T extends 3 ? 4 : never; // i = 6;
    const j = "7 > 8 && true" as const satisfies string;
  `;
  assertEquals(changesOf(source), []);
});

Deno.test("A mutant says where it is, and keeps its name when other lines change", () => {
  const source = "class A {\n  b(): void {\n    c(1);\n    d(\n      1,\n    );\n  }\n}\n";
  const mutants = mutantsOf("a.ts", source);
  const places = mutants.map(({ place, operator, lines, copy }) => `${place} ${operator} ${lines.join("-")} #${copy}`);
  assertEquals(places.toSorted(), [
    "A.b number 3-3 #1",
    "A.b number 3-3 #1",
    "A.b number 5-5 #2",
    "A.b number 5-5 #2",
    "A.b removed 3-3 #1",
    "A.b removed 4-6 #1",
  ]);
  const moved = mutantsOf("a.ts", `const e = 0;\n\n${source}`).filter(({ place }) => place === "A.b");
  assertEquals(moved.map(keyOf), mutants.map(keyOf));
  assertEquals(new Set(mutants.map(keyOf)).size, mutants.length);
});

Deno.test("A mutant changes what it says, and no more", () => {
  const source = "const a = (b: number): boolean => b < 10;\n";
  const texts = mutantsOf("a.ts", source).map((mutant) => mutate(source, mutant));
  assert(texts.includes("const a = (b: number): boolean => b <= 10;\n"));
  assert(texts.includes("const a = (b: number): boolean => b < 9;\n"));
});

Deno.test("What is no TypeScript has no mutants", () => {
  assertThrows(() => mutantsOf("a.ts", "const = ;"), SyntaxError);
});
