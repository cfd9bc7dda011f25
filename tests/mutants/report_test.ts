import { assertEquals } from "@std/assert";
import { type Exception, isExempt } from "./exception.ts";
import type { Mutant } from "./mutant.ts";
import { mutantsOf } from "./mutants.ts";
import { describeMutant, type Known, reportTable } from "./report.ts";

const SOURCE = "class A {\n  b() {\n    c(1);\n  }\n}\n";
const [CALL, UP, DOWN] = mutantsOf("src/d/e.ts", SOURCE) as [Mutant, Mutant, Mutant];

Deno.test("A mutant is described in one line", () => {
  assertEquals([CALL, UP].map(describeMutant), [
    "src/d/e.ts:3  A.b  removed: c(1)",
    "src/d/e.ts:3  A.b  number: 1 -> 2",
  ]);
});

Deno.test("The table counts what became of the mutants of each folder", () => {
  const verdicts = ["killed", "timed out", "survived", "unreached", "exempt", "mistyped", null] as const;
  const known = verdicts.map((verdict): Known => ({ mutant: CALL, verdict }));
  const table = reportTable([...known, { mutant: { ...CALL, file: "main.ts" }, verdict: "killed" }]);
  assertEquals(table.split("\n"), [
    "folder  mutants  killed  timed out  survived  exempt  invalid  not tried",
    ".             1       1          0         0       0        0          0",
    "src/d         7       1          1         2       1        1          1",
    "all           8       2          1         2       1        1          1",
  ]);
});

for (
  const [exception, expected] of [
    [{ file: "src/d/e.ts" }, [true, true, true]],
    [{ file: "src/d/" }, [true, true, true]],
    [{ file: "src/d" }, [false, false, false]],
    [{ file: "src/d/e.ts", place: "A" }, [true, true, true]],
    [{ file: "src/d/e.ts", place: "A.b", operator: "number" }, [false, true, true]],
    [{ file: "src/d/e.ts", place: "A.c" }, [false, false, false]],
    [{ file: "src/d/e.ts", changes: ["1 -> 0"] }, [false, false, true]],
    [{ file: "src/d/e.ts", changes: ["c(1)", "other"] }, [true, false, false]],
    [{ file: "src/d/e.ts", changes: ["1 -> 0 #1"] }, [false, false, true]],
    [{ file: "src/d/e.ts", changes: ["1 -> 0 #2"] }, [false, false, false]],
  ] as readonly (readonly [Omit<Exception, "reason">, boolean[]])[]
) {
  Deno.test(`An exception for ${JSON.stringify(exception)} is one for these alone`, () => {
    const found = [CALL, UP, DOWN].map((mutant) => isExempt(mutant, { ...exception, reason: "" }));
    assertEquals(found, expected);
  });
}

Deno.test("An exception for the second of mutants that are alike is one for that alone", () => {
  const exception: Exception = { file: "src/d/e.ts", changes: ["1 -> 0 #2"], reason: "" };
  assertEquals([DOWN, { ...DOWN, copy: 2 }].map((mutant) => isExempt(mutant, exception)), [false, true]);
});
