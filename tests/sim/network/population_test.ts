import { assert, assertEquals } from "@std/assert";
import { NetworkPlan } from "../../../src/sim/network/plan.ts";
import { DEMO_POPULATION } from "../../../src/sim/network/population.ts";
import { DOCUMENTS } from "../../support/documents.ts";
import { plannedCounts } from "../../support/planned_crawl.ts";

Deno.test("The tables that the docs show of the demo's crawl have the figures of DEMO_POPULATION", () => {
  const { networks, known, peers, success } = plannedCounts(new NetworkPlan(DEMO_POPULATION, 8333));
  const planned = { ...networks, all: { known, dialled: peers, success } };
  const rows = Object.entries(planned).map(([name, counts]) =>
    [name, counts.known, counts.dialled, counts.success].join(" ")
  );
  const paragraphs = DOCUMENTS.flatMap(({ blocks }) => blocks).flatMap(({ code }) => code.split("\n\n"));
  const tables = paragraphs.filter((text) => text.startsWith("network "));
  assert(tables.length > 0);
  for (const table of tables) {
    const shown = table.trimEnd().split("\n").slice(1);
    assertEquals(shown.map((line) => line.split(/ +/).slice(0, 4).join(" ")), rows);
  }
});
