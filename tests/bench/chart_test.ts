import { assertEquals, assertStringIncludes } from "@std/assert";
import { drawPicture } from "../../bench/harness/chart.ts";

const picture = drawPicture({
  title: "Speed & memory by <concurrency>",
  xTitle: "concurrency",
  linesTitle: "round trip",
  mark: { x: 64, name: "default" },
  panels: [
    {
      title: "speed",
      axis: "logarithmic",
      lines: [
        { name: "near", points: [{ x: 16, y: 10 }, { x: 64, y: 100 }, { x: 256, y: 1000 }] },
        { name: "far", points: [{ x: 16, y: 1000 }, { x: 256, y: 10 }] },
      ],
    },
    { title: "memory", axis: "linear", lines: [{ name: "near", points: [{ x: 16, y: 0 }, { x: 256, y: 200 }] }] },
    { title: "nothing", axis: "linear", lines: [{ name: "near", points: [] }] },
  ],
});

/** The numbers in all matches of a pattern. */
const numbers = (pattern: RegExp): number[][] =>
  [...picture.matchAll(pattern)].map(([, text = ""]) => text.split(/[ ,]/).map(Number));

Deno.test("Points go from left to right, and greater values stand higher", () => {
  const [rising = [], falling = [], memory = []] = numbers(/<polyline [^>]*points="([^"]*)"/g);
  const [left = 0, bottom = 0, middleX, middleY, right = 0, top = 0] = rising;
  assertEquals([left < right, top < bottom], [true, true]);
  assertEquals(falling, [left, top, right, bottom]);
  assertEquals(memory, [left, bottom, right, top]);
  assertEquals([middleX, middleY], [(left + right) / 2, (bottom + top) / 2]);
});

Deno.test("The marked value is in every chart", () => {
  const marks = numbers(/class="mark" d="M([\d.]+) /g);
  const [[, , middle] = []] = numbers(/<polyline [^>]*points="([^"]*)"/g);
  assertEquals(marks, [[middle], [middle]]);
});

Deno.test("The picture has a background and colours of its own for light and for dark", () => {
  assertStringIncludes(picture, '<rect class="page"');
  assertStringIncludes(picture, "@media (prefers-color-scheme: dark)");
});

Deno.test("Text is escaped, and the picture says what it shows", () => {
  assertStringIncludes(picture, "<title>Speed &amp; memory by &lt;concurrency></title>");
});

Deno.test("A chart without a value says so", () => {
  assertStringIncludes(picture, ">not measured</text>");
  assertEquals(/NaN|Infinity/.test(picture), false);
});
