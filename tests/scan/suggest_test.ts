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
