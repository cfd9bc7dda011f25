/**
 * Line charts in a row, as an SVG picture that is readable on both light and dark pages.
 *
 * @module
 */

import { linearScale, logScale, type Scale } from "./scale.ts";

/** One line. */
export interface Line {
  /** Its name in the legend. */
  readonly name: string;
  /** Its points, from left to right; all x and, on a logarithmic axis, all y must be positive. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** One chart. */
export interface Panel {
  /** The title, which says what its vertical axis shows. */
  readonly title: string;
  /** The scale of that axis: from 0 in equal steps, or in powers of ten. */
  readonly axis: "linear" | "logarithmic";
  /** Its lines, in the same order in all panels. */
  readonly lines: readonly Line[];
}

/** A picture. */
export interface Picture {
  /** A text alternative for screen readers. */
  readonly title: string;
  /** What all horizontal axes show; they have powers of two. */
  readonly xTitle: string;
  /** What distinguishes the lines. */
  readonly linesTitle: string;
  /** A value of x to mark. */
  readonly mark: { readonly x: number; readonly name: string };
  /** The charts, from left to right. */
  readonly panels: readonly Panel[];
}

const PANEL = { width: 310, height: 310 };
/** The plot area within a panel. */
const PLOT = { left: 52, top: 62, width: 240, height: 190 };

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600 }
  .page { fill: #ffffff }
  .grid { stroke: #d0d7de }
  .mark { stroke: #57606a; stroke-dasharray: 4 4 }
  .line { fill: none; stroke-width: 2 }
  .line0 { stroke: #0969da } .dot0 { fill: #0969da }
  .line1 { stroke: #bc4c00 } .dot1 { fill: #bc4c00 }
  .line2 { stroke: #8250df } .dot2 { fill: #8250df }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .page { fill: #0d1117 }
    .grid { stroke: #30363d }
    .mark { stroke: #8b949e }
    .line0 { stroke: #58a6ff } .dot0 { fill: #58a6ff }
    .line1 { stroke: #f0883e } .dot1 { fill: #f0883e }
    .line2 { stroke: #bc8cff } .dot2 { fill: #bc8cff }
  }
`;

/** Draws the picture. */
export function drawPicture(picture: Picture): string {
  const width = PANEL.width * picture.panels.length;
  const panels = picture.panels.map((panel, i) =>
    `<g transform="translate(${i * PANEL.width} 0)">\n${drawPanel(panel, picture)}\n</g>`
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${PANEL.height}" role="img">
<title>${escape(picture.title)}</title>
<style>${STYLE}</style>
<rect class="page" width="${width}" height="${PANEL.height}"/>
${panels.join("\n")}
</svg>
`;
}

function drawPanel({ title, axis, lines }: Panel, { xTitle, linesTitle, mark }: Picture): string {
  const points = lines.flatMap(({ points }) => points);
  if (points.length === 0) return text(PLOT.left, 20, title, "title") + text(PLOT.left, 46, "not measured");
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const xScale = logScale(2, Math.min(...xs), Math.max(...xs));
  const yScale = axis === "linear" ? linearScale(Math.max(...ys)) : logScale(10, Math.min(...ys), Math.max(...ys));
  const x = (value: number) => round(PLOT.left + PLOT.width * xScale.place(value));
  const y = (value: number) => round(PLOT.top + PLOT.height * (1 - yScale.place(value)));
  return [
    text(PLOT.left, 20, title, "title"),
    text(PLOT.left, 46, linesTitle),
    ...lines.map(({ name }, i) => legend(name, i)),
    ...yScale.ticks.map((tick) => horizontal(y(tick)) + text(PLOT.left - 6, y(tick) + 4, label(tick), "", "end")),
    ...xTicks(xScale).map((tick) => text(x(tick), PLOT.top + PLOT.height + 18, label(tick), "", "middle")),
    text(PLOT.left + PLOT.width / 2, PLOT.top + PLOT.height + 38, xTitle, "", "middle"),
    vertical(x(mark.x)) + text(x(mark.x) + 4, PLOT.top + PLOT.height - 6, mark.name),
    ...lines.map(({ points }, i) => drawLine(points.map((point) => ({ x: x(point.x), y: y(point.y) })), i)),
  ].join("\n");
}

/** Every second tick, as all of them would overlap. */
function xTicks({ ticks }: Scale): number[] {
  return ticks.filter((_, i) => i % 2 === 0);
}

/** Each line has its own colour, and markers of its own shape for readers who cannot tell the colours apart. */
function drawLine(points: Line["points"], index: number): string {
  const path = points.map(({ x, y }) => `${x},${y}`).join(" ");
  return `<polyline class="line line${index}" points="${path}"/>` + points.map(({ x, y }) => dot(x, y, index)).join("");
}

function dot(x: number, y: number, index: number): string {
  const style = `class="dot${index}"`;
  switch (index % 3) {
    case 0:
      return `<circle ${style} cx="${x}" cy="${y}" r="3.5"/>`;
    case 1:
      return `<rect ${style} x="${round(x - 3)}" y="${round(y - 3)}" width="6" height="6"/>`;
    default:
      return `<path ${style} d="M${x} ${round(y - 4.5)}l4.5 4.5l-4.5 4.5l-4.5 -4.5z"/>`;
  }
}

function legend(name: string, index: number): string {
  const left = PLOT.left + 66 + index * 60;
  return dot(left + 4, 42, index) + text(left + 12, 46, name);
}

function horizontal(y: number): string {
  return `<path class="grid" d="M${PLOT.left} ${y}h${PLOT.width}"/>`;
}

function vertical(x: number): string {
  return `<path class="mark" d="M${x} ${PLOT.top}v${PLOT.height}"/>`;
}

function text(x: number, y: number, content: string, style = "", anchor: "start" | "middle" | "end" = "start"): string {
  const attributes = `${style && ` class="${style}"`}${anchor === "start" ? "" : ` text-anchor="${anchor}"`}`;
  return `<text x="${x}" y="${y}"${attributes}>${escape(content)}</text>`;
}

function label(value: number): string {
  return value.toLocaleString("en-US");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
