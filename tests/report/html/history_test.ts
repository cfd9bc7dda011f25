import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { historyPage } from "../../../src/report/html/history.ts";
import { headsOf, rowsUnder, textOf } from "../../support/html.ts";
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

Deno.test("The page of one run has its figures and no charts", () => {
  assert(!page(runOf()).includes('class="line'));
  assertEquals(rowsUnder(page(runOf()), "All runs, the latest first").length, 1);
});

Deno.test("A run that was killed is a gap in the lines, and is said to be one", () => {
  const killed = runOf({ run: 2, complete: false, ended: null, since: null, started: 1_795_000_000 + DAY });
  const text = page(runOf({ run: 1 }), killed, runOf({ run: 3, started: 1_795_000_000 + 2 * DAY }));
  assertStringIncludes(text, "Some runs are not complete.");
  assertStringIncludes(text, "killed");
  const drawn = [...text.matchAll(/<path class="line l0" d="(M48 [^"]*)"/g)].map(([, path = ""]) =>
    path.split("M").length - 1
  );
  assertEquals(drawn, [2, 2, 2]);
});

/** The lines of a chart in the page, by their labels, with what they came to. */
const linesOf = (text: string, title: string) => {
  const [, chart = ""] = text.split(`<figcaption>${title}</figcaption>`);
  const [, legend = ""] = /<ul class="legend">(.*?)<\/ul>/s.exec(chart) ?? [];
  return legend.split("<li>").slice(1).map(textOf);
};

Deno.test("A network has a line if it was reached in any run, and a user agent if it is one of the five of the last", () => {
  const { networks } = runOf();
  const of = (success: number) => ({ ...networks.i2p, success });
  const first = runOf({
    networks: { ...networks, onion: of(0), i2p: of(0), cjdns: of(1) },
    user_agents: [["/gone/", 9], ["/a/", 3]],
  });
  const killed = runOf({ ended: null, since: null, complete: false });
  const last = runOf({
    networks: { ...networks, onion: of(7), i2p: of(0), cjdns: of(0) },
    user_agents: ["a", "b", "c", "d", "e", "f"].map((name, i) => [`/${name}/`, 1000 * (6 - i)]),
    since: { new: 5, back: 0, gone: 1200, kept: 3 },
  });
  const text = page({ ...first, since: null }, killed, { ...last, started: last.started + DAY });
  assertStringIncludes(text, "<small>2026-11-18 to 2026-11-19</small>");
  const versions = "User agents of the reachable addresses";
  assertEquals(linesOf(page(first, last, killed), versions).map((line) => line[1]), ["a", "b", "c", "d", "e"]);
  assertEquals(linesOf(text, "Reachable addresses by network"), ["ipv4 6,612", "ipv6 2,210", "onion 7", "cjdns 0"]);
  assertEquals(linesOf(text, "User agents of the reachable addresses"), [
    "/a/ 6,000",
    "/b/ 5,000",
    "/c/ 4,000",
    "/d/ 3,000",
    "/e/ 2,000",
  ]);
  assertEquals(linesOf(text, "Addresses that came and went, against the run before"), ["new 5", "gone 1,200"]);
  const numbers = rowsUnder(text, "User agents of the reachable addresses").map(([, ...counts]) => counts);
  assertEquals(numbers, [["3", "0", "0", "0", "0"], ["–", "–", "–", "–", "–"], [
    "6,000",
    "5,000",
    "4,000",
    "3,000",
    "2,000",
  ]]);
  assertEquals(text.match(/<section class="half"/g)?.length, 3);
});

Deno.test("The page has a table of all runs, the latest first, with what is not known left open", () => {
  const started = 1_795_000_000;
  const text = page(
    runOf({ since: null, elapsed_ms: 90_000 }),
    runOf({ started: started + DAY, ended: null, known: null, since: null, complete: false }),
    runOf({ started: started + 2 * DAY, complete: false, stopped_by: "max_time", known: 0 }),
    runOf({ started: started + 3 * DAY, complete: false }),
  );
  const [, table = ""] = text.split('<h2 id="runs">');
  assertEquals(
    headsOf(table).join(" "),
    "Started (UTC) #Reachable #ipv4 #ipv6 #onion #i2p #cjdns #new #back #gone #kept #Known #Took Complete",
  );
  assertEquals(rowsUnder(text, "All runs, the latest first").map((row) => row.join(" ")), [
    "2026-11-21 11:06 20,570 6,612 2,210 10,800 940 8 120 40 130 20,410 81,234 600 s no",
    "2026-11-20 11:06 20,570 6,612 2,210 10,800 940 8 120 40 130 20,410 0 600 s max_time",
    "2026-11-19 11:06 – – – – – – – – – – – 600 s killed",
    "2026-11-18 11:06 20,570 6,612 2,210 10,800 940 8 – – – – 81,234 90 s yes",
  ]);
});

Deno.test("The page says how many runs it is of, what the first one reached, and whether any is not complete", () => {
  const { networks } = runOf();
  const lead = (...runs: Parameters<typeof historyPage>[0]) =>
    textOf(page(...runs)).match(/[\d,]+ addresses were reachable.*?first\./)?.[0];
  assertEquals(lead(runOf()), "20,570 addresses were reachable in the last of 1 run, 20,570 in the first.");
  const first = runOf({ networks: { ...networks, ipv4: { ...networks.ipv4, success: 0 } } });
  assertEquals(lead(first, runOf()), "20,570 addresses were reachable in the last of 2 runs, 13,958 in the first.");
  assertEquals(
    lead(first, first, runOf()),
    "20,570 addresses were reachable in the last of 3 runs, 13,958 in the first.",
  );
  const killed = runOf({ ended: null, complete: false, networks: { ...networks, ipv4: networks.cjdns } });
  assertEquals(
    lead(killed, first, runOf(), killed),
    "20,570 addresses were reachable in the last of 2 runs that ended, 13,958 in the first.",
  );
  assertStringIncludes(page(killed), "No run has ended.");
  assertStringIncludes(page(runOf({ complete: false }), runOf()), "Some runs are not complete.");
  assertEquals(page(), "");
  assertStringIncludes(page(runOf()), "<title>Bitcoin network over time: mainnet, 2026-11-18</title>");
});

Deno.test("What a peer says of itself does not leave its place in the page", () => {
  const runs = [1, 2].map((run) => runOf({ run, user_agents: [["<script>alert(1)</script>", 1]] }));
  assert(!page(...runs).includes("<script>alert"));
});
