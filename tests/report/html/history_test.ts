import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { historyPage } from "../../../src/report/html/history.ts";
import { runOf } from "../../support/records.ts";

const DAY = 86_400;

const page = (...runs: Parameters<typeof historyPage>[0]) => [...historyPage(runs, "mainnet")].join("");

Deno.test("The page of the history says what was reachable, first and last, and draws what changed", () => {
  const text = page(runOf({ run: 1, since: null }), runOf({ started: 1_795_000_000 + DAY }));
  assertStringIncludes(text, "<strong>20,570 addresses were reachable</strong> in the last of");
  assertStringIncludes(text, "2026-11-18 to 2026-11-19");
  for (const title of ["Reachable addresses by network", "User agents of the reachable addresses", "came and went"]) {
    assertStringIncludes(text, title);
  }
  assertEquals(text.match(/<path class="line l\d" d="M/g)?.length, 2 * (5 + 2 + 3));
  assert(!text.includes("not complete"));
});

Deno.test("The page of one run has no charts", () => assert(!page(runOf()).includes('class="line')));

Deno.test("A run that was killed is a gap in the lines, and is said to be one", () => {
  const killed = runOf({ run: 2, complete: false, ended: null, since: null, started: 1_795_000_000 + DAY });
  const text = page(runOf({ run: 1 }), killed, runOf({ run: 3, started: 1_795_000_000 + 2 * DAY }));
  assertStringIncludes(text, "Some runs are not complete.");
  assertStringIncludes(text, "killed");
  const [first = ""] = /<path class="line l0" d="M48 [^"]*"/.exec(text) ?? [];
  assertEquals(first.match(/M/g)?.length, 2);
});

Deno.test("What a peer says of itself does not leave its place in the page", () => {
  const runs = [1, 2].map((run) => runOf({ run, user_agents: [["<script>alert(1)</script>", 1]] }));
  assert(!page(...runs).includes("<script>alert"));
});
