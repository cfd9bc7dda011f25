import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { StartError, UsageError } from "../../../src/cli/errors.ts";
import { run as history } from "../../../src/cli/jobs/history.ts";
import { OutputError } from "../../../src/cli/output.ts";
import { parseCommandLine, parseTargets } from "../../../src/cli/parse.ts";
import { openState } from "../../../src/cli/state_file.ts";
import { MAINNET } from "../../../src/wire/chains.ts";
import { exists } from "../../support/documents.ts";
import { Outputs } from "../../support/outputs.ts";
import { replaced } from "../../support/replaced.ts";
import { until } from "../../support/scripted_io.ts";
import { run, stateFile, up } from "../../support/state.ts";

/** Does `--history` with these arguments; its status. */
function historyOf(args: readonly string[]): Promise<number> {
  const options = parseCommandLine(["--history", ...args]);
  return history(options, parseTargets(options.seeds, ["ipv4", "ipv6"]));
}

/** What `--history` with these arguments prints, and its status. */
async function printed(
  args: readonly string[],
  failure: Error | null = null,
): Promise<{ status: number; text: string }> {
  using outputs = new Outputs(failure);
  const status = await historyOf(args);
  assertEquals(outputs.stderr, "");
  return { status, text: outputs.stdout };
}

/** A state file with a run, on which two peers were up. */
function fileOfARun(): ReturnType<typeof stateFile> {
  const file = stateFile();
  run(file.path, 0, [up(2), up(1)]);
  return file;
}

Deno.test("--history prints the runs in each format, whole lines", async () => {
  using file = fileOfARun();
  const heads = {
    text: [/^ run +started/, /^ {3}1 /],
    ndjson: [/^\{"type":"run","run":1,/],
    csv: [/^type,run,/, /^run,1,/],
    seeds: [/^# address /, /^250\.0\.1\.1:8333 /, /^250\.0\.2\.1:8333 /],
  };
  for (const [format, lines] of Object.entries(heads)) {
    const { status, text } = await printed(["--state", file.path, "--format", format]);
    const shown = text.split(format === "csv" ? "\r\n" : "\n");
    assertEquals([status, shown.length, shown.at(-1)], [0, lines.length + 1, ""], text);
    for (const [i, line] of lines.entries()) assertEquals(line.test(shown[i] ?? ""), true, text);
  }
});

Deno.test("--history refuses what it cannot do, and makes no file", async () => {
  using none = stateFile();
  await assertRejects(() => printed(["--state", none.path]), StartError, "there is no such file");
  assertEquals(exists(none.path), false);
  openState(none.path, MAINNET, false)[Symbol.dispose]();
  await assertRejects(() => printed(["--state", none.path]), StartError, `no run in --state ${none.path} yet`);
  await assertRejects(() => printed([]), UsageError, "--history needs --state FILE");
  using file = fileOfARun();
  const refused = (...args: readonly string[]) => printed(["--state", file.path, ...args]);
  await assertRejects(() => refused("192.0.2.1"), UsageError, "--history takes no targets");
  await assertRejects(() => refused("--format", "openmetrics"), UsageError, "expected text, ndjson, csv or seeds");
});

Deno.test("--history writes a page if it is asked for one, even when the results cannot be written", async () => {
  using file = fileOfARun();
  const args = ["--state", file.path, "--report", `${file.path}.html`];
  assertEquals((await printed(args)).status, 0);
  assertStringIncludes(Deno.readTextFileSync(`${file.path}.html`), "Bitcoin network over time: mainnet, 2026-11");
  Deno.removeSync(`${file.path}.html`);
  await assertRejects(() => printed(args, new Deno.errors.BrokenPipe()), OutputError);
  assertEquals(exists(`${file.path}.html`), false);
  await assertRejects(() => printed(args, new Error("the disk is full")), OutputError, "the disk is full");
  assertEquals(exists(`${file.path}.html`), true);
});

Deno.test("--history has printed all before it opens its page, which may fail", async () => {
  using file = fileOfARun();
  const done: string[] = [];
  using _page = replaced(Deno, {
    open: () => {
      done.push("page");
      return Promise.reject(new Error("the disk is full"));
    },
  });
  using _stdout = replaced(Deno.stdout, {
    write: async (bytes) => {
      // Time enough for a page that does not wait.
      let turns = 0;
      await until(() => done.length > 0 || turns++ === 100);
      done.push("results");
      return bytes.length;
    },
  });
  const args = ["--state", file.path, "--report", `${file.path}.html`];
  await assertRejects(() => historyOf(args), OutputError, "cannot write --report");
  assertEquals(done, ["results", "page"]);
});

Deno.test("The page of a demo's file says that it is simulated", async () => {
  using file = stateFile();
  {
    using state = openState(file.path, MAINNET, true);
    state.begin();
  }
  await printed(["--demo", "--state", file.path, "--report", `${file.path}.html`]);
  assertStringIncludes(Deno.readTextFileSync(`${file.path}.html`), "Bitcoin network over time: mainnet, simulated");
});
