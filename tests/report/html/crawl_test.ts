import { assertEquals, assertStringIncludes } from "@std/assert";
import { crawlOverview } from "../../../src/report/html/crawl.ts";
import { htmlPage, type Run } from "../../../src/report/html/page.ts";
import type { CrawlRecord } from "../../../src/report/records/crawl.ts";
import type { PeerRecord } from "../../../src/report/records/peer.ts";
import { headsOf, rowsUnder, textOf } from "../../support/html.ts";
import { MIN_PACED } from "../../../src/report/stops.ts";
import { crawlOf, failedPeerOf, peerOf, summaryOf } from "../../support/records.ts";
import { summaryOfPeers } from "../../support/sample_run.ts";

const NOBODY = { known: 0, dialled: 0, success: 0 };

const ONION = "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion:8333";

const PEERS: readonly PeerRecord[] = [
  peerOf({ target: "seed.example" }),
  peerOf({ target: "250.1.0.1:8333", addr: "250.1.7.2:8333", servicesnames: ["NETWORK"] }),
  peerOf({ target: "250.1.0.1:8333", addr: "[2a00:1::9]:8333", network: "ipv6" }),
  peerOf({ target: "250.1.0.1:8333", addr: ONION, network: "onion", startingheight: 939_000 }),
  { ...failedPeerOf("timeout"), target: "250.1.0.1:8333", addr: "250.9.9.9:8333" },
];

const NETWORKS = {
  ipv4: { known: 20, dialled: 3, success: 2 },
  ipv6: { known: 1, dialled: 1, success: 1 },
  onion: { known: 2, dialled: 1, success: 1 },
  i2p: { known: 4, dialled: 0, success: 0 },
  cjdns: NOBODY,
};

/** The page of a crawl with these peers. */
function page(crawl: Partial<CrawlRecord> = {}, run: Partial<Run> = {}): string {
  const { peers = PEERS } = run;
  const not_dialled = { too_old: 18, network: 4 };
  const record = crawlOf({ known: 27, networks: NETWORKS, not_dialled, ...crawl });
  const summary = { ...summaryOfPeers(peers, 1), crawl: record };
  return [...htmlPage({ seeds: [], audits: [], peers, summary, ...run }, "2026-03-13T20:21:30.919Z")].join("");
}

Deno.test("The page of a crawl begins with how many addresses are reachable, dialled and known", () => {
  const text = textOf(page());
  assertStringIncludes(text, "Bitcoin network: mainnet seed.example, 2026-03-13");
  assertStringIncludes(text, "4 addresses are reachable, of 5 dialled and 27 known.");
  assertStringIncludes(text, "Reachable addresses 4 80% of dialled");
  assertStringIncludes(text, "Announce v2 75% 3 of 4");
  assertStringIncludes(text, "Answered getaddr 97% 20,990 of 21,544 asked");
});

Deno.test("The page of a crawl compares with the run before, if there was one", () => {
  const since = { new: 1200, back: 3, gone: 9, kept: 240 };
  assertStringIncludes(textOf(page({ since })), "Against the run before +1,203 −9 240 kept, 3 back");
  assertEquals(textOf(page()).includes("Against the run before"), false);
});

Deno.test("The page of a crawl names the seeds it began with, and none of the peers that named others", () => {
  const seeds = ["a.example", "b.example"].map((target) =>
    ({ type: "seed", target, addresses: ["250.1.0.1"], error: null }) as const
  );
  assertStringIncludes(textOf(page({}, { seeds })), "Bitcoin network: mainnet a.example and b.example, 2026-03-13");
});

Deno.test("The page of a crawl has a row for each network with an address", () => {
  assertEquals(rowsUnder(page(), "The networks"), [
    ["IPv4", "2", "3", "20", "66%", "50%", "940000"],
    ["IPv6", "1", "1", "1", "100%", "100%", "940000"],
    ["Tor", "1", "1", "2", "100%", "100%", "939000"],
    ["I2P", "0", "0", "4", "–", "", ""],
  ]);
});

