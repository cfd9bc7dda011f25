import { assert, assertEquals } from "@std/assert";
import { htmlPage } from "../../../src/report/html/page.ts";
import type { CrawlRecord } from "../../../src/report/records/crawl.ts";
import type { PeerRecord } from "../../../src/report/records/peer.ts";
import { crawlOf } from "../../support/records.ts";
import { sampleRun, summaryOfPeers } from "../../support/sample_run.ts";

function piecesOf(peers: readonly PeerRecord[], crawl: CrawlRecord | null = null): string[] {
  const summary = { ...summaryOfPeers(peers, 1), crawl };
  return [...htmlPage({ seeds: [], peers, audits: [], summary }, "2026-03-13T20:21:30.919Z")];
}

Deno.test("The page of 20,000 peers, whatever they say, is under 5 MB, and comes in pieces", () => {
  const { peers } = sampleRun(20_000);
  const hostile = peers.map((peer, i) => ({
    ...peer,
    subver: `${i}${"<&>".repeat(340)}`,
    servicesnames: Array(64).fill("UNKNOWN[2^63]"),
  }));
  for (const some of [peers, hostile]) {
    const pieces = piecesOf(some);
    const size = new TextEncoder().encode(pieces.join("")).length;
    assertEquals(size > 4_000_000 && size < 5_000_000, true, String(size));
    assertEquals(Math.max(...pieces.map(({ length }) => length)) < 1_500_000, true);
    assertEquals(pieces.some((piece) => piece.includes("an even sample")), some === hostile);
  }
});

Deno.test("The page of a crawl of 50,000 peers stays under 5 MB", () => {
  assert(piecesOf(sampleRun(50_000).peers, crawlOf()).join("").length < 5_000_000);
});
