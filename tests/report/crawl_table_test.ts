import { assert, assertEquals } from "@std/assert";
import { crawlTable } from "../../src/report/crawl_table.ts";
import { Reached } from "../../src/report/reached.ts";
import type { CrawlRecord } from "../../src/report/records/crawl.ts";
import type { PeerRecord } from "../../src/report/records/peer.ts";
import { crawlOf, peerOf, summaryOf } from "../support/records.ts";

const ADVICE = "Ask for more.";

const NOBODY = { known: 0, dialled: 0, success: 0 };

/** The lines for a crawl in which these peers shook hands. */
function lines(crawl: Partial<CrawlRecord>, peers: readonly Partial<PeerRecord>[], errors = {}): string[] {
  const reached = new Reached();
  for (const peer of peers) reached.add(peerOf(peer));
  const summary = summaryOf({ peers: peers.length + 2, success: peers.length, failure: 2, errors });
  return crawlTable(summary, crawlOf(crawl), reached, ADVICE);
}

/** What is in the lines after the tables, each remark on a line. */
function remarks(...args: Parameters<typeof lines>): string[] {
  const text = lines(...args).join("\n");
  return text.split("\n\n").slice(2).map((remark) => remark.replaceAll("\n", " ").trim());
}

Deno.test("crawlTable() has a row for each network with an address, and one for all", () => {
  const networks = {
    ipv4: { known: 52_100, dialled: 3, success: 2 },
    ipv6: NOBODY,
    onion: { known: 16_200, dialled: 0, success: 0 },
    i2p: { known: 3120, dialled: 2, success: 1 },
    cjdns: NOBODY,
  };
  const peers = [
    {},
    { servicesnames: null, startingheight: 939_998 },
    { network: "i2p", startingheight: null } as const,
  ];
  assertEquals(lines({ known: 71_420, networks }, peers).slice(0, 6), [
    "network      known    dialled  reachable     v2  median_height",
    "ipv4         52100          3          2    50%         939998",
    "onion        16200          0          0      -              -",
    "i2p           3120          2          1   100%              -",
    "all          71420          5          3    66%         939998",
    "",
  ]);
});

Deno.test("crawlTable() has a row for names that a proxy resolved, which are no known addresses", () => {
  const networks = { ...crawlOf({}).networks, ipv4: { known: 9, dialled: 1, success: 1 } };
  const none = { ipv6: NOBODY, onion: NOBODY, i2p: NOBODY, cjdns: NOBODY };
  const peers = [{}, { network: null, servicesnames: [] }];
  assertEquals(lines({ known: 9, networks: { ...networks, ...none } }, peers).slice(1, 4), [
    "ipv4             9          1          1   100%         940000",
    "(names)          3          3          1     0%         940000",
    "all             12          4          2    50%         940000",
  ]);
});

Deno.test("crawlTable() has a row for a network of which one address is known", () => {
  const networks = {
    ipv4: { known: 1, dialled: 0, success: 0 },
    ipv6: NOBODY,
    onion: NOBODY,
    i2p: NOBODY,
    cjdns: NOBODY,
  };
  const table = crawlTable(summaryOf({ peers: 0, success: 0 }), crawlOf({ known: 1, networks }), new Reached(), ADVICE);
  assertEquals(table.slice(1, 4), [
    "ipv4             1          0          0      -              -",
    "all              1          0          0      -              -",
    "",
  ]);
});

Deno.test("crawlTable() cuts a user agent that is longer than its column", () => {
  const rows = [55, 56].map((length) =>
    lines({}, [{ subver: "x".repeat(length) }]).find((line) => line.startsWith("x"))
  );
  assertEquals(rows, [
    `${"x".repeat(55)}          1   100%`,
    `${"x".repeat(54)}…          1   100%`,
  ]);
});

Deno.test("crawlTable() lists the ten most frequent user agents, long ones cut, and counts the others", () => {
  const peers = Array.from({ length: 12 }, (_, i) => ({ subver: i < 2 ? `/${"x".repeat(80)}/` : `/v${i}/` }));
  const all = lines({}, peers);
  const table = all.slice(all.findIndex((line) => line.startsWith("user_agent"))).slice(0, 13);
  assertEquals(table.slice(0, 3), [
    "user_agent                                               reachable  share",
    `/${"x".repeat(53)}…          2    16%`,
    "/v2/                                                             1     8%",
  ]);
  assertEquals(table.slice(-3), [
    "/v10/                                                            1     8%",
    "(others)                                                         1     8%",
    "",
  ]);
});

Deno.test("crawlTable() has no line for user agents if nobody was reached", () => {
  assertEquals(lines({}, []).some((line) => line.includes("user_agent")), false);
  assertEquals(lines({}, []).join("\n").includes("\n\n\n"), false);
});

Deno.test("crawlTable() says whether the crawl is complete, and if not, why", () => {
  const [complete] = remarks({}, [{}]);
  assertEquals(complete, "Complete: every address that was to be dialled has been.");
  const cases = [
    ["max_time", "its time was over"],
    ["max_addresses", "more addresses were named than it may keep"],
    ["signal", "it was interrupted"],
    ["proxy", "a network could not be reached any more"],
  ] as const;
  for (const [stopped_by, words] of cases) {
    const [incomplete] = remarks({ complete: false, stopped_by, waiting: 7 }, [{}]);
    const left = "7 addresses were still to be dialled. The figures may be too low.";
    assertEquals(incomplete, `Not complete: ${words}; ${left}`);
  }
  const [one] = remarks({ complete: false, stopped_by: "signal", waiting: 1 }, [{}]);
  assertEquals(one, "Not complete: it was interrupted; 1 address was still to be dialled. The figures may be too low.");
});