Deno.test("The page of a crawl has the reachable addresses by network, and the network groups of IP addresses", () => {
  assertEquals(rowsUnder(page(), "Reachable addresses by network").map((row) => row.slice(0, 3)), [
    ["IPv4", "2", "50%"],
    ["IPv6", "1", "25%"],
    ["Tor", "1", "25%"],
  ]);
  const groups = rowsUnder(page(), "Network groups (IPv4 /16, IPv6 /32) of the reachable IP addresses");
  assertEquals(groups.map((row) => row.slice(0, 3)), [["250.1.0.0/16", "2", "66%"], ["2a00:1::/32", "1", "33%"]]);
  assertStringIncludes(textOf(page()), "3 IP addresses in 2 network groups.");
});

Deno.test("The page of a crawl counts the names that a proxy resolved as a network of their own", () => {
  const peers = [peerOf({ network: null, addr: "node.example:8333" })];
  const networks = { ipv4: NOBODY, ipv6: NOBODY, onion: NOBODY, i2p: NOBODY, cjdns: NOBODY };
  assertEquals(
    rowsUnder(page({ networks }, { peers }), "Reachable addresses by network").map((row) => row.slice(0, 3)),
    [
      ["Names that a proxy resolved", "1", "100%"],
    ],
  );
});

Deno.test("The page of a crawl says what is known and was not reached, and why", () => {
  const left = { not_dialled: { too_old: 18, network: 3, over_quota: 1234 }, waiting: 1 };
  const incomplete = page({ ...left, complete: false, stopped_by: "max_time" });
  assertEquals(rowsUnder(incomplete, "Addresses that are known and were not reached").map((row) => row.slice(0, 2)), [
    ["too_old not dialled: not seen by anybody of late", "18"],
    ["network not dialled: no way to its network", "3"],
    ["timeout dialled", "1"],
    ["waiting not dialled: the crawl ended before", "1"],
  ]);
  assertStringIncludes(
    textOf(incomplete),
    "Besides, addresses were dropped 1,234 times, as too few had named them to be kept",
  );
});

Deno.test("The page of a crawl says that it is not complete, why, and what bounded its pace", () => {
  assertEquals(textOf(page()).includes("Not complete"), false);
  const cases = [
    ["max_time", "its time was over"],
    ["max_addresses", "more addresses were named than it may keep"],
    ["signal", "it was interrupted"],
    ["proxy", "a network could not be reached any more"],
  ] as const;
  for (const [stopped_by, words] of cases) {
    const text = textOf(page({ complete: false, stopped_by, waiting: 7 }));
    assertStringIncludes(text, `Not complete: ${words}. 7 addresses were still to be dialled. The figures may be`);
  }
  assertStringIncludes(
    textOf(page()),
    "What bounded the pace: room in Tor 97% of the time, room in IPv4 61% of the time, the rate of new connections 12%",
  );
});

Deno.test("The page of a crawl lists the reachable peers alone, and says what its figures mean", () => {
  const text = page();
  assertEquals(rowsUnder(text, "The peers").map(([address]) => address), PEERS.slice(0, 4).map(({ addr }) => addr));
  assertStringIncludes(textOf(text), "These are addresses and not nodes");
  assertEquals(textOf(text).match(/no connection within 10 s 250.9.9.9:8333 (\S+)/)?.[1], "Reachable");
});

Deno.test("There is a page of a crawl that reached nobody, and of one that knows nothing", () => {
  const peers = [failedPeerOf()];
  assertStringIncludes(textOf(page({}, { peers })), "0 addresses are reachable, of 1 dialled and 27 known.");
  const networks = { ipv4: NOBODY, ipv6: NOBODY, onion: NOBODY, i2p: NOBODY, cjdns: NOBODY };
  const nothing = { known: 0, networks, not_dialled: {}, bound: {}, asked: 0, answered: 0, entries: 0 };
  assertStringIncludes(textOf(page(nothing, { peers: [] })), "0 addresses are reachable, of 0 dialled and 0 known.");
});

