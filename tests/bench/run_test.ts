import { assertEquals, assertMatch } from "@std/assert";
import { Fleet } from "../../bench/harness/fleet.ts";
import { runCommand } from "../support/program.ts";

/** Elsewhere the peers have no addresses. */
const ignore = Deno.build.os !== "linux";

const BENCH = new URL("../../bench/", import.meta.url).href;
const deno = [Deno.execPath(), "run", "--quiet"];
const harness = [...deno, "--allow-net=127.0.0.1", "--allow-read", "--allow-write", "--allow-run", `${BENCH}run.ts`];

for (const flags of [[], ["--digests"]]) {
  Deno.test(`The bare loop ${flags.join(" ")} shakes hands with every peer`, { ignore }, async () => {
    await using fleet = await Fleet.start();
    const args = [...[fleet.port, 300, 20].map(String), ...flags];
    const { stdout } = await runCommand([...deno, "--allow-net", `${BENCH}bare.ts`, ...args]);
    assertEquals(stdout, "300\n");
  });
}

Deno.test("The harness measures what is asked for, and prints a table", { ignore }, async () => {
  const { code, stdout } = await runCommand([...harness, ...Deno.args, "--only", "first", "--pairs", "1"]);
  assertEquals(code, 0);
  assertMatch(stdout, /\| time from a peer's answer to its record \| \d+\.\d ms \| \d+\.\d to \d+\.\d \|/);
});

Deno.test("The harness says which group there is when it is asked for another", async () => {
  const { code, errorLines } = await runCommand([...harness, "--only", "second"]);
  const message =
    "--only: expected one of 5000, 20000, processor, proxy, silent, start-up, ndjson, first, frontier, crawl, got second";
  assertEquals([code, errorLines], [2, [message]]);
});

Deno.test("Each tool says how it is called", async () => {
  const tools = ["run", "curve", "poison", "frontier", "fleet"];
  for (const tool of tools) {
    const { code, stdout } = await runCommand([...deno, ...Deno.args, `${BENCH}${tool}.ts`, "--help"]);
    assertEquals(code, 0);
    assertMatch(stdout, /^Usage: deno /);
  }
});
