/**
 * Measures how throughput, latency and memory depend on the concurrency and the distance of the peers, and draws a
 * chart:
 *
 * ```sh
 * deno task bench:curve [--output NAME] [--runs N] [--peers N]
 * ```
 *
 * It writes NAME.svg, the picture, and NAME.md, the numbers; by default `bench/concurrency`. `--runs` is the number of
 * runs to take the median of at each point, `--peers` the maximum number of peers. All other arguments are flags for
 * the `deno run` of the program.
 *
 * @module
 */

import { DEFAULT_SETTINGS } from "../src/scan/settings.ts";
import { drawPicture, type Panel } from "./harness/chart.ts";
import { fileLimit, OTHER_FILES } from "./harness/child.ts";
import { Commands } from "./harness/commands.ts";
import { Fleet } from "./harness/fleet.ts";
import { measurePoint, medianPoint, peersAt, type Point } from "./harness/point.ts";
import { rounds } from "./harness/statistics.ts";
import { alignTable, describeMachine } from "./harness/table.ts";
import { runTool } from "./options.ts";

const ROUND_TRIPS = [0, 50, 200];
const CONCURRENCIES = Array.from({ length: 10 }, (_, i) => 16 * 2 ** i);

/**
 * Measures as much as the limit on open files allows: besides the connections in flight, as many may be about to close.
 */
async function measureAll(commands: Commands, runs: number, most: number): Promise<Point[]> {
  const limit = await fileLimit();
  const possible = CONCURRENCIES.filter((concurrency) => 2 * concurrency + OTHER_FILES <= limit);
  const missing = CONCURRENCIES.slice(possible.length);
  if (missing.length > 0) console.error(`not measured: ${missing.join(", ")}: the file limit is ${limit} (ulimit -n)`);
  const points: Point[] = [];
  for (const roundTrip of ROUND_TRIPS) {
    await using fleet = await Fleet.start({ roundTrip });
    for (const concurrency of possible) {
      console.error(`measuring a round trip of ${roundTrip} ms, concurrency ${concurrency}`);
      const place = { roundTrip, concurrency };
      const peers = peersAt(place, most);
      points.push(medianPoint(await rounds(runs, () => measurePoint(commands, fleet.port, place, peers))));
    }
  }
  return points;
}

function draw(points: readonly Point[]): string {
  const panel = (title: string, axis: Panel["axis"], value: (point: Point) => number | null): Panel => ({
    title,
    axis,
    lines: ROUND_TRIPS.map((roundTrip) => ({
      name: `${roundTrip} ms`,
      points: points.filter((point) => point.roundTrip === roundTrip).flatMap((point) => {
        const y = value(point);
        return y === null ? [] : [{ x: point.concurrency, y }];
      }),
    })),
  });
  return drawPicture({
    title: "Handshakes per second, latency and memory by concurrency, for peers at three distances",
    xTitle: "concurrency",
    linesTitle: "round trip",
    mark: { x: DEFAULT_SETTINGS.concurrency, name: "default" },
    panels: [
      panel("handshakes per second", "logarithmic", ({ rate }) => rate),
      panel("90% end within, ms", "logarithmic", ({ slowest }) => slowest),
      panel("peak memory, MB", "linear", ({ memory }) => memory),
    ],
  });
}

function tabulate(points: readonly Point[]): string {
  return alignTable([
    ["round trip", "concurrency", "succeeded", "of peers", "per second", "90% within", "peak memory"],
    ...points.map(({ roundTrip, concurrency, success, peers, rate, slowest, memory }) => [
      `${roundTrip} ms`,
      `${concurrency}`,
      `${success}`,
      `${peers}`,
      rate.toFixed(0),
      `${slowest.toFixed(1)} ms`,
      memory === null ? "not measured" : `${memory.toFixed(0)} MB`,
    ]),
  ]);
}

await runTool("deno task bench:curve [--output NAME] [--runs N] [--peers N]", async (options) => {
  const output = options.text("--output") ?? "bench/concurrency";
  const runs = options.integer("--runs", 3, 1);
  const most = options.integer("--peers", 20_000, 1);
  using commands = new Commands(options.rest);
  const points = await measureAll(commands, runs, most);
  const text = `${describeMachine()}, medians of ${runs} runs\n\n${tabulate(points)}\n`;
  console.log(text);
  await Deno.writeTextFile(`${output}.md`, text);
  await Deno.writeTextFile(`${output}.svg`, draw(points));
});
