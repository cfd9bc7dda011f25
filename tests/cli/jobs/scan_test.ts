import { assert, assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "../../../src/cli/errors.ts";
import { SCAN_JOB } from "../../../src/cli/jobs/scan.ts";
import { AUDIT_RECORDS, printed, setupOf } from "../../support/cli.ts";
import { peerResultOf, summaryResultOf } from "../../support/results.ts";

Deno.test("The scan takes all targets that are named", async () => {
  await using task = await SCAN_JOB.prepare(await setupOf(["224.0.0.1", "224.0.0.2"]));
  const results = await Array.fromAsync(task.start({}, new AbortController().signal));
  assertEquals(results.map(({ type }) => type), ["peer", "peer", "summary"]);
  assertEquals([task.failed?.(), task.faults], [false, undefined]);
});

Deno.test("The scan refuses a file without a target", async () => {
  const setup = await setupOf(["--targets", "/nowhere"]);
  await assertRejects(() => SCAN_JOB.prepare(setup), UsageError, "--targets /nowhere");
});

Deno.test("The scan of the demo informs of a target that has no address on purpose, and says why", async () => {
  const logged: string[] = [];
  await using task = await SCAN_JOB.demo.prepare(await setupOf(["--demo"], { logged }));
  const [name = "", fault] = [...task.faults ?? []].find(([name]) => name.startsWith("no-such-name")) ?? [];
  assert(task.complain !== undefined);
  task.complain(`cannot resolve ${name}`, name);
  assertEquals(logged, [`INFO bitcoin-p2p-handshake: cannot resolve ${name} (on purpose: ${fault})`]);
});

Deno.test("The scan ends with 0 when a handshake succeeded, and with 1 when none did", () => {
  const statusOf = (success: number) => SCAN_JOB.statusOf(summaryResultOf({ success }));
  assertEquals([statusOf(0), statusOf(1), SCAN_JOB.statusOf(peerResultOf())], [1, 0, 0]);
});

Deno.test("The scan prints a line a peer in text, a row a peer in csv, and every record in ndjson", () => {
  const { text, csv, ndjson } = SCAN_JOB.printers;
  assertEquals(printed(text, AUDIT_RECORDS).length, 3);
  assertEquals(printed(csv, AUDIT_RECORDS).map((line) => line.split(",")[0]), ["type", "peer"]);
  assertEquals(printed(ndjson, AUDIT_RECORDS).length, AUDIT_RECORDS.length);
});

Deno.test("The scan prints no line between diagrams", () => {
  assertEquals(printed(SCAN_JOB.printers.text, AUDIT_RECORDS, { args: ["--trace=mermaid"] }), []);
  assertEquals(printed(SCAN_JOB.printers.text, AUDIT_RECORDS, { args: ["--trace"] }).length, 3);
});

Deno.test("The scan says that a name server is not asked because of a proxy", async () => {
  const logged: string[] = [];
  const args = ["--proxy", "127.0.0.1", "--dns-server", "127.0.0.1", "224.0.0.1"];
  await using _task = await SCAN_JOB.prepare(await setupOf(args, { logged }));
  assertEquals(logged, ["WARN bitcoin-p2p-handshake: --dns-server is not used: names go to the proxy unresolved"]);
});
