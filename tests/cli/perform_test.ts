import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import { PermissionError } from "../../src/cli/errors.ts";
import { OutputError } from "../../src/cli/output.ts";
import type { PrinterMaker } from "../../src/cli/printer.ts";
import type { AnyResult } from "../../src/report/records.ts";
import { SEEDS_HEADER } from "../../src/report/seeds.ts";
import type { SeedResult } from "../../src/scan/result.ts";
import { ipHosts } from "../support/addresses.ts";
import { exists } from "../support/documents.ts";
import { temporaryFile } from "../support/folder.ts";
import { type Circumstances, performed, type World } from "../support/performed.ts";
import { replaced } from "../support/replaced.ts";
import { until } from "../support/scripted_io.ts";
import { auditResultOf, failedPeerResultOf, peerResultOf, summaryResultOf } from "../support/results.ts";

const SUMMARY = summaryResultOf({ success: 1, failure: 0, errors: new Map() });

function seedOf(target: string, fields: Partial<SeedResult["resolution"]> = {}): SeedResult {
  return { type: "seed", target, resolution: { addresses: [], error: null, failures: [], elapsed: 1, ...fields } };
}

const failureOf = (message: string) => ({ code: "dns_failure", phase: "dns", message }) as const;

const RESULTS: readonly AnyResult[] = [peerResultOf(), auditResultOf(), summaryResultOf()];

Deno.test("perform() ends with the highest status that a result asks for, and ends the job", async () => {
  const statuses: { readonly [T in AnyResult["type"]]?: number }[] = [{}, { peer: 1 }, { audit: 2, summary: 1 }];
  for (const [i, status] of statuses.entries()) {
    let disposed = 0;
    const task = { [Symbol.asyncDispose]: () => Promise.resolve(void disposed++) };
    const statusOf = ({ type }: AnyResult) => status[type] ?? 0;
    assertEquals([(await performed([], RESULTS, { job: { statusOf }, task })).ending, disposed], [i, 1]);
  }
});

Deno.test("perform() does not end with 0 when targets could not be read", async () => {
  const ending = async (status: number) =>
    (await performed([], RESULTS, { job: { statusOf: () => status }, task: { failed: () => true } })).ending;
  assertEquals([await ending(0), await ending(2)], [1, 2]);
});

Deno.test("perform() prints every record, once, with the printer of the format", async () => {
  for (const format of ["text", "ndjson", "csv"] as const) {
    const none = () => () => {};
    const own: PrinterMaker = ({ write }) => ({ type }) => write(`${format} ${type}\n`);
    const printers = { text: none, ndjson: none, csv: none, [format]: own };
    const { stdout } = await performed(["--format", format], RESULTS, { job: { printers } });
    assertEquals(stdout, `${format} peer\n${format} audit\n${format} summary\n`);
  }
});

Deno.test("perform() ends a check with the status of its state, whatever the results ask for", async () => {
  const check = (circumstances: Circumstances) => performed(["--check"], RESULTS, circumstances);
  assertEquals((await check({ job: { statusOf: () => 1 } })).ending, 0);
  assertEquals((await check({ task: { failed: () => true } })).ending, 3);
});

Deno.test("perform() logs what names resolve to, and warns of those that do not, in part or at all", async () => {
  const lost = seedOf("lost.example", { error: failureOf("no answer") });
  const half = seedOf("half.example", {
    addresses: ipHosts("192.0.2.1", "192.0.2.2"),
    failures: [{ network: "ipv6", error: failureOf("no AAAA") }],
  });
  const results = [lost, half, SUMMARY];
  const warnings = ["WARN cannot resolve lost.example: no answer", "WARN cannot fully resolve half.example: no AAAA"];
  assertEquals((await performed([], results)).remarks, warnings);
  const { remarks } = await performed(["--log-level", "debug"], results);
  assertEquals(remarks, [warnings[0], "DEBUG half.example resolved to 2 addresses", warnings[1]]);
  const complaints: string[][] = [];
  const complain = (...complaint: string[]) => void complaints.push(complaint);
  assertEquals((await performed([], results, { task: { complain } })).remarks, []);
  assertEquals(complaints, [
    ["cannot resolve lost.example: no answer", "lost.example"],
    ["cannot fully resolve half.example: no AAAA", "half.example"],
  ]);
});

