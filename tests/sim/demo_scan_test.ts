import { assertEquals } from "@std/assert";
import { formatEndpoint } from "../../src/net/endpoint.ts";
import type { ScanResult } from "../../src/scan/result.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import { type Demo, startDemo } from "../../src/sim/demo.ts";
import { DemoScan } from "../../src/sim/demo_scan.ts";
import { parseTarget } from "../../src/scan/target.ts";
import { versionMessage } from "../support/messages.ts";
import { osError, ScriptedConnection, scriptedIo, until, untilAborted } from "../support/scripted_io.ts";
import { stream } from "../support/stream.ts";
import type { VirtualClock } from "../support/virtual_clock.ts";

const SETTINGS = withDefaults({ timeout: 500, networks: ["ipv4", "ipv6", "onion", "i2p"] });

const WORKING = "192.0.2.1:8333";
const REFUSING = "198.51.100.1:8333";
const SILENT = "203.0.113.1:8333";

const ANSWER = await stream([versionMessage(), { type: "verack" }]);

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

/** A demo in virtual time with a peer that works once it is told to, one that refuses, and one that is silent. */
function scripted(
  working = WORKING,
): { demo: Demo; work: () => void; clock: VirtualClock } {
  const connection = new ScriptedConnection();
  const io = scriptedIo({
    connect: (endpoint, signal) => {
      const target = formatEndpoint(endpoint);
      if (target === REFUSING) return Promise.reject(osError("ECONNREFUSED"));
      return target === SILENT ? untilAborted(signal) : Promise.resolve(connection);
    },
    resolve: () => Promise.reject(new Deno.errors.NotFound()),
  });
  const targets = [working, REFUSING, SILENT].map((text) => parseTarget(text));
  const faults = new Map([[REFUSING, "refuses"], [SILENT, "is silent"]]);
  const settings = { nameServer: { ipAddr: "127.0.0.1", port: 53 }, onion: [], i2psam: { host: "127.0.0.1", port: 1 } };
  const demo = { targets, faults, io, settings, [Symbol.asyncDispose]: () => Promise.resolve() };
  return { demo, work: () => connection.say(ANSWER), clock: io.clock };
}

/** The results so far, by their targets. */
function collect(scan: DemoScan): { readonly got: readonly string[]; readonly end: Promise<void> } {
  const got: string[] = [];
  const run = async () => {
    for await (const result of scan) got.push(result.type === "summary" ? "summary" : result.target);
  };
  return { got, end: run() };
}

Deno.test("DemoScan holds back what fails until all that works is there, and no longer", async () => {
  const { demo, work, clock } = scripted();
  const scan = new DemoScan(demo, SETTINGS);
  const { got, end } = collect(scan);
  await until(() => scan.progress.failure === 1);
  assertEquals(got, []);
  work();
  await until(() => got.length >= 2);
  assertEquals([got, scan.progress.failure], [[WORKING, REFUSING], 1]);
  clock.advance(500);
  await end;
  assertEquals(got, [WORKING, REFUSING, SILENT, "summary"]);
});

Deno.test("DemoScan does not wait for a name that leads nowhere", async () => {
  const { demo, clock } = scripted("gone.example:8333");
  const scan = new DemoScan(demo, SETTINGS);
  const { got, end } = collect(scan);
  await until(() => got.length >= 2);
  assertEquals(got.toSorted(), [REFUSING, "gone.example:8333"]);
  clock.advance(500);
  await end;
  assertEquals(got.slice(2), [SILENT, "summary"]);
});

Deno.test("DemoScan yields what it has held back when it is interrupted", async () => {
  const { demo, clock } = scripted();
  const controller = new AbortController();
  const scan = new DemoScan(
    demo,
    { ...SETTINGS, timeout: 60_000 },
    controller.signal,
  );
  const { got, end } = collect(scan);
  await until(() => scan.progress.failure === 1);
  clock.advance(1);
  controller.abort();
  await end;
  assertEquals(got, [REFUSING, "summary"]);
});

Deno.test("DemoScan waits for no target whose name does not resolve", async () => {
  await using demo = await startDemo(SETTINGS);
  const io = { ...demo.io, resolve: () => Promise.reject(new Deno.errors.NotFound()) };
  const results = await Array.fromAsync(new DemoScan({ ...demo, io }, SETTINGS));
  assertEquals(order(demo, results), `${"w".repeat(12)}${"f".repeat(10)}s`);
});