Deno.test("The page of a crawl in which nobody was reached says that it says nothing", () => {
  const nobody = "Nobody was reached who could be asked for addresses: this says nothing about the network.";
  assertStringIncludes(textOf(page({}, { peers: PEERS.slice(-1) })), nobody);
  assertEquals(textOf(page()).includes(nobody), false);
});

Deno.test("The page of a crawl that goes on with one cut short takes its shares of the peers reached since", () => {
  const summary = { ...summaryOfPeers(PEERS, 1), success: 9, crawl: crawlOf({ networks: NETWORKS }) };
  const text = textOf(page({}, { summary }));
  assertStringIncludes(text, "heights are those of the 4 reached since, not of the 5 before.");
  assertStringIncludes(text, "Announce v2 75% 3 of 4");
});

Deno.test("The networks of a crawl are a table of numbers, if anything is known of any", () => {
  const overview = (networks: CrawlRecord["networks"]) =>
    String(crawlOverview(summaryOf({ success: 1 }), crawlOf({ networks }), PEERS.slice(0, 1)));
  const none = { ipv4: NOBODY, ipv6: NOBODY, onion: NOBODY, i2p: NOBODY, cjdns: NOBODY };
  const table = overview({ ...none, ipv4: { known: 3, dialled: 2, success: 1 } });
  assertEquals(headsOf(table), [
    "Network",
    "#Reachable",
    "#Dialled",
    "#Known",
    "Reachable of those dialled",
    "#v2 announced",
    "#Median height",
  ]);
  assertEquals(rowsUnder(table, "The networks").map(([label]) => label), ["IPv4"]);
  assertEquals(headsOf(overview(none)), []);
  assertEquals(table.includes("<p></p>"), false);
});

Deno.test("The page of a crawl says what bounded its pace if it lasted a second", () => {
  const overview = (elapsed_ms: number, bound: CrawlRecord["bound"]) =>
    textOf(String(crawlOverview(summaryOf({ elapsed_ms }), crawlOf({ bound }), [])));
  const sentence = "What bounded the pace: the rate of new connections 50% of the time.";
  assertStringIncludes(overview(MIN_PACED, { rate: 0.5 }), sentence);
  assertEquals(overview(MIN_PACED - 1, { rate: 0.5 }).includes("bounded"), false);
  assertEquals(overview(MIN_PACED, {}).includes("bounded"), false);
});

Deno.test("The page of a crawl counts what is still to be dialled, and says that it is not complete though nobody was reached", () => {
  const text = (waiting: number) =>
    textOf(page({ complete: false, stopped_by: "signal", waiting }, { peers: PEERS.slice(-1) }));
  assertStringIncludes(text(0), "Not complete: it was interrupted. The figures may be too low.");
  assertStringIncludes(text(1), "Not complete: it was interrupted. 1 address was still to be dialled. The figures");
  assertStringIncludes(textOf(page({ complete: false })), "Not complete. The figures may be too low.");
});

Deno.test("The page of a crawl has the network with most reachable addresses first, and no sentence about nothing dropped", () => {
  const networks = { ...NETWORKS, onion: { known: 9, dialled: 9, success: 3 } };
  const labels = rowsUnder(page({ networks }), "Reachable addresses by network").map(([label]) => label);
  assertEquals(labels, ["Tor", "IPv4", "IPv6"]);
  const dropped = (not_dialled: CrawlRecord["not_dialled"]) =>
    /dropped (.*?),/.exec(textOf(page({ not_dialled })))?.[1] ?? null;
  assertEquals([dropped({}), dropped({ over_quota: 0 }), dropped({ over_quota: 1 })], [null, null, "1 time"]);
});
