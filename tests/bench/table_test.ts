import { assertEquals } from "@std/assert";
import { formatTable, type Goal, measured, notMeasured, verdict } from "../../bench/harness/table.ts";

const speed: Goal = { what: "speed", unit: "", good: "high", target: 0.65, further: 0.8 };
const memory: Goal = { what: "memory", unit: "MB", good: "low", target: 120, further: 90 };

for (
  const [goal, value, expected] of [
    [speed, 0.6449, "not reached"],
    [speed, 0.645, "reached"],
    [speed, 0.79, "reached"],
    [speed, 0.8, "reached, and further"],
    [memory, 121, "not reached"],
    [memory, 120.4, "reached"],
    [memory, 90, "reached, and further"],
  ] as const
) {
  Deno.test(`A ${goal.what} of ${value} is ${expected}`, () => assertEquals(verdict(goal, value), expected));
}

Deno.test("The table says what was measured, what was not, and what is not reached", () => {
  const table = formatTable([
    measured(speed, [0.5, 0.7, 0.55], "500 a second"),
    measured(memory, [80, 85], ""),
    notMeasured(memory, "this system does not say"),
  ]);
  assertEquals(
    table,
    `
| what   | median | min to max   | target   | further |                      | from                     |
| ------ | ------ | ------------ | -------- | ------- | -------------------- | ------------------------ |
| speed  | 0.55   | 0.50 to 0.70 | ≥ 0.65   | ≥ 0.8   | not reached          | 500 a second             |
| memory | 83 MB  | 80 to 85     | ≤ 120 MB | ≤ 90 MB | reached, and further |                          |
| memory |        |              | ≤ 120 MB | ≤ 90 MB | not measured         | this system does not say |
`.trim(),
  );
});
