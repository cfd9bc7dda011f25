import { assert, assertEquals, assertThrows } from "@std/assert";
import { auditJob } from "../../src/cli/audit.ts";
import { UsageError } from "../../src/cli/errors.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import { parseTarget } from "../../src/scan/target.ts";

/** The job of these options and targets; nothing is sent before it is started. */
function jobOf(args: readonly string[], targets: readonly string[] | null): ReturnType<typeof auditJob> {
  const options = parseCommandLine(args);
  return auditJob(options, withDefaults({ chain: options.chain }), targets?.map(parseTarget) ?? null);
}

/** How many seeds the job audits: one that is interrupted before it begins sends nothing, and says so. */
async function seedsOf(args: readonly string[], targets: readonly string[] | null): Promise<number> {
  await using job = jobOf(args, targets);
  const [summary, ...more] = await Array.fromAsync(job.start({}, AbortSignal.abort()));
  assert(summary?.type === "summary" && more.length === 0);
  return summary.targets;
}

Deno.test("auditJob() takes the seeds that are named, or those of the chain", async () => {
  assertEquals(await seedsOf([], ["a.example", "b.example"]), 2);
  assertEquals([await seedsOf([], null), await seedsOf(["-c", "signet"], null), await seedsOf(["-c", "regtest"], [])], [
    7,
    2,
    0,
  ]);
});

Deno.test("auditJob() refuses what is no seed, and a chain without seeds", () => {
  for (const target of ["192.0.2.1", "[2001:db8::1]:8333", "2001:db8::1"]) {
    assertThrows(() => jobOf([], ["a.example", target]), UsageError, `cannot audit '${target}'`);
  }
  assertThrows(() => jobOf([], ["a.example:8333"]), UsageError, "--port");
  assertThrows(() => jobOf(["-c", "regtest"], null), UsageError, "no DNS seed for regtest");
});
