import { assert, assertEquals, assertRejects } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { UsageError } from "../../../src/cli/errors.ts";
import { CRAWL_JOB } from "../../../src/cli/jobs/crawl.ts";
import { ascii, concat, hex } from "../../support/bytes.ts";
import { AUDIT_RECORDS, printed, setupOf } from "../../support/cli.ts";
import { temporaryFile } from "../../support/folder.ts";
import { replaced } from "../../support/replaced.ts";
import { ReplacedNetwork } from "../../support/replaced_network.ts";
import { crawlSummaryResultOf, peerResultOf } from "../../support/results.ts";
import { turns, until } from "../../support/scripted_io.ts";
import { run, START, stateFile, up } from "../../support/state.ts";

/** From how many targets the job begins: a crawl that is interrupted before it begins sends nothing, and says so. */
async function targetsOf(...args: readonly string[]): Promise<number> {
  await using task = await CRAWL_JOB.prepare(await setupOf(["--crawl", ...args]));
  const [summary, ...more] = await Array.fromAsync(task.start({}, AbortSignal.abort()));
  assert(summary?.type === "summary" && more.length === 0);
  return summary.targets;
}

/** Whom a crawl with these arguments dials, at least so many, when nobody answers; and what it logs. */
async function dialledBy(count: number, args: readonly string[]) {
  using network = new ReplacedNetwork([], null);
  const controller = new AbortController();
  const logged: string[] = [];
  await using task = await CRAWL_JOB.prepare(await setupOf(["--crawl", ...args], { logged }));
  const results = Array.fromAsync(task.start({}, controller.signal));
  await until(() => network.dialled.length >= count);
  // Time enough for one too many.
  await turns(20);
  const failed = task.failed?.();
  controller.abort();
  await results;
  return { dialled: network.dialled.toSorted(), logged, failed };
}

Deno.test("The crawl begins with the chain's own seeds, unless it is given targets", async () => {
  assertEquals([await targetsOf(), await targetsOf("-c", "signet")], [7, 2]);
  assertEquals((await dialledBy(1, ["1.0.0.1"])).dialled, ["1.0.0.1"]);
  await using task = await CRAWL_JOB.prepare(await setupOf(["--crawl", "224.0.0.1", "224.0.0.2"]));
  const results = await Array.fromAsync(task.start({}, new AbortController().signal));
  assertEquals(results.map(({ type }) => type), ["peer", "peer", "summary"]);
});

Deno.test("The crawl refuses a chain without seeds, and networks of which seeds have no addresses", async () => {
  await assertRejects(
    () => targetsOf("-c", "regtest"),
    UsageError,
    "no target: Bitcoin Core ships no DNS seed for regtest, expected an address to begin with",
  );
  await assertRejects(
    () => targetsOf("--onion", "127.0.0.1", "--onlynet", "onion"),
    UsageError,
    "no target: DNS seeds have no addresses of onion, expected an address to begin with",
  );
});

Deno.test("The crawl refuses a list of exclusions that it cannot read, before it dials anybody", async () => {
  await assertRejects(() => targetsOf("--exclude", "/nowhere", "192.0.2.1"), UsageError, "--exclude /nowhere");
});

Deno.test("The crawl ends with 0 when a handshake succeeded, and with 1 when none did", () => {
  const statusOf = (success: number) => CRAWL_JOB.statusOf({ ...crawlSummaryResultOf(), success });
  assertEquals([statusOf(0), statusOf(1), CRAWL_JOB.statusOf(peerResultOf())], [1, 0, 0]);
});

Deno.test("The crawl prints a diagram alone if it is asked for diagrams", () => {
  const { text } = CRAWL_JOB.printers;
  assertEquals(printed(text, AUDIT_RECORDS, { args: ["--crawl", "--trace=mermaid"] }), []);
  assertEquals(printed(text, AUDIT_RECORDS, { args: ["--crawl", "--trace"] }).length, 3);
});

const THREE = ["1.0.0.1", "2.0.0.1", "3.0.0.1"];

