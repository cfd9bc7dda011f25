import { assertEquals, assertStringIncludes } from "@std/assert";
import { barChart, type BarRow, shareBar } from "../../../src/report/html/bars.ts";
import {
  heightChart,
  outcomeChart,
  serviceChart,
  timeCharts,
  userAgentChart,
} from "../../../src/report/html/charts.ts";
import { histogram, scale } from "../../../src/report/html/histogram.ts";
import { sampleRun } from "../../support/sample_run.ts";
import { headsOf, labelsOf, rowsOf } from "../../support/html.ts";

const { peers } = sampleRun(1);
const [PEER] = peers;
if (PEER === undefined) throw new Error("Expected a peer");

const chartOf = (rows: readonly BarRow[]) =>
  String(barChart({ caption: "Fruit", label: "Kind", rows, whole: 1000, kind: "kinds" }));

Deno.test("A bar is as long as its share of the whole, and one too short to be seen is lengthened, unless it is 0", () => {
  const width = (part: number) => /width="([\d.]+)" height/.exec(String(shareBar(part, 1000)))?.[1];
  assertEquals([0, 1, 250, 1000].map(width), ["0.00", "0.40", "25.00", "100.00"]);
  assertStringIncludes(String(shareBar(250, 1000)), "25%");
  assertStringIncludes(String(shareBar(0, 0)), "–");
});

Deno.test("A bar chart has its numbers as text", () => {
  const chart = chartOf([{ label: "apples", count: 700 }, { label: "pears", count: 300, note: "green" }]);
  assertEquals(rowsOf(chart), [["apples", "700", "70%"], ["pears green", "300", "30%"]]);
  assertStringIncludes(chart, "<caption>Fruit</caption>");
  assertEquals(headsOf(chart), ["Kind", "#Peers", "Share"]);
  assertEquals(chart.match(/<small>.*?<\/small>/g), ["<small>green</small>"]);
});

Deno.test("A bar chart folds away all rows after the twelfth, and lists no more than 200 of these", () => {
  const rows = Array.from({ length: 300 }, (_, i) => ({ label: `kind ${i}`, count: 1 }));
  assertEquals(rowsOf(chartOf(rows.slice(0, 13))).length, 13);
  assertEquals(chartOf(rows.slice(0, 13)).includes("<details>"), false);
  const [open = "", folded = ""] = chartOf(rows).split("<details>");
  assertEquals(rowsOf(open).length, 13);
  assertEquals(rowsOf(open).at(-1), ["288 other kinds", "288", "28%"]);
  assertEquals(rowsOf(folded).length, 201);
  assertEquals(rowsOf(folded).at(0), ["kind 12", "1", "&lt;1%"]);
  assertEquals(rowsOf(folded).at(-1), ["88 more, not listed", "88", "8%"]);
  assertEquals(rowsOf(chartOf(rows.slice(0, 14)).split("<details>")[0] ?? "").at(-1)?.[0], "2 other kinds");
  const last = (count: number) => rowsOf(chartOf(rows.slice(0, count))).at(-1)?.[0];
  assertEquals([212, 213].map(last), ["kind 211", "1 more, not listed"]);
});

Deno.test("The chart of outcomes shows each error, success without verack and success, failures first", () => {
  const error = (phase: "connect" | "verack") => ({ code: "timeout", phase, message: "" }) as const;
  const success = { ...PEER, success: true, verack: true, error: null };
  const outcomes = [
    success,
    success,
    { ...success, verack: false },
    { ...PEER, success: false, error: error("connect") },
    { ...PEER, success: false, error: error("connect") },
    { ...PEER, success: false, error: error("verack") },
    { ...PEER, success: false, error: { ...error("connect"), code: "connection_refused" } as const },
  ];
  assertEquals(rowsOf(String(outcomeChart(outcomes))), [
    ["timeout connect 2, verack 1", "3", "42%"],
    ["connection_refused connect", "1", "14%"],
    ["success, no verack", "1", "14%"],
    ["success", "2", "28%"],
  ]);
});

Deno.test("The charts of user agents, services and heights say what is unknown", () => {
  const some = [
    { ...PEER, subver: "/a/", servicesnames: ["NETWORK", "WITNESS"], startingheight: 940_000 },
    { ...PEER, subver: "/a/", servicesnames: ["WITNESS"], startingheight: 939_000 },
    { ...PEER, subver: null, servicesnames: [], startingheight: null },
    { ...PEER, subver: "/a<b/", servicesnames: null, startingheight: 940_000 },
  ];
  assertEquals(rowsOf(String(userAgentChart(some))), [
    ["/a/", "2", "50%"],
    ["(none)", "1", "25%"],
    ["/a&lt;b/", "1", "25%"],
  ]);
  assertEquals(rowsOf(String(serviceChart(some))), [["WITNESS", "2", "50%"], ["NETWORK", "1", "25%"]]);
  const heights = String(heightChart(some));
  assertEquals(rowsOf(heights), [
    ["at the median height", "2", "50%"],
    ["145 to 1,008 behind, up to a week", "1", "25%"],
    ["no height announced", "1", "25%"],
  ]);
  assertStringIncludes(heights, "Median height 940000, lowest 939000, highest 940000.");
  const many = Array.from({ length: 200 }, (_, i) => ({ ...PEER, startingheight: 940_001 + i }));
  assertStringIncludes(String(heightChart(many)), "Median height 940100, lowest 940001, highest 940200.");
  assertEquals(String(heightChart([{ ...PEER, startingheight: null }])).includes("Median height"), false);
});

