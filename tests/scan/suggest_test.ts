import { assertEquals } from "@std/assert";
import { nearest } from "../../src/scan/suggest.ts";

Deno.test("nearest() finds typos, and nothing far away", () => {
  const names = ["--timeout", "--targets", "--port", "--relabel", "--relay", "--quiet"];
  const cases: [string, string | undefined][] = [
    ["--tiemout", "--timeout"],
    ["--time-out", "--timeout"],
    ["--prot", "--port"],
    ["--pxxt", "--port"],
    ["--relat", "--relay"],
    ["--target", "--targets"],
    ["--verbose", undefined],
    ["--", undefined],
    ["--qiuet", "--quiet"],
  ];
  for (const [word, expected] of cases) assertEquals(nearest(word, names), expected, word);
});

Deno.test("nearest() counts a swap as one typo, and does not guess at short words", () => {
  const words = ["v1", "v2", "csv", "text", "ndjson"];
  const cases: [string, string | undefined][] = [
    ["cvs", "csv"],
    ["txet", "text"],
    ["json", "ndjson"],
    ["v3", undefined],
    ["ab", undefined],
    ["xml", undefined],
  ];
  for (const [word, expected] of cases) assertEquals(nearest(word, words), expected, word);
});

Deno.test("nearest() allows for two typos in short words, and for one in three characters of longer ones", () => {
  const cases: [word: string, candidate: string, isNear: boolean][] = [
    ["xxlay", "relay", true],
    ["xxxay", "relay", false],
    ["xyrelay", "relay", true],
    ["xyzrelay", "relay", false],
    ["lay", "relay", true],
    ["ay", "relay", false],
    ["abcdefxxx", "abcdefghi", true],
    ["abcdexxxx", "abcdefghi", false],
    ["xx", "hold", false],
    ["xxld", "hold", false],
  ];
  for (const [word, candidate, isNear] of cases) {
    assertEquals(nearest(word, [candidate]), isNear ? candidate : undefined, word);
  }
});

/** How many typos apart two texts are: with three more, how long they can be before that is one in three characters. */
function typos(a: string, b: string): number {
  for (let length = 0;; length++) {
    const same = "-".repeat(length);
    const candidate = `${same}222=${b}`;
    if (nearest(`${same}111=${a}`, [candidate]) !== undefined) return candidate.length / 3 - 3;
  }
}

Deno.test("nearest() counts insertions, deletions, replacements and swaps, each character in at most one", () => {
  const cases: [a: string, b: string, count: number][] = [
    ["abc", "abc", 0],
    ["abc", "abd", 1],
    ["abc", "ab", 1],
    ["ab", "abc", 1],
    ["bc", "abc", 1],
    ["abc", "bc", 1],
    ["ab", "ba", 1],
    ["abc", "acb", 1],
    ["abcd", "badc", 2],
    ["abab", "baba", 2],
    ["ab", "cb", 1],
    ["ab", "bc", 2],
    ["ab", "ca", 2],
    ["ca", "abc", 3],
    ["kitten", "sitting", 3],
    ["", "abc", 3],
    ["abc", "", 3],
  ];
  for (const [a, b, count] of cases) assertEquals(typos(a, b), count, `${a} ${b}`);
});
