import { assertEquals, assertMatch } from "@std/assert";
import { SCRIPTS } from "../../src/cli/completions.ts";
import { helpText, USAGE } from "../../src/cli/help.ts";
import { run } from "../../src/cli/run.ts";
import { columnsOf } from "../../src/cli/terminal.ts";
import { PROGRAM_VERSION } from "../../src/scan/program.ts";
import { silentScript } from "../../src/sim/scripts.ts";
import { SimulatedPeer } from "../../src/sim/peer.ts";
import { Outputs } from "../support/outputs.ts";
import { replaced } from "../support/replaced.ts";
import { turns } from "../support/scripted_io.ts";

/** Addresses that no node can have, so that each makes a record without being dialled. */
const multicast = (count: number): string[] => Array.from({ length: count }, (_, i) => `224.0.${i >> 8}.${i & 0xff}`);

Deno.test("run() lets no more than 64 KiB and a record wait for a reader that has stopped reading", async () => {
  const ready = Promise.withResolvers<void>();
  const writes: string[] = [];
  using _ = replaced(Deno.stdout, {
    write: async (bytes) => {
      writes.push(new TextDecoder().decode(bytes));
      await ready.promise;
      return bytes.length;
    },
  });
  const running = run(["--format", "ndjson", ...multicast(600)]);
  await turns(100);
  ready.resolve();
  assertEquals(await running, 1);
  const lines = writes.join("").split("\n");
  const longest = Math.max(...lines.map((line) => line.length + 1));
  assertEquals(lines.length, 600 + 2);
  assertEquals(writes.filter(({ length }) => length > 64 * 1024 + longest).length, 0);
});

Deno.test("run() ends at once when its reader is gone, whatever is in flight", async () => {
  await using peer = new SimulatedPeer(silentScript);
  using _ = replaced(Deno.stdout, { write: () => Promise.reject(new Deno.errors.BrokenPipe()) });
  const start = performance.now();
  assertEquals(await run(["-t", "30", "--format", "ndjson", peer.target, ...multicast(1)]), 0);
  assertEquals(performance.now() - start < 30_000, true);
});

/** How a run ends, and what it prints; `failure` is what writing to standard output fails with. */
async function ended(
  args: readonly string[],
  failure: Error | null = null,
): Promise<readonly [number, string, string]> {
  using outputs = new Outputs(failure);
  const status = await run(args);
  return [status, outputs.stdout, outputs.stderr];
}

/** Has it fail with this to ask whether standard output is a terminal. */
function withBug(bug: unknown): Disposable {
  return replaced(Deno.stdout, {
    isTerminal: () => {
      throw bug;
    },
  });
}

Deno.test("run() prints the help, the version and the completions to standard output", async () => {
  assertEquals(await ended(["--help"]), [0, `${helpText(columnsOf(Deno.stdout))}\n`, ""]);
  assertEquals(await ended(["--version"]), [0, `bitcoin-p2p-handshake ${PROGRAM_VERSION}\n`, ""]);
  for (const shell of ["bash", "zsh", "fish"] as const) {
    assertEquals(await ended(["--completions", shell]), [0, `${SCRIPTS[shell]()}\n`, ""]);
  }
});

Deno.test("run() ends with 0 when the reader is gone, and says when the results cannot be written", async () => {
  assertEquals(await ended(["--version"], new Deno.errors.BrokenPipe()), [0, "", ""]);
  assertEquals(await ended(["--version"], new Error("No space left\non device")), [
    1,
    "",
    "error: cannot write the results: No space left\\x0aon device\n",
  ]);
});

Deno.test("run() says what is wrong with a command line, and how it is used", async () => {
  assertEquals(await ended([]), [
    2,
    "",
    `error: no target: expected a DNS seed or an address, as in: bitcoin-p2p-handshake dnsseed.emzy.de\n${USAGE}\n`,
  ]);
  assertEquals(await ended(["--state", "s.db", "--history", "192.0.2.1"]), [
    2,
    "",
    `error: --history takes no targets\n${USAGE}\n`,
  ]);
  const [status, stdout, stderr] = await ended(["--non\nsense"]);
  assertEquals([status, stdout, stderr.split("\n").length, stderr.endsWith(`\n${USAGE}\n`)], [
    2,
    "",
    1 + `${USAGE}\n`.split("\n").length,
    true,
  ]);
});

Deno.test("run() says why it cannot start, on one line", async () => {
  const statSync = () => {
    throw new Error("broken\ndisk");
  };
  using _ = replaced(Deno, { statSync });
  assertEquals(await ended(["--history", "--state", "s.db"]), [
    1,
    "",
    "error: cannot use --state s.db: broken\\x0adisk\n",
  ]);
});

Deno.test("run() gives the command with the permission that is missing, or says that a binary has to be compiled with it", async () => {
  const statSync = () => {
    throw new Deno.errors.NotCapable();
  };
  const args = ["--history", "--state", "s.db"];
  const reason = "error: cannot use --state s\\.db: run again with --allow-read=s\\.db --allow-write=s\\.db";
  using _stat = replaced(Deno, { statSync });
  const [status, , stderr] = await ended(args);
  assertEquals(status, 2);
  assertMatch(stderr, new RegExp(`^${reason}, as in: (npx -y )?deno run .*--allow-read=s\\.db --allow-write=s\\.db `));
  using _build = replaced(Deno, { build: { ...Deno.build, standalone: true } });
  const [, , ofBinary] = await ended(args);
  assertMatch(ofBinary, new RegExp(`^${reason}; a binary must be compiled with it, as in: (npx -y )?deno compile `));
});

Deno.test("run() ends a check with its line and status, whatever is wrong", async () => {
  const [status, stdout, stderr] = await ended(["--check"]);
  assertEquals([status, stderr], [3, ""]);
  assertMatch(stdout, /^BITCOIN UNKNOWN: no target: expected .*\n$/);
  for (const bug of [new TypeError("a bug"), "a bug"]) {
    using _ = withBug(bug);
    assertEquals(await ended(["--check", "--help"]), [3, "BITCOIN UNKNOWN: a bug\n", ""]);
  }
});

Deno.test("run() leaves a bug a bug", async () => {
  const bug = new TypeError("a bug");
  using _ = withBug(bug);
  assertEquals(await ended(["--help"]).catch((error) => error), bug);
});