Deno.test("A histogram has its numbers and its percentiles as text, and its bars on the axis", () => {
  const chart = String(histogram({ title: "TCP connect", times: [10, 10, 20, 999.9], range: [1, 3] }));
  assertEquals(rowsOf(chart), [["10 ms", "12.5 ms", "2"], ["20 ms", "25 ms", "1"], ["800 ms", "1 s", "1"]]);
  assertEquals(pointsOf(chart), ["Fastest 10 ms", "Median 10 ms", "Slowest 1 s"]);
  assertStringIncludes(chart, 'aria-label="TCP connect: median 10 ms"');
  const bars = [...chart.matchAll(/<rect class="plain" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g)];
  assertEquals(bars.map(([, ...numbers]) => numbers.map(Number)), [
    [42.5, 26, 14.7, 148],
    [91.3, 100, 14.7, 74],
    [350.8, 100, 14.7, 74],
  ]);
});

/** What stands beneath a histogram. */
function pointsOf(chart: string): string[] {
  return [...chart.matchAll(/<dt>(.+?)<\/dt>\s*<dd>(.+?)<\/dd>/g)].map(([, label, time]) => `${label} ${time}`);
}

/** The labels of a histogram with their places, and its lines. */
function marksOf(chart: string) {
  const lines = (name: string) =>
    [...chart.matchAll(new RegExp(`<path class="${name}" d="(.*?)"`, "g"))].map(([, line]) => line);
  return {
    labels: labelsOf(chart),
    grid: lines("grid"),
    axis: lines("axis"),
    median: lines("median"),
  };
}

Deno.test("A histogram has marks of its decades and of round counts, and one of the median on the side with more room", () => {
  const draw = (...times: number[]) => marksOf(String(histogram({ title: "TCP connect", times, range: [1, 3] })));
  const axes = ["36,30 end: 1", "42,194 middle: 10 ms", "204,194 middle: 100 ms", "380,194 end: 1 s"];
  const grid = ["M42 26H366"];
  const axis = ["M42 174H366", "M42 174v5", "M204 174v5", "M366 174v5"];
  const cases: [time: number, label: string, line: string][] = [
    [10, "47,16 start: median 10 ms", "M42 8V174"],
    [50, "160.2,16 start: median 50 ms", "M155.2 8V174"],
    [1000, "361,16 end: median 1 s", "M366 8V174"],
    [0, "47,16 start: median 0 ms", "M42 8V174"],
  ];
  for (const [time, label, line] of cases) {
    assertEquals(draw(time), { labels: [...axes, label], grid, axis, median: [line] });
  }
  assertEquals(draw(), { labels: axes, grid, axis, median: [] });
  assertEquals(draw(10, 10, 10).labels.slice(0, 3), ["36,128.7 end: 1", "36,79.3 end: 2", "36,30 end: 3"]);
});

Deno.test("A histogram's numbers are aligned as such", () => {
  const chart = String(histogram({ title: "TCP connect", times: [10], range: [1, 2] }));
  assertEquals(headsOf(chart), ["From", "To less than", "#Peers"]);
  assertStringIncludes(chart, "<title>10 ms to 12.5 ms: 1</title>");
});

Deno.test("A histogram shows no percentile with fewer than two values beyond it", () => {
  const points = (count: number) => {
    const times = Array.from({ length: count }, (_, i) => i + 1);
    return pointsOf(String(histogram({ title: "TCP connect", times, range: [0, 3] }))).join(", ");
  };
  assertEquals(points(11), "Fastest 1 ms, Median 6 ms, Slowest 11 ms");
  assertEquals(points(19), "Fastest 1 ms, Median 10 ms, Slowest 19 ms");
  assertEquals(points(20), "Fastest 1 ms, 10% within 2 ms, Median 10 ms, 90% within 18 ms, Slowest 20 ms");
  assertStringIncludes(points(200), "90% within 180 ms, 99% within 198 ms, Slowest 200 ms");
});

Deno.test("scale() maps the ends to the ends, and values between in proportion", () => {
  assertEquals([0, 5, 10].map((value) => scale(value, 0, 10, 200, 100)), [200, 150, 100]);
});

Deno.test("Both histograms of times have the same axis", () => {
  const peer = { ...PEER, connect_ms: 2, handshake_ms: 4000 };
  const charts = String(timeCharts([peer, { ...peer, connect_ms: null }])).split("<figure>").slice(1);
  const axes = charts.map((chart) =>
    [...chart.matchAll(/text-anchor="(?:middle|end)">(\d+ m?s)</g)].map(([, time]) => time)
  );
  assertEquals(axes, [["1 ms", "10 ms", "100 ms", "1 s", "10 s"], ["1 ms", "10 ms", "100 ms", "1 s", "10 s"]]);
  assertEquals(charts.map(rowsOf), [[["2 ms", "2.5 ms", "1"]], [["4 s", "5 s", "2"]]]);
});
