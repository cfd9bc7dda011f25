import { assertEquals, assertStringIncludes } from "@std/assert";
import { NetworkPlan } from "../../src/sim/network/plan.ts";
import { DEMO_POPULATION } from "../../src/sim/network/population.ts";
import { type Schema, validate } from "../support/json_schema.ts";
import { plannedCounts } from "../support/planned_crawl.ts";
import { type ProgramResult, runProgram } from "../support/program.ts";

const SCHEMA: Schema = JSON.parse(Deno.readTextFileSync(new URL("../../src/report/schema.json", import.meta.url)));

const PLANNED = plannedCounts(new NetworkPlan(DEMO_POPULATION, 8333));

/** Runs the demo, which may use no more of the network than 127.0.0.1. */
function crawlDemo(...args: readonly string[]): Promise<ProgramResult> {
  return runProgram(["--demo", "--crawl", "-t", "0.5", ...args], { permissions: ["--allow-net=127.0.0.1"] });
}

/** The counts of a summary that are planned. */
function countsOf({ peers, success, errors, crawl }: ProgramResult["summary"]) {
  if (crawl === null) throw new Error("Expected the counts of a crawl");
  const { known, networks, asked, answered, silent, malformed, closed, entries } = crawl;
  const { not_dialled: notDialled, self_only: selfOnly } = crawl;
  return {
    peers,
    success,
    errors,
    known,
    networks,
    notDialled,
    asked,
    answered,
    selfOnly,
    silent,
    malformed,
    closed,
    entries,
  };
}

Deno.test("--demo --crawl finds what was built into its network, with records that are what the schema says", async () => {
  const result = await crawlDemo("--format", "ndjson", "--addresses");
  for (const record of result.records) assertEquals(validate(record, SCHEMA), [], JSON.stringify(record));
  assertEquals(countsOf(result.summary), PLANNED);
  assertEquals([result.summary.crawl?.complete, result.code], [true, 0]);
  const types = result.records.map(({ type }): string => type);
  const count = (wanted: string) => types.filter((type) => type === wanted).length;
  assertEquals(["seed", "peer", "addrs", "address"].map(count), [2, PLANNED.peers, PLANNED.asked, PLANNED.known]);
});

Deno.test("--demo --crawl has the same counts in text, on another chain and in v1 alone", async () => {
  const { lines, code } = await crawlDemo("-q", "-c", "regtest", "--transport", "v1");
  assertStringIncludes(lines.at(-2) ?? "", `Handshake Success Count: ${PLANNED.success}`);
  assertStringIncludes(lines.at(-1) ?? "", `Handshake Failure Count: ${PLANNED.peers - PLANNED.success}`);
  assertEquals(code, 0);
});
