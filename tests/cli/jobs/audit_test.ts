import { assert, assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "../../../src/cli/errors.ts";
import { AUDIT_JOB } from "../../../src/cli/jobs/audit.ts";
import { ascii, concat, hex } from "../../support/bytes.ts";
import { AUDIT_RECORDS, printed, setupOf } from "../../support/cli.ts";
import { temporaryFile } from "../../support/folder.ts";
import { ReplacedNetwork } from "../../support/replaced_network.ts";
import { osError } from "../../support/scripted_io.ts";
import { auditResultOf, peerResultOf, summaryResultOf } from "../../support/results.ts";

/** How many seeds the job audits: one that is interrupted before it begins sends nothing, and says so. */
async function seedsOf(...args: readonly string[]): Promise<number> {
  await using task = await AUDIT_JOB.prepare(await setupOf(["--audit", ...args]));
  const [summary, ...more] = await Array.fromAsync(task.start({}, AbortSignal.abort()));
  assert(summary?.type === "summary" && more.length === 0);
  return summary.targets;
}

Deno.test("The audit takes the seeds that are named, or those of the chain", async () => {
  assertEquals(await seedsOf("a.example", "b.example"), 2);
  assertEquals([await seedsOf(), await seedsOf("-c", "signet")], [7, 2]);
});

Deno.test("The audit refuses anything but a seed, and a chain without seeds", async () => {
  for (const target of ["192.0.2.1", "[2001:db8::1]:8333", "2001:db8::1"]) {
    const message = `cannot audit '${target}': expected the name of a DNS seed, not an address`;
    await assertRejects(() => seedsOf("a.example", target), UsageError, message);
  }
  const message = "expected the name of a DNS seed, without a port, which --port sets for all peers";
  await assertRejects(() => seedsOf("a.example:8333"), UsageError, message);
  await assertRejects(() => seedsOf("--proxy", "tor"), UsageError, "--audit with --proxy needs --dns-server");
  await assertRejects(() => seedsOf("-c", "regtest"), UsageError, "no DNS seed for regtest");
});

Deno.test("An audit that ends before a file gave a target is not one of the chain's seeds", async () => {
  const pipe = await Deno.makeTempFile();
  try {
    const setup = await setupOf(["--audit", "--targets", pipe], { signal: AbortSignal.abort() });
    await using task = await AUDIT_JOB.prepare(setup);
    const [summary] = await Array.fromAsync(task.start({}, setup.signal));
    assertEquals(summary?.type === "summary" && summary.targets, 0);
  } finally {
    await Deno.remove(pipe);
  }
});

Deno.test("The audit knows whether it got all of a file's seeds", async () => {
  using file = temporaryFile("seeds");
  const seeds = ascii(`a.example #${"x".repeat(4000)}\n`.repeat(60));
  for (const [end, failed] of [["", false], ["ff", true]] as const) {
    await Deno.writeFile(file.path, concat(seeds, hex(end)));
    await using task = await AUDIT_JOB.prepare(await setupOf(["--audit", "--targets", file.path]));
    assertEquals(task.failed?.(), failed);
  }
  await using task = await AUDIT_JOB.prepare(await setupOf(["--audit"]));
  assertEquals(task.failed?.(), false);
});

/** Audits seeds of these addresses with these arguments, on a machine without any route; what it logs, asks and dials. */
async function audited(addresses: readonly string[], ...args: readonly string[]) {
  using network = new ReplacedNetwork(addresses, osError("ENETUNREACH"));
  const logged: string[] = [];
  const setup = await setupOf(["--audit", "-t", "5", ...args], { logged });
  await using task = await AUDIT_JOB.prepare(setup);
  await Array.fromAsync(task.start({}, setup.signal));
  return { logged, names: [...network.names].toSorted(), dialled: [...new Set(network.dialled)] };
}

Deno.test("The audit says what this machine has no route to", async () => {
  const warning = (families: string) =>
    `WARN bitcoin-p2p-handshake: this machine has no route to ${families}: ` +
    "such addresses are counted, but not held against a seed";
  assertEquals((await audited(["8.8.8.8"], "a.example")).logged, [warning("IPv4")]);
  assertEquals((await audited(["2600::1"], "a.example")).logged, [warning("IPv6")]);
  assertEquals((await audited(["8.8.8.8", "2600::1"], "a.example")).logged, [warning("IPv4 and IPv6")]);
});

Deno.test("The audit dials what is not routable if it is told to, and on regtest", async () => {
  const dialled = async (...args: readonly string[]) => (await audited(["10.0.0.1"], "a.example", ...args)).dialled;
  assertEquals(await dialled(), []);
  assertEquals(await dialled("--include-unroutable"), ["10.0.0.1"]);
  assertEquals(await dialled("-c", "regtest"), ["10.0.0.1"]);
});

Deno.test("The audit asks a seed for the services that it is told, or that the seed is known for", async () => {
  const names = async (...args: readonly string[]) => (await audited([], ...args)).names;
  assertEquals(await names("a.example"), ["a.example", "x9.a.example"]);
  assertEquals(await names("a.example", "--service-bits", "5,0xd"), ["a.example", "x5.a.example", "xd.a.example"]);
});

Deno.test("The audit of the demo does not warn of a seed that fails on purpose, which the table tells later", async () => {
  const logged: string[] = [];
  await using task = await AUDIT_JOB.demo.prepare(await setupOf(["--audit", "--demo"], { logged }));
  task.complain?.("cannot resolve mute.seeds.test", "mute.seeds.test");
  assertEquals(logged, ["DEBUG bitcoin-p2p-handshake: cannot resolve mute.seeds.test"]);
});

Deno.test("The audit ends with 1 when a seed fails, and with 0 otherwise", () => {
  const statusOf = (verdict: "pass" | "warn" | "fail") => AUDIT_JOB.statusOf(auditResultOf({ verdict }));
  assertEquals([statusOf("pass"), statusOf("warn"), statusOf("fail")], [0, 0, 1]);
  assertEquals([AUDIT_JOB.statusOf(summaryResultOf({ success: 0 })), AUDIT_JOB.statusOf(peerResultOf())], [0, 0]);
});

Deno.test("The audit prints a table in text, in one piece, then the counts, and no peer", () => {
  const [table = "", ...counts] = printed(AUDIT_JOB.printers.text, AUDIT_RECORDS);
  const firstWords = table.split("\n").map((line) => line.split(" ").filter(Boolean)[0]);
  assertEquals(firstWords, ["verdict", "fail", "pass", undefined]);
  assertEquals(counts.map((line) => line.trimEnd().split(" ").slice(-4)), [
    ["Handshake", "Success", "Count:", "6"],
    ["Handshake", "Failure", "Count:", "19"],
  ]);
  assertEquals(printed(AUDIT_JOB.printers.text, AUDIT_RECORDS, { args: ["-q"] }), counts);
  assertEquals(printed(AUDIT_JOB.printers.text, AUDIT_RECORDS, { color: true })[0]?.includes("\x1b[31mfail"), true);
  assertEquals(table.includes("\x1b"), false);
});

Deno.test("The audit prints every record in ndjson, and a row a seed in csv", () => {
  const { ndjson, csv } = AUDIT_JOB.printers;
  assertEquals(printed(ndjson, AUDIT_RECORDS).length, AUDIT_RECORDS.length);
  assertEquals(printed(csv, AUDIT_RECORDS).map((line) => line.split(",")[0]), ["type", "audit", "audit"]);
});
