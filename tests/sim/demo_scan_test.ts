import { assertEquals } from "@std/assert";
import type { ScanResult } from "../../src/scan/result.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import { type Demo, startDemo } from "../../src/sim/demo.ts";
import { DemoScan } from "../../src/sim/demo_scan.ts";
import { until } from "../support/scripted_io.ts";

const SETTINGS = withDefaults({ timeout: 500, networks: ["ipv4", "ipv6", "onion", "i2p"] });

/** The results of targets with a fault, those of others, and the summary, as letters in their order. */
function order({ faults }: Demo, results: readonly ScanResult[]): string {
  return results.map((result) => result.type === "summary" ? "s" : faults.has(result.target) ? "f" : "w").join("");
}

Deno.test("DemoScan yields the results of what works first, however long that takes, and the summary last", async () => {
  await using demo = await startDemo(SETTINGS);
  const scan = new DemoScan(demo, SETTINGS);
  const results = await Array.fromAsync(scan);
  assertEquals(order(demo, results), `${"w".repeat(22)}${"f".repeat(18)}s`);
  assertEquals([scan.progress.peers, scan.progress.success], [21, 12]);
});

Deno.test("DemoScan yields what it has held back when it is interrupted", async () => {
  await using demo = await startDemo(SETTINGS);
  const controller = new AbortController();
  const results: ScanResult[] = [];
  const scan = new DemoScan(demo, SETTINGS, controller.signal);
  // The verack of one that works is late: by then others have failed.
  until(() => scan.progress.failure > 0).then(() => controller.abort());
  for await (const result of scan) results.push(result);
  assertEquals(order(demo, results).replaceAll(/(.)\1+/g, "$1"), "wfs");
  const last = results.at(-1);
  assertEquals(last?.type === "summary" && last.interrupted, true);
});

Deno.test("DemoScan waits for no target whose name does not resolve", async () => {
  await using demo = await startDemo(SETTINGS);
  const io = { ...demo.io, resolve: () => Promise.reject(new Deno.errors.NotFound()) };
  const results = await Array.fromAsync(new DemoScan({ ...demo, io }, SETTINGS));
  assertEquals(order(demo, results), `${"w".repeat(12)}${"f".repeat(10)}s`);
});