Deno.test("perform() says how many connections are held open, and for how long", async () => {
  const held = async (held: number) => (await performed(["--hold", "30"], [SUMMARY], { progress: { held } })).remarks;
  const advice = "held open for up to 30 s; press Ctrl-C to end now";
  assertEquals([await held(0), await held(1), await held(2)], [[], [`INFO 1 connection ${advice}`], [
    `INFO 2 connections ${advice}`,
  ]]);
});

Deno.test("perform() counts the failures at the end for who reads no line of each", async () => {
  const results = [summaryResultOf()];
  const counts = "WARN Handshakes failed: timeout=19";
  assertEquals((await performed(["--quiet"], results)).remarks, [counts]);
  assertEquals((await performed(["--quiet", "--format", "csv"], results)).remarks, []);
  assertEquals((await performed([], results)).remarks, []);
});

Deno.test("perform() says when all peers seem to be on another chain, or out of this machine's reach", async () => {
  const stray = failedPeerResultOf("wrong_network", "version", { connectTime: 1, bytesReceived: 126 });
  assertEquals((await performed(["--chain", "signet"], [stray, SUMMARY])).remarks, [
    "WARN the only peer we connected to behaved like a node on another chain: is --chain signet right?",
  ]);
  const error = { code: "host_unreachable", phase: "connect", message: "no route", noRoute: true } as const;
  const results = [...Array(5).fill(failedPeerResultOf("host_unreachable", "connect", { error })), SUMMARY];
  const { remarks } = await performed([], results);
  assertEquals([remarks.length, remarks[0]?.startsWith("WARN this machine has no IPv4: ")], [1, true]);
  for (const kind of ["audit", "crawl"] as const) {
    assertEquals((await performed([], results, { job: { kind } })).remarks, []);
  }
});

Deno.test("perform() says what a signal left undone, and ends with the signal's status", async () => {
  const between = (taken: number, world: World) => {
    if (taken === 1) world.send("SIGTERM");
  };
  const results = [peerResultOf(), { ...SUMMARY, interrupted: true }];
  const interrupted = (...args: readonly string[]) => performed(args, results, { between, progress: { peers: 4 } });
  const { ending, stdout, remarks } = await interrupted();
  assertEquals([ending, stdout], [143, "peer\nsummary\n"]);
  assertEquals(remarks, ["WARN Interrupted: 3 of 4 peers not finished"]);
  const check = await interrupted("--check");
  assertEquals([check.ending, check.stdout], [3, "BITCOIN UNKNOWN: interrupted before all peers were done\n"]);
});

Deno.test("perform() ends a check at the second signal with the status of an unknown state", async () => {
  const between = (_: number, world: World) => world.send("SIGINT");
  const results = [peerResultOf(), SUMMARY];
  assertEquals((await performed(["--check"], results, { between })).exits, [3, 3]);
  assertEquals((await performed([], results, { between })).exits, [130, 130]);
});

Deno.test("perform() throws when the results cannot be written, unless a signal ended the run", async () => {
  const between = (_: number, world: World) => world.send("SIGHUP");
  const results = [peerResultOf(), SUMMARY];
  const failure = new Error("No space left on device");
  assert((await performed([], results, { failure })).ending instanceof OutputError);
  assertEquals((await performed([], results, { failure, between })).ending, 129);
  assert((await performed(["--check"], results, { failure })).ending instanceof OutputError);
  assert((await performed(["--check"], results, { failure, between })).ending instanceof OutputError);
});

