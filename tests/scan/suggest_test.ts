import { assertEquals } from "@std/assert";
import { nearest } from "../../src/scan/suggest.ts";

Deno.test("nearest() finds slips of the fingers, and nothing far away", () => {
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
  ];
  for (const [word, expected] of cases) assertEquals(nearest(word, names), expected, word);
});
