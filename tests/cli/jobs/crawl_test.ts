import { assert, assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "../../../src/cli/errors.ts";
import { CRAWL_JOB } from "../../../src/cli/jobs/crawl.ts";
import { setupOf } from "../../support/cli.ts";
import { crawlSummaryResultOf, peerResultOf } from "../../support/results.ts";

/** From how many targets the job begins: a crawl that is interrupted before it begins sends nothing, and says so. */
async function targetsOf(...args: readonly string[]): Promise<number> {
  await using task = await CRAWL_JOB.prepare(await setupOf(["--crawl", ...args]));
  const [summary, ...more] = await Array.fromAsync(task.start({}, AbortSignal.abort()));
  assert(summary?.type === "summary" && more.length === 0);
  return summary.targets;
}

Deno.test("The crawl begins with the chain's own seeds, unless it is given targets", async () => {
  assertEquals([await targetsOf(), await targetsOf("-c", "signet")], [7, 2]);
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