Deno.test("perform() writes the page of what it has, unless who reads the results has seen enough", async () => {
  const between = (_: number, world: World) => world.send("SIGHUP");
  const results = [peerResultOf(), SUMMARY];
  const cases: (readonly [Circumstances, isWritten: boolean])[] = [
    [{}, true],
    [{ between }, true],
    [{ failure: new Error("No space left on device") }, true],
    [{ failure: new Deno.errors.BrokenPipe() }, false],
    [{ failure: new Deno.errors.BrokenPipe(), between }, true],
  ];
  for (const [circumstances, isWritten] of cases) {
    using file = temporaryFile("page.html");
    await performed(["--report", file.path], results, circumstances);
    assertEquals(exists(file.path), isWritten);
    if (isWritten) assertStringIncludes(Deno.readTextFileSync(file.path), "250.1.0.1:8333");
  }
});

Deno.test("perform() shows the progress on a terminal while no result is written, until all are there", async () => {
  const shown: boolean[] = [];
  const tick = (world: World) => {
    const before = world.outputs.stderr;
    world.tick();
    shown.push(world.outputs.stderr !== before);
  };
  const between = async (taken: number, world: World) => {
    tick(world);
    if (taken !== 1) return;
    await until(() => world.outputs.stdout !== "");
    tick(world);
  };
  const { ending, stdout } = await performed([], [peerResultOf(), SUMMARY], { between, onTerminal: true });
  assertEquals([ending, stdout], [0, "peer\nsummary\n"]);
  assertEquals(shown, [true, false, true, false]);
});

Deno.test("perform() shows no progress if it is told to be quiet, or standard error is no terminal", async () => {
  const between = (_: number, world: World) => {
    world.tick();
    assertEquals(world.outputs.stderr, "");
  };
  for (const [args, onTerminal] of [[["--quiet"], true], [[], false]] as const) {
    assertEquals((await performed(args, [peerResultOf(), SUMMARY], { between, onTerminal })).ending, 0);
  }
});

Deno.test("perform() prints metrics and the peers that are kept, whatever the job", async () => {
  const { stdout } = await performed(["--format", "openmetrics"], [peerResultOf(), SUMMARY]);
  assertEquals([stdout.startsWith("# "), stdout.endsWith("# EOF\n")], [true, true]);
  const seeds = await performed(["--format", "seeds"], [peerResultOf(), SUMMARY]);
  assertEquals(seeds.stdout, `${SEEDS_HEADER}\n`);
});

Deno.test("perform() checks targets without a port at the port of the options", async () => {
  const peer = { ...peerResultOf(), target: "other.example", address: ipAddress("192.0.2.1", 9999) };
  const results = [seedOf("seed.example", { addresses: ipHosts("192.0.2.1") }), peer, SUMMARY];
  const lineOf = async (...args: readonly string[]) => (await performed(["--check", ...args], results)).stdout;
  assertStringIncludes(await lineOf("--port", "9999"), "BITCOIN OK: 2 of 2 targets shook hands");
  assertStringIncludes(await lineOf(), "BITCOIN WARNING: 1 of 2 targets shook hands");
});

Deno.test("perform() introduces a demo and says what to try next, but not after a signal or a check", async () => {
  const prepare = () => Promise.reject(new Error("the demo has a network of its own"));
  const results = [peerResultOf(), SUMMARY];
  const demo = async (args: readonly string[], circumstances: Circumstances = {}) => {
    const { ending, remarks } = await performed(["--demo", ...args], results, { job: { prepare }, ...circumstances });
    const text = remarks.join("\n");
    return [ending, text.includes("these peers are simulated"), text.includes("That was a simulation.")];
  };
  assertEquals(await demo([]), [0, true, true]);
  assertEquals(await demo(["--check", "--log-level", "info"]), [0, true, false]);
  assertEquals(await demo([], { between: (_, world) => world.send("SIGHUP") }), [129, true, false]);
});

Deno.test("perform() needs the loopback network for a demo, and for nothing else", async () => {
  const requestSync = () => ({ state: "denied" });
  using _ = replaced<{ requestSync: unknown }>(Deno.permissions, { requestSync });
  const { ending } = await performed(["--demo"], [SUMMARY]);
  await assertRejects(() => Promise.reject(ending), PermissionError, "--demo needs the loopback network");
  assertEquals((await performed([], [SUMMARY])).ending, 0);
});
