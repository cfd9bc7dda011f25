import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { AnyRecord } from "../../src/report/records.ts";
import { State } from "../../src/state/state.ts";
import { signetChain } from "../../src/wire/signet.ts";
import { ndjson, runProgram } from "../support/program.ts";
import { run, START, stateFile, up } from "../support/state.ts";
import { VirtualClock } from "../support/virtual_clock.ts";

/** Prints what is in a file, which only that takes to be allowed. */
function history(path: string, ...args: readonly string[]): ReturnType<typeof runProgram> {
  const permissions = ["--no-prompt", `--allow-read=${path}`, `--allow-write=${path},${path}.html`];
  return runProgram(["--history", "--state", path, ...args], { permissions });
}

Deno.test("--history prints a record for each run, without the network", async () => {
  using file = stateFile();
  run(file.path, 0, [up(1)]);
  run(file.path, 86_400, [up(1), up(2)]);
  const { code, stdout, stderr } = await history(file.path, "--format", "ndjson");
  assertEquals([code, stderr], [0, ""]);
  const runs = ndjson<AnyRecord>(stdout).map((record) =>
    record.type === "run" ? [record.started - START, record.since] : null
  );
  assertEquals(runs, [[0, null], [86_400, { new: 1, back: 0, gone: 0, kept: 1 }]]);
});

Deno.test("--history is a table, rows or a page too", async () => {
  using file = stateFile();
  run(file.path, 0, [up(1)]);
  run(file.path, 86_400, [up(1), up(2)]);
  const { lines } = await history(file.path, "--report", `${file.path}.html`);
  assertEquals([lines.length, lines[0]?.trim().split(/\s+/)[0]], [3, "run"]);
  assertStringIncludes(Deno.readTextFileSync(`${file.path}.html`), "Bitcoin network over time: mainnet");
  const csv = (await history(file.path, "--format", "csv")).stdout.split("\r\n");
  assertEquals([csv.length, csv[1]?.startsWith("run,1,1795000000,")], [4, true]);
});

Deno.test("--history prints all runs though its page cannot be written", async () => {
  using file = stateFile();
  run(file.path, 0, [up(1)]);
  run(file.path, 60, [up(1)]);
  Deno.mkdirSync(`${file.path}.html`);
  const { code, lines, stderr } = await history(file.path, "--format", "ndjson", "--report", `${file.path}.html`);
  assertEquals([code, lines.length], [1, 2]);
  assertStringIncludes(stderr, "cannot write --report");
});

Deno.test("--history reads the file of a signet of one's own", async () => {
  using file = stateFile();
  {
    using state = new State(file.path, await signetChain(Uint8Array.of(0x51)), new VirtualClock());
    state.begin();
  }
  assertEquals((await history(file.path, "--signet-challenge", "51")).code, 0);
  assertEquals((await history(file.path, "--chain", "signet")).code, 1);
});

Deno.test("--format seeds prints the peers of a file as bitcoin-seeder dumps its own", async () => {
  using file = stateFile();
  run(file.path, 0, [up(2), up(1)]);
  const { code, lines } = await history(file.path, "--format", "seeds");
  assertEquals([code, lines.length, lines[0]?.startsWith("# address ")], [0, 3, true]);
  assertMatch(
    lines[1] ?? "",
    /^250\.0\.1\.1:8333 {2,}1 {2,}1795000000 {2}( +\d+\.\d\d%){5} {2}940000 {2}00000c09 {2}70016 "\/test:1\.0\/"$/,
  );
});

Deno.test("--history says what is missing: a file, a run in it, an option", async () => {
  using file = stateFile();
  const none = await history(file.path);
  assertEquals([none.code, none.stdout], [1, ""]);
  assertStringIncludes(none.stderr, "there is no such file");
  assert(!(await Array.fromAsync(Deno.readDir(file.path.replace("/state.db", "")))).length);
  for (
    const [args, words] of [[["--history"], "needs --state FILE"], [
      ["--format", "seeds", "a.example"],
      "needs --state FILE",
    ]] as const
  ) {
    const { code, stderr } = await runProgram(args);
    assertEquals([code, stderr.includes(words)], [2, true]);
  }
  run(file.path, 0, [up(1)]);
  assertEquals((await history(file.path, "--format", "openmetrics")).code, 2);
  assertEquals((await history(file.path, "a.example")).code, 2);
});
