import { assertEquals } from "@std/assert";
import { isChanged, readDiff } from "./changed.ts";
import { mutantsOf } from "./mutants.ts";

const DIFF = `diff --git a/src/a.ts b/src/a.ts
--- a/src/a.ts
+++ b/src/a.ts
@@ -1 +2,2 @@ function b() {
-x
+y
+z
@@ -9,2 +11 @@
@@ -20,3 +21,0 @@
--- a/src/c.ts
+++ /dev/null
@@ -1,3 +0,0 @@
`;

Deno.test("The changed lines are read from a diff without context", () => {
  assertEquals(readDiff(DIFF).get("src/a.ts"), [[2, 3], [11, 11]]);
});

Deno.test("A mutant is changed when one of its lines is", () => {
  const lines = readDiff(DIFF);
  const mutants = mutantsOf("src/a.ts", "\n\n\na(\n);\n\n\n\nb(\n);\nc(\n);\n").filter(({ operator }) =>
    operator === "removed"
  );
  assertEquals(mutants.map((mutant) => [mutant.from, isChanged(mutant, lines)]), [
    ["a( )", false],
    ["b( )", false],
    ["c( )", true],
  ]);
});
