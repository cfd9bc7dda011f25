import { assertEquals } from "@std/assert";
import { historyTable } from "../../src/report/history_table.ts";
import { runOf } from "../support/records.ts";

Deno.test("historyTable() has a row a run within 80 columns, and marks what is not complete", () => {
  const killed = runOf({ run: 3, complete: false, ended: null, since: null });
  const lines = historyTable([runOf(), killed]);
  assertEquals(lines, [
    " run    started (UTC) reachable  ipv4  ipv6 onion   i2p cjdns   new  back  gone",
    "   2 2026-11-18 11:06     20570  6612  2210 10800   940     8   120    40   130",
    "  3* 2026-11-18 11:06         -     -     -     -     -     -     -     -     -",
    "",
    "* not complete: the figures may be too low",
  ]);
  assertEquals(historyTable([runOf()]).length, 2);
});
