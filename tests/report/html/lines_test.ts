import { assertEquals, assertStringIncludes } from "@std/assert";
import { type Line, lineChart } from "../../../src/report/html/lines.ts";
import { headsOf, labelsOf, rowsOf } from "../../support/html.ts";

const START = 1_795_000_000;

const chartOf = (times: readonly number[], ...lines: Line[]) => String(lineChart({ title: "Fruit", times, lines }));

/** The class, the points and the label of each line. */
const linesOf = (chart: string) =>
  [...chart.matchAll(/<path class="(line l\d)" d="([^"]+)">\s*<title>(.*?)</g)].map(([, ...line]) => line);

/** The counts that are marked. */
const marksOf = (chart: string) => [...chart.matchAll(/text-anchor="end">([\d,]+)</g)].map(([, count]) => count);

Deno.test("A line goes from the first time to the last, from nothing at the bottom to the most at the top", () => {
  const chart = chartOf([START, START + 86_400, START + 345_600], { label: "<pears>", values: [0, 1100, 2200] });
  assertEquals(linesOf(chart), [["line l0", "M48 194L129 103L372 12", "&lt;pears&gt;"]]);
  assertStringIncludes(chart, '<path class="axis" d="M48 194H372" />');
  assertEquals(labelsOf(chart), [
    "42,156.6 end: 500",
    "42,115.3 end: 1,000",
    "42,73.9 end: 1,500",
    "42,32.5 end: 2,000",
    "48,214 start: 2026-11-18",
    "372,214 end: 2026-11-22",
  ]);
  assertStringIncludes(chart, 'viewBox="0 0 380 220" role="img" aria-label="Fruit"');
});

Deno.test("A line has a gap where there is no value, and a point is rounded to a tenth", () => {
  const values = [3, 1, null, 2, null, null];
  const times = [0, 1, 2, 3, 4, 7].map((second) => START + second);
  assertEquals(linesOf(chartOf(times, { label: "pears", values })), [
    ["line l0", "M48 12L94.3 133.3M186.9 72.7", "pears"],
  ]);
});

Deno.test("Lines over a single time, or a second, and of few or none, stay within the chart", () => {
  const path = (times: readonly number[], values: readonly number[]) =>
    linesOf(chartOf(times, { label: "pears", values }))[0]?.[1];
  assertEquals(path([START], [7]), "M48 12");
  assertEquals(path([START, START + 1], [0, 1]), "M48 194L372 12");
  assertEquals(path([START, START + 1], [0, 0]), "M48 194L372 194");
  assertEquals(marksOf(chartOf([START], { label: "pears", values: [0] })), ["1"]);
});

Deno.test("The first five lines differ, and the legend has what each is and came to", () => {
  const lines = Array.from({ length: 6 }, (_, i) => ({ label: `kind ${i}`, values: [1, i === 5 ? null : 1000 * i] }));
  const chart = chartOf([START, START + 1], ...lines);
  const classes = ["line l0", "line l1", "line l2", "line l3", "line l4", "line l0"];
  assertEquals(linesOf(chart).map(([kind]) => kind), classes);
  const legend = [...chart.matchAll(/<li>.*?<path class="(.*?)".*?<\/svg>\s*(.*?)<\/li>/gs)];
  assertEquals(legend.map(([, kind]) => kind), classes);
  assertEquals(legend.map(([, , label]) => label), [
    "kind 0 0",
    "kind 1 1,000",
    "kind 2 2,000",
    "kind 3 3,000",
    "kind 4 4,000",
    "kind 5 –",
  ]);
});

Deno.test("The numbers of a line chart are a table with a row for each time", () => {
  const lines = [{ label: "pears", values: [1, null] }, { label: "apples", values: [1234, 5] }];
  const chart = chartOf([START, START + 86_400], ...lines);
  assertEquals(headsOf(chart), ["Run of (UTC)", "#pears", "#apples"]);
  assertEquals(rowsOf(chart), [["2026-11-18 11:06", "1", "1,234"], ["2026-11-19 11:06", "–", "5"]]);
});
