import { assert, assertEquals, assertMatch } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { SimulatedPeer } from "../../src/sim/peer.ts";
import { nodeScript, silentScript } from "../../src/sim/scripts.ts";
import { addrMessage } from "../../src/wire/addr.ts";
import { CapturingPeer, neverAnswer } from "../support/capture.ts";
import { type ProgramOptions, runProgram } from "../support/program.ts";
import { stateFile } from "../support/state.ts";

const windows = Deno.build.os === "windows";

/** Only what the docs say is needed. */
const permissions = (path: string) => ["--no-prompt", "--allow-net", `--allow-read=${path}`, `--allow-write=${path}`];

/** Crawls from some targets with a state file. */
function crawl(path: string, targets: readonly string[], options: ProgramOptions = {}, ...args: readonly string[]) {
  const all = ["--crawl", "--include-unroutable", "--state", path, "--format", "ndjson", ...args, ...targets];
  return runProgram(all, { permissions: permissions(path), ...options });
}

/** A node that knows another, and says so once for each time it is asked. */
function nodeThatKnows(other: SimulatedPeer): { readonly peer: SimulatedPeer; readonly asked: () => number } {
  let asked = 0;
  const answer = () => {
    asked++;
    const entry = { time: Math.floor(Date.now() / 1000), services: 9n, address: other.address };
    return [addrMessage("addrv2", [entry, entry])];
  };
  return { peer: new SimulatedPeer(nodeScript({ answer })), asked: () => asked };
}

Deno.test("A second run finds the same without asking, and says what is kept", async () => {
  using file = stateFile();
  await using hidden = new SimulatedPeer(nodeScript());
  const { peer: known, asked } = nodeThatKnows(hidden);
  await using _ = known;
  const first = await crawl(file.path, [known.target]);
  const second = await crawl(file.path, [known.target]);
  for (const { code, summary, stderr } of [first, second]) {
    assertEquals([code, stderr, summary.success, summary.crawl?.complete], [0, "", 2, true]);
  }
  assertEquals([first.summary.crawl?.since, second.summary.crawl?.since], [null, {
    new: 0,
    back: 0,
    gone: 0,
    kept: 2,
  }]);
  assertEquals([first.summary.crawl?.asked, second.summary.crawl?.asked, asked()], [2, 0, 1]);
});

Deno.test(
  "After a signal the same command goes on, and its summary counts both parts",
  { ignore: windows },
  async () => {
    using file = stateFile();
    await using hidden = new SimulatedPeer(nodeScript());
    const { peer: known, asked } = nodeThatKnows(hidden);
    await using _ = known;
    await using slow = new CapturingPeer(neverAnswer);
    const targets = [known.target, slow.target];
    const signalAfter = { signal: "SIGKILL", event: /"type":"addrs"[^]*"type":"addrs"/ } as const;
    const killed = await crawl(file.path, targets, { signalAfter }, "-t", "30");
    assertEquals(killed.lines.some((line) => line.includes('"summary"')), false);
    const { summary } = await crawl(file.path, targets, {}, "-t", "0.5");
    assertEquals([summary.success, summary.failure, summary.crawl?.complete], [2, 1, true]);
    assert(asked() <= 2);
  },
);

Deno.test("A file that cannot be used is one line, and nothing is sent", async () => {
  using file = stateFile();
  await using peer = new CapturingPeer();
  Deno.writeTextFileSync(file.path, "not a database\n");
  const { code, stdout, errorLines } = await crawl(file.path, [peer.target]);
  assertEquals([code, stdout, errorLines.length, peer.connections.length], [1, "", 1, 0]);
  assertMatch(
    errorLines[0] ?? "",
    /^error: cannot use --state .*state\.db: it is something else: expected a state file/,
  );
  assertEquals(Deno.readTextFileSync(file.path), "not a database\n");
});

Deno.test("Without the permission the error has the flags, and the whole command", async () => {
  using file = stateFile();
  const { code, errorLines } = await crawl(file.path, ["127.0.0.1:1"], { permissions: ["--no-prompt", "--allow-net"] });
  assertEquals(code, 2);
  const flags = `--allow-read=${file.path} --allow-write=${file.path}`;
  assertEquals(errorLines[0]?.split(flags).length, 3);
});

Deno.test("A second process is refused while the first one uses the file", async () => {
  using file = stateFile();
  await using mute = new SimulatedPeer(silentScript);
  await using other = new CapturingPeer();
  await using slow = new CapturingPeer(neverAnswer);
  const first = crawl(file.path, [mute.target, slow.target], {}, "-t", "3");
  await slow.heard;
  const { code, errorLines } = await crawl(file.path, [other.target]);
  assertEquals([code, other.connections.length], [1, 0]);
  assertMatch(errorLines[0] ?? "", /: another process uses it: wait until that has ended$/);
  assertEquals((await first).summary.failure, 2);
  const database = new DatabaseSync(file.path);
  assertEquals(database.prepare("PRAGMA integrity_check").get()?.integrity_check, "ok");
  database.close();
});