Deno.test("The crawl begins with the targets of the arguments and of files, and knows whether it got all of them", async () => {
  using file = temporaryFile("targets");
  const args = ["--targets", file.path];
  await Deno.writeTextFile(file.path, "2.0.0.1\n3.0.0.1");
  assertEquals(await dialledBy(3, ["1.0.0.1", ...args]), { dialled: THREE, logged: [], failed: false });
  await Deno.writeFile(file.path, concat(ascii(`2.0.0.1 #${"x".repeat(4000)}\n`.repeat(60)), hex("ff")));
  await using task = await CRAWL_JOB.prepare(await setupOf(["--crawl", ...args]));
  using _network = new ReplacedNetwork([], null);
  const controller = new AbortController();
  const results = Array.fromAsync(task.start({}, controller.signal));
  await until(() => task.failed?.() === true);
  controller.abort();
  await results;
});

Deno.test("The crawl dials as many at once as it is told, and nobody on its list", async () => {
  assertEquals((await dialledBy(2, [...THREE, "-j", "2"])).dialled.length, 2);
  assertEquals((await dialledBy(3, THREE)).dialled, THREE);
  const ipv4 = Array.from({ length: 1100 }, (_, i) => `1.${i >> 8}.${i & 0xff}.1`);
  const onion = "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion";
  const many = [...ipv4, onion, "--onion", "127.0.0.1", "--rate", "0"];
  assertEquals((await dialledBy(1025, many)).dialled.length, 1025);
  using file = temporaryFile("exclude");
  await Deno.writeTextFile(file.path, "2.0.0.1");
  assertEquals((await dialledBy(2, [...THREE, "--exclude", file.path])).dialled, ["1.0.0.1", "3.0.0.1"]);
});

Deno.test("The crawl dials what it knows from earlier runs, and what is not routable of it only if it is told to", async () => {
  for (const [args, dialled] of [[[], ["1.0.0.1"]], [["--include-unroutable"], ["1.0.0.1", "250.0.1.1"]]] as const) {
    using file = stateFile();
    run(file.path, Math.floor(Date.now() / 1000) - 60 - START, [up(1)]);
    assertEquals((await dialledBy(dialled.length, ["1.0.0.1", "--state", file.path, ...args])).dialled, [...dialled]);
  }
});

Deno.test("The crawl says that a name server is not asked because of a proxy", async () => {
  const { logged } = await dialledBy(1, ["1.0.0.1", "--proxy", "127.0.0.1", "--dns-server", "127.0.0.1"]);
  assertEquals(logged.filter((line) => line.includes("--dns-server is not used")).length, 1);
});

Deno.test("The crawl goes on when it cannot keep what it finds, and says so", async () => {
  using file = stateFile();
  const logged: string[] = [];
  const setup = await setupOf(["--crawl", "--state", file.path, "224.0.0.1"], { logged });
  await using task = await CRAWL_JOB.prepare(setup);
  const work = task.start({}, setup.signal);
  {
    using _ = replaced(DatabaseSync.prototype, {
      prepare: () => {
        throw Object.assign(new Error("database or disk is full"), { errcode: 13 });
      },
    });
    assertEquals((await Array.fromAsync(work)).map(({ type }) => type), ["peer", "summary"]);
  }
  assertEquals([task.failed?.(), logged], [true, [
    `ERROR bitcoin-p2p-handshake: cannot write --state ${file.path}: the disk is full; ` +
    "the crawl goes on, but what it finds from now on is not kept",
  ]]);
});

Deno.test("The crawl keeps what it finds in a file if it is told to, and lets go of it at the end", {
  sanitizeResources: true,
}, async () => {
  for (const job of [CRAWL_JOB, CRAWL_JOB.demo]) {
    using file = stateFile();
    const args = ["--crawl", "--state", file.path, ...job === CRAWL_JOB ? ["224.0.0.1"] : ["--demo"]];
    for (let times = 0; times < 2; times++) {
      await using task = await job.prepare(await setupOf(args));
      await Array.fromAsync(task.start({}, AbortSignal.abort()));
      assertEquals([task.failed?.(), [...task.seeds?.() ?? []]], [false, []]);
    }
    assert(Deno.statSync(file.path).size > 0);
  }
});
