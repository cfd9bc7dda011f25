/**
 * Measures the program against the bare loop and its goals, and prints a table:
 *
 * ```sh
 * deno task bench [--rust PATH] [--pairs N] [--only GROUP]
 * ```
 *
 * `--rust` takes the path of a program to compare with, which reads addresses from the file given as its argument.
 * `--only` measures the rows of one group: 5000, 20000, processor, proxy, silent, start-up, ndjson, first, frontier or crawl. All other
 * arguments are flags for the `deno run` of the program.
 *
 * @module
 */

import { run } from "./harness/child.ts";
import { Commands } from "./harness/commands.ts";
import { Fleet } from "./harness/fleet.ts";
import { type Group, GROUPS } from "./harness/rows.ts";
import { describeMachine, formatTable, type Row } from "./harness/table.ts";
import { runTool, UsageError } from "./options.ts";

const USAGE = `deno task bench [--rust PATH] [--pairs N] [--only GROUP]

Groups: ${GROUPS.map(({ name }) => name).join(", ")}`;

await runTool(USAGE, async (options) => {
  const rust = options.text("--rust");
  const pairs = options.integer("--pairs", 5, 1);
  const groups = selectGroups(options.text("--only"));
  using commands = new Commands(options.rest);
  await using fleet = await Fleet.start();
  const { port } = fleet;
  // The first run also compiles.
  await run(commands.scan(port, 1));
  await run(commands.bare(port, 1, 1));
  const rows: Row[] = [];
  for (const { name, measure } of groups) {
    console.error(`measuring ${name}`);
    rows.push(...await measure({ commands, port, pairs, rust }));
  }
  console.log(`${describeMachine()}, ${pairs} pairs\n\n${formatTable(rows)}`);
});

/** The group with the given name; all groups without one. */
function selectGroups(only: string | undefined): readonly Group[] {
  if (only === undefined) return GROUPS;
  const groups = GROUPS.filter(({ name }) => name === only);
  if (groups.length > 0) return groups;
  throw new UsageError(`--only: expected one of ${GROUPS.map(({ name }) => name).join(", ")}, got ${only}`);
}
