import { assertEquals, assertStringIncludes } from "@std/assert";
import type { AuditRecord } from "../../../src/report/records/audit.ts";
import { htmlPage, type Run } from "../../../src/report/html/page.ts";
import { AUDIT } from "../../support/audit.ts";
import { sampleRun, summaryOfPeers } from "../../support/sample_run.ts";
import { rowsOf, textOf } from "../../support/html.ts";
import { failedPeerOf, peerOf } from "../../support/records.ts";

const ENDED_AT = "2026-03-13T20:21:30.919Z";

const pageOf = (run: Omit<Run, "audits">, audits: Run["audits"] = []) =>
  [...htmlPage({ ...run, audits }, ENDED_AT)].join("");

/** What could break out of an element, an attribute, a comment, or the script. */
const HOSTILE = [
  "<script>alert(1)</script>",
  "</script><script>alert(1)</script>",
  `"><img src=x onerror=alert(1)>`,
  "' onmouseover='alert(1)",
  "</style></title></table></details><!--",
  "javascript:alert(1)",
];

Deno.test("The page has the totals of the run, and its time", () => {
  const run = sampleRun(200);
  const page = textOf(pageOf(run));
  const { success } = run.summary;
  assertStringIncludes(
    page,
    "Bitcoin handshakes: mainnet seed.alpha.example, seed.bravo.example and 3 more, 2026-03-13 ",
  );
  const share = Math.floor(success / 2);
  assertStringIncludes(page, `${200 - success} peers failed. ${success} of 200 peers shook hands (${share}%).`);
  assertStringIncludes(page, "From 5 targets in 10 s, ended 2026-03-13 20:21:30 UTC.");
  assertEquals(page.includes("Interrupted"), false);
  const interrupted = pageOf({ ...run, summary: { ...run.summary, interrupted: true } });
  assertStringIncludes(textOf(interrupted), "Interrupted. The run ended before all peers were done");
});

Deno.test("The page says which part of each network shook hands, where there are several", () => {
  const peers = [
    peerOf(),
    peerOf({ network: "onion" }),
    { ...failedPeerOf("proxy_unreachable"), network: "onion" },
    { ...failedPeerOf("not_found"), network: "i2p" },
    peerOf({ network: "cjdns" }),
    peerOf({ network: null }),
  ] as const;
  const page = (peers: Run["peers"]) =>
    textOf(pageOf({ ...sampleRun(1), seeds: [], peers, summary: summaryOfPeers(peers, 1) }));
  assertEquals(page(peers).match(/\w+ that shook hands \d+% \d+ of \d+/g), [
    "IPv4 that shook hands 100% 1 of 1",
    "Tor that shook hands 50% 1 of 2",
    "I2P that shook hands 0% 0 of 1",
    "CJDNS that shook hands 100% 1 of 1",
    "Names that shook hands 100% 1 of 1",
  ]);
  assertEquals(page(peers.filter(({ network }) => network === "onion")).match(/\w+ that shook hands \d/g), null);
});

Deno.test("The title has the seeds, the chain and the date", () => {
  const run = sampleRun(3);
  const titleOf = (page: string) => /<title>(.*?)<\/title>/.exec(page)?.[1];
  const seedOf = (target: string) => ({ type: "seed", target, addresses: ["192.0.2.1"], error: null }) as const;
  const titles = [["a.example"], ["a.example", "b.example", "c.example"], [
    "a.example",
    "b.example",
    "c.example",
    "d.example",
  ]]
    .map((names) => titleOf(pageOf({ ...run, seeds: names.map(seedOf), peers: [] })));
  assertEquals(titles, [
    "Bitcoin handshakes: mainnet, a.example, 2026-03-13",
    "Bitcoin handshakes: mainnet, a.example, b.example and c.example, 2026-03-13",
    "Bitcoin handshakes: mainnet, a.example, b.example and 2 more, 2026-03-13",
  ]);
  assertEquals(titleOf(pageOf(run, [AUDIT])), "Seed audit: mainnet, seed.example, 2026-03-13");
  assertEquals(titleOf(pageOf({ ...run, seeds: [], peers: [] })), "Bitcoin handshakes: mainnet, 2026-03-13");
});

Deno.test("Failures come first: names and peers of a scan, seeds of an audit, and then their peers", () => {
  const run = sampleRun(200);
  const ids = (page: string) => [...page.matchAll(/<h2 id="(.*?)"/g)].map(([, id]) => id);
  assertEquals(ids(pageOf(run)).slice(0, 3), ["failures", "counts", "seeds"]);
  assertEquals(ids(pageOf(run, [AUDIT])).slice(0, 3), ["seeds", "failures", "counts"]);
  const peers = run.peers.filter(({ success }) => success);
  const good = { ...run, peers, summary: summaryOfPeers(peers, 5) };
  assertEquals(ids(pageOf(good)).slice(0, 2), ["counts", "seeds"]);
  assertStringIncludes(
    textOf(pageOf(good)),
    `2026-03-13 ${peers.length} of ${peers.length} peers shook hands (100%).`,
  );
});

