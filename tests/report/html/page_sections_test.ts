import { assertEquals, assertStringIncludes } from "@std/assert";
import { htmlPage, type Run } from "../../../src/report/html/page.ts";
import { AUDIT } from "../../support/audit.ts";
import { textOf } from "../../support/html.ts";
import { crawlOf, failedPeerOf, peerOf, summaryOf } from "../../support/records.ts";
import { summaryOfPeers } from "../../support/sample_run.ts";

const seedOf = (target: string, ...addresses: readonly string[]) =>
  ({ type: "seed", target, addresses, error: null }) as const;

const UNRESOLVED = {
  ...seedOf("none.example"),
  error: { code: "dns_not_found", phase: "dns", message: "none.example has no address" },
} as const;

/** The page of a scan, an audit or a crawl. */
function pageWith(run: Partial<Run>, isCrawl = false): string {
  const { seeds = [], peers = [], audits = [] } = run;
  const crawl = isCrawl ? crawlOf() : null;
  const summary = { ...summaryOfPeers(peers, seeds.length), crawl };
  return [...htmlPage({ seeds, peers, audits, summary, ...run }, "2026-03-13T20:21:30.919Z")].join("");
}

Deno.test("A page has the sections that there is something to say in, narrow ones in pairs", () => {
  const sections = (run: Partial<Run>, isCrawl = false) =>
    [...pageWith(run, isCrawl).matchAll(/<section( class="half")? aria-labelledby="(.*?)"/g)]
      .map(([, half = "", id]) => half === "" ? id : `${id}/2`).join(" ");
  const [good, bad] = [peerOf(), failedPeerOf()];
  const several = [seedOf("seed.example", "250.1.0.1", "250.1.0.2")];
  const charts = "heights/2 user-agents/2 services/2 times";
  const cases: [run: Partial<Run>, expected: string][] = [
    [{}, ""],
    [{ seeds: [UNRESOLVED] }, "failures"],
    [{ peers: [bad] }, "failures counts peers"],
    [{ peers: [good] }, "counts peers"],
    [{ peers: [good], seeds: [UNRESOLVED] }, "failures counts peers"],
    [{ peers: [good, bad] }, "failures counts outcomes/2 peers"],
    [{ peers: [good, good] }, `counts ${charts} peers`],
    [{ peers: [good, good, bad], seeds: several }, `failures counts seeds outcomes/2 ${charts} peers`],
    [{ peers: [good, good], seeds: several, audits: [AUDIT] }, `seeds counts ${charts} peers`],
    [{ peers: [good], seeds: [UNRESOLVED], audits: [AUDIT] }, "seeds counts peers"],
  ];
  for (const [run, expected] of cases) assertEquals(sections(run), expected);
  const crawlCharts = "user-agents/2 services/2 heights/2 groups/2 times";
  const crawlCases: [run: Partial<Run>, expected: string][] = [
    [{}, "network unreached/2"],
    [{ seeds: [UNRESOLVED] }, "network unreached/2 failures"],
    [{ peers: [bad] }, "network unreached/2 failures"],
    [{ peers: [good] }, `network networks/2 unreached/2 ${crawlCharts} peers`],
    [{ peers: [good], seeds: several }, `network networks/2 unreached/2 ${crawlCharts} peers`],
    [{ peers: [good, bad], seeds: several }, `network networks/2 unreached/2 ${crawlCharts} failures peers`],
  ];
  for (const [run, expected] of crawlCases) assertEquals(sections(run, true), expected);
});

Deno.test("A page begins with what failed and what shook hands, in a sentence", () => {
  const lead = (run: Partial<Run>) => textOf(/<p class="lead">(.*?)<\/p>/s.exec(pageWith(run))?.[1] ?? "");
  const [good, bad] = [peerOf(), failedPeerOf()];
  const seeds = [seedOf("seed.example", "250.1.0.1")];
  assertEquals(
    [
      {},
      { peers: [good], seeds },
      { peers: [good, good, bad] },
      { peers: [bad, bad, good], seeds: [...seeds, UNRESOLVED] },
      { seeds: [UNRESOLVED, UNRESOLVED] },
      { peers: [good, good], audits: [AUDIT] },
    ].map(lead),
    [
      "0 of 0 peers shook hands.",
      "1 of 1 peer shook hands (100%).",
      "1 peer failed. 2 of 3 peers shook hands (66%).",
      "1 name and 2 peers failed. 1 of 3 peers shook hands (33%).",
      "2 names failed. 0 of 0 peers shook hands.",
      "0 of 1 seed failed, 1 got a warning; 2 of 2 peers shook hands (100%).",
    ],
  );
});

Deno.test("A page says from how many targets it is, and names them if there are any", () => {
  const top = (run: Partial<Run>, isCrawl = false) => {
    const [, header = ""] = /<header>(.*?)(?:<nav|<\/header>)/s.exec(pageWith(run, isCrawl)) ?? [];
    return textOf(header.replace(/<p class="lead">.*?<\/p>/s, ""));
  };
  const ended = "in 10 s, ended 2026-03-13 20:21:30 UTC.";
  assertEquals(
    top({ summary: summaryOf({ targets: 1 }) }),
    `Bitcoin handshakes: mainnet 2026-03-13 From 1 target ${ended}`,
  );
  assertEquals(
    top({ seeds: [seedOf("a.example"), seedOf("b.example")] }),
    `Bitcoin handshakes: mainnet a.example and b.example, 2026-03-13 From 2 targets ${ended}`,
  );
  assertStringIncludes(
    top({ seeds: [seedOf("a.example")], peers: [peerOf({ target: "192.0.2.9:1" })] }),
    "Bitcoin handshakes: mainnet a.example and 192.0.2.9:1, 2026-03-13",
  );
  const crawl = { seeds: [seedOf("a.example")], peers: [peerOf({ target: "b.example" })] };
  assertEquals(top(crawl, true), `Bitcoin network: mainnet a.example, 2026-03-13 From 1 target ${ended}`);
  const named = { peers: [peerOf({ target: "192.0.2.9" }), peerOf({ target: "b.example" })] };
  assertStringIncludes(top(named, true), "Bitcoin network: mainnet 192.0.2.9, 2026-03-13");
});

Deno.test("The page of a crawl says what its figures mean, and no other does", () => {
  const isSaid = (isCrawl: boolean) => textOf(pageWith({}, isCrawl)).includes("These are addresses and not nodes");
  assertEquals([isSaid(true), isSaid(false)], [true, false]);
});
