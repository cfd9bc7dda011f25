import { assertEquals } from "@std/assert";
import { checkLine, unknownFinding, withProblems } from "../../../src/report/check/line.ts";

Deno.test("checkLine() says the state, the text, and then the performance data", () => {
  const performance = [
    { label: "peers", value: 2, min: 0, max: 3 },
    { label: "time", value: 0.25, unit: "s", warning: "1", critical: "5" },
    { label: "unknown", value: null },
    { label: "bare", value: -1 },
  ] as const;
  const line = checkLine({ state: "WARNING", text: "so and so", performance });
  assertEquals(line, "BITCOIN WARNING: so and so | peers=2;;;0;3 time=0.25s;1;5 bare=-1");
});

Deno.test("checkLine() without performance data has no bar, and none comes from the text", () => {
  assertEquals(checkLine(unknownFinding("a|b\nc")), "BITCOIN UNKNOWN: a\\x7cb\\x0ac");
});

Deno.test("checkLine() quotes a label with a space, and keeps none that would end it", () => {
  const performance = ["a b", "it's=|", "x\n"].map((label) => ({ label, value: 1 }));
  assertEquals(checkLine({ state: "OK", text: "", performance }), "BITCOIN OK:  | 'a b'=1 it_s__=1 'x\\x0a'=1");
});

Deno.test("withProblems() names the first five, and counts the others", () => {
  assertEquals(withProblems("sum", []), "sum");
  assertEquals(withProblems("sum", [..."abcde"]), "sum; a; b; c; d; e");
  assertEquals(withProblems("sum", [..."abcdef"]), "sum; a; b; c; d; e; and 1 more");
  assertEquals(withProblems("sum", [..."abcdefg"]), "sum; a; b; c; d; e; and 2 more");
});
