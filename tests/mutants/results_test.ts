import { assertEquals } from "@std/assert";
import { type Baseline, type Result, Results } from "./results.ts";

const BASELINE: Baseline = { type: "tests", key: "tests/a_test.ts", hash: "1", time: 5, lines: { "src/a.ts": [1, 2] } };
const RESULT: Result = { type: "mutant", key: "src/a.ts | b", hash: "2", verdict: "killed", by: BASELINE.key, time: 7 };

Deno.test("Results are read again, the last one of each, without a line that is cut off", async () => {
  const path = await Deno.makeTempFile();
  try {
    const results = new Results(path);
    assertEquals(results.result(RESULT.key), undefined);
    results.add(BASELINE);
    results.add(RESULT);
    results.add({ ...RESULT, verdict: "survived", by: null });
    await Deno.writeTextFile(path, `{"type":"mutant","key":"src/a.ts | c","ha`, { append: true });
    const again = new Results(path);
    assertEquals(again.result(RESULT.key), { ...RESULT, verdict: "survived", by: null });
    assertEquals(again.result("src/a.ts | c"), undefined);
    assertEquals(again.baseline(BASELINE.key, "1"), BASELINE);
    assertEquals(again.baseline(BASELINE.key, "another"), undefined);
  } finally {
    await Deno.remove(path);
  }
});