Deno.test("crawlTable() compares with the run before, if there was one", () => {
  const [, compared] = remarks({ since: { new: 12, back: 3, gone: 0, kept: 240 } }, [{}]);
  assertEquals(compared, "Reachable, against the run before: 240 kept, 12 new, 3 back, 0 gone.");
});

Deno.test("crawlTable() takes shares of the peers that it was given, and says which those are in a run that goes on", () => {
  const reached = new Reached();
  reached.add(peerOf({}));
  const ipv4 = { known: 9, dialled: 5, success: 3 };
  const crawl = crawlOf({ networks: { ...crawlOf({}).networks, ipv4 } });
  const table = crawlTable(summaryOf({ peers: 5, success: 3, failure: 2 }), crawl, reached, ADVICE);
  assertEquals(table[1], "ipv4             9          5          3   100%         940000");
  assertEquals(table.some((line) => line.startsWith("(others)")), false);
  const note = "User agents, v2 and heights are those of the 1 reached since, not of the 2 before.";
  assert(table.join(" ").includes(note));
  assertEquals(remarks({}, [{}]).join(" ").includes("goes on"), false);
});

Deno.test("crawlTable() gives advice if most of what is known is not routable", () => {
  assert(lines({ not_dialled: { unroutable: 3 } }, [{}]).join(" ").includes(ADVICE));
  assertEquals(lines({ not_dialled: { unroutable: 2 } }, [{}]).join(" ").includes(ADVICE), false);
  const isGiven = (peers: number, not_dialled: CrawlRecord["not_dialled"]) =>
    crawlTable(summaryOf({ peers }), crawlOf({ not_dialled }), new Reached(), ADVICE).includes(ADVICE);
  assertEquals([isGiven(0, {}), isGiven(0, { unroutable: 0 }), isGiven(1, {})], [false, false, false]);
  assertEquals([isGiven(0, { unroutable: 1 }), isGiven(1, { unroutable: 1 })], [true, true]);
});

Deno.test("crawlTable() does not call a crawl complete in which nobody was reached", () => {
  const nobody = "Nobody was reached who could be asked for addresses: this says nothing about the network.";
  assertEquals(/Complete|Reachable means/.test(lines({}, [], { timeout: 2 }).join(" ")), false);
  assert(lines({}, [], { timeout: 2 }).join(" ").includes(nobody));
  const stopped = lines({ complete: false, stopped_by: "signal", waiting: 7 }, []).join(" ");
  assert(stopped.includes("Not complete: it was interrupted; 7 addresses"));
});

Deno.test("crawlTable() says how many addresses were dropped, which are not among the known", () => {
  const dropped = {
    complete: false,
    stopped_by: "max_addresses",
    not_dialled: { too_old: 3, over_quota: 12 },
  } as const;
  const [first, second] = remarks(dropped, [{}]);
  const lost = "addresses that few had named were dropped (12 times). The figures may be too low.";
  assertEquals(first, `Not complete: more addresses were named than it may keep; ${lost}`);
  assertEquals(second, "Known and not dialled: too_old 3.");
  const [once = ""] = remarks({ ...dropped, not_dialled: { over_quota: 1 } }, [{}]);
  assert(once.includes("were dropped (1 time)."), once);
});

Deno.test("crawlTable() says what the figures depend on, most frequent first, and leaves out what did not happen", () => {
  const not_dialled = { too_old: 20_511, unroutable: 2 };
  assertEquals(remarks({ not_dialled }, [{}], { connection_refused: 1, timeout: 2 }).slice(1, 5), [
    "Dialled and not reachable: timeout 2, connection_refused 1.",
    "Known and not dialled: too_old 20511, unroutable 2.",
    "Asked for addresses: 21544 (answered 20990, silent 401, closed 138, self_only 12, malformed 3).",
    "The pace was bound, for a part of the time, by: onion 97%, ipv4 61%, rate 12%.",
  ]);
  const nothing = {
    not_dialled: {},
    bound: {},
    asked: 0,
    answered: 0,
    self_only: 0,
    silent: 0,
    malformed: 0,
    closed: 0,
  };
  assertEquals(remarks(nothing, [{}]).map((remark) => remark.split(":")[0]?.slice(0, 15)), [
    "Complete",
    "Reachable means",
  ]);
});

Deno.test("crawlTable() does not say what bounded the pace of a crawl of less than a second", () => {
  const bounded = (elapsed_ms: number) =>
    crawlTable(summaryOf({ elapsed_ms }), crawlOf(), new Reached(), "").join(" ").includes("The pace was bound");
  assertEquals([bounded(999), bounded(1000)], [false, true]);
});

Deno.test("crawlTable() fits in 80 columns, and fills them", () => {
  const word = "x".repeat(80);
  assert(
    crawlTable(summaryOf({ peers: 1 }), crawlOf({ not_dialled: { unroutable: 9 } }), new Reached(), word).includes(
      word,
    ),
  );
  const peers = Array.from({ length: 30 }, (_, i) => ({ subver: "\\x00".repeat(i * 8) }));
  for (const line of lines({}, peers, { timeout: 1e9, internal: 1e9, self_connection: 1e9, proxy_failure: 1e9 })) {
    assert(line.length <= 80, line);
  }
});

Deno.test("crawlTable() says why nodes that know few others name none", () => {
  const isSaid = (crawl: Partial<CrawlRecord>) => remarks(crawl, [{}]).some((remark) => remark.includes("23%"));
  assertEquals(isSaid({ asked: 2, answered: 0, self_only: 1, silent: 1 }), true);
  assertEquals(isSaid({ asked: 2, answered: 1, self_only: 1 }), false);
  assertEquals(isSaid({ asked: 0, answered: 0 }), false);
});