Deno.test("A scan of single addresses has no table of seeds, and nothing is drawn of peers that are all the same", () => {
  const peers = [1, 2, 3].map((i) => {
    return { ...failedPeerOf("connection_refused"), addr: `127.0.0.1:${i}`, target: `127.0.0.1:${i}` };
  });
  const page = pageOf({ seeds: [], peers, summary: summaryOfPeers(peers, 3) });
  const ids = [...page.matchAll(/<h2 id="(.*?)"/g)].map(([, id]) => id);
  assertEquals(ids, ["failures", "counts", "peers"]);
  assertStringIncludes(textOf(page), "127.0.0.1:1, 127.0.0.1:2 and 127.0.0.1:3, 2026-03-13 3 peers failed.");
});

Deno.test("Nothing on the page is a row of zeros", () => {
  for (const audits of [[], [AUDIT]]) {
    const rows = rowsOf(pageOf(sampleRun(30), audits));
    assertEquals(rows.filter(([, ...cells]) => cells.every((cell) => /^(0|0\.0%|–|)$/.test(cell))), []);
  }
});

Deno.test("The page of the demo says that it is simulated, and no other does", () => {
  const run = sampleRun(3);
  const [real, simulated] = [pageOf(run), pageOf({ ...run, simulated: true })];
  assertEquals(/simulated/i.test(textOf(real)), false);
  assertStringIncludes(simulated, "<title>Bitcoin handshakes: mainnet, simulated, ");
  assertStringIncludes(textOf(simulated), "Simulated. These names and peers were simulated");
});

Deno.test("The page of no peer, and of one, is whole", () => {
  const none = pageOf({ ...sampleRun(0), seeds: [] });
  assertStringIncludes(textOf(none), "0 of 0 peers shook hands.");
  assertEquals(/NaN|undefined|null|Infinity/.test(none.replace(/<script>[\s\S]*/, "")), false);
  for (let seed = 1; seed < 20; seed++) {
    const one = pageOf(sampleRun(1, seed));
    assertStringIncludes(textOf(one), " of 1 peer shook hands");
    assertEquals(/NaN|undefined|null|Infinity/.test(one.replace(/<script>[\s\S]*/, "")), false);
  }
});

Deno.test("Headings are in order, every section has one, and every link of the page leads to it", () => {
  for (const audits of [[], [AUDIT]]) {
    const page = pageOf(sampleRun(50), audits);
    const levels = [...page.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    assertEquals(levels[0], 1);
    assertEquals(levels.filter((level) => level === 1).length, 1);
    assertEquals(levels.every((level, i) => level <= (levels[i - 1] ?? 0) + 1), true);
    const ids = [...page.matchAll(/<h2 id="(.*?)"/g)].map(([, id]) => id);
    assertEquals([...page.matchAll(/<section[^>]* aria-labelledby="(.*?)"/g)].map(([, id]) => id), ids);
    assertEquals([...page.matchAll(/<a href="#(.*?)"/g)].map(([, id]) => id), ids);
  }
});

Deno.test("Every table has a caption, and every head of one a scope", () => {
  const page = pageOf(sampleRun(300), [AUDIT]);
  const tables = page.split("<table").slice(1);
  assertEquals(tables.length >= 9, true);
  for (const table of tables) assertStringIncludes(table.slice(0, 200), "<caption>");
  assertEquals([...page.matchAll(/<th(?!ead)(?![^>]* scope=)/g)], []);
});

Deno.test("Nothing that a peer or a name says becomes HTML", () => {
  const run = sampleRun(60);
  const peers = run.peers.map((peer, i) => ({
    ...peer,
    target: HOSTILE[i % HOSTILE.length] ?? "",
    subver: peer.subver && (HOSTILE[i % HOSTILE.length] ?? ""),
    error: peer.error && { ...peer.error, message: HOSTILE[i % HOSTILE.length] ?? "" },
  }));
  const seeds = HOSTILE.map((text) => {
    return {
      type: "seed",
      target: text,
      addresses: [],
      error: { code: "dns_failure", phase: "dns", message: text },
    } as const;
  });
  const audits = HOSTILE.map((text): AuditRecord => ({
    ...AUDIT,
    seed: text,
    reasons: [{ code: "behind", message: text }],
    queries: [{
      name: text,
      service_bits: null,
      a: 0,
      aaaa: 0,
      elapsed_ms: 0,
      matching: null,
      error: seeds[0]?.error ?? null,
    }],
    user_agents: [[text, 1]],
  }));
  const harmless = sampleRun(60);
  for (const some of [[], audits]) {
    const page = pageOf({ ...run, peers, seeds }, some);
    const tame = pageOf(harmless, some.map(() => AUDIT));
    const tagNames = (html: string) => new Set([...html.matchAll(/<([a-z!/]+[^\s>]*)/gi)].map(([, name]) => name));
    assertEquals([...tagNames(page).difference(tagNames(tame))], []);
    assertEquals([...page.matchAll(/<script/g)].length, 1);
    assertEquals(/<[^>]*\son\w+=/.test(page), false);
    assertStringIncludes(page, "&lt;script&gt;alert(1)&lt;/script&gt;");
  }
});

Deno.test("The page loads nothing", () => {
  assertEquals(/https?:|\ssrc=|\sstyle=/.test(pageOf(sampleRun(10), [AUDIT])), false);
});
