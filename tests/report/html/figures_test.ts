import { assertEquals } from "@std/assert";
import { keyFigures } from "../../../src/report/html/figures.ts";
import type { PeerRecord } from "../../../src/report/records/peer.ts";
import { textOf } from "../../support/html.ts";
import { failedPeerOf, peerOf } from "../../support/records.ts";
import { summaryOfPeers } from "../../support/sample_run.ts";

const htmlOf = (peers: readonly PeerRecord[]) => String(keyFigures(peers, summaryOfPeers(peers, 1)));

/** Each figure with its label and its note. */
const figuresOf = (peers: readonly PeerRecord[]) =>
  htmlOf(peers).split("<dt>").slice(1).map((figure) =>
    textOf(figure.replace("</dt>", ":").replace(/\s*<small>/, "; "))
  );

const copies = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

const FAILED = failedPeerOf();

Deno.test("The figures are the shares of failure and success, and what the peers that shook hands are like", () => {
  const peers = [
    ...copies(5, FAILED),
    peerOf({ handshake_ms: 100 }),
    peerOf({ handshake_ms: 20, verack: false, startingheight: 939_998, transport_protocol_type: "v2" }),
    peerOf({ handshake_ms: 30, startingheight: null }),
  ];
  assertEquals(figuresOf(peers), [
    "Failed: 5; 62% of 8",
    "Shook hands: 3; 37% of 8",
    "of these without verack: 1; 33% of 3",
    "Median handshake: 30 ms",
    "Median height: 939998",
    "Spoke v2: 33%; 1 of 3",
  ]);
});

Deno.test("A figure that would be 0, or of nobody, is left out, and that of one peer is no median", () => {
  assertEquals(figuresOf(copies(2, FAILED)), ["Failed: 2; 100% of 2"]);
  assertEquals(figuresOf([FAILED, failedPeerOf("proxy_unreachable"), { ...FAILED, network: "onion" }]), [
    "Failed: 3; 100% of 3",
  ]);
  assertEquals(figuresOf([peerOf()]), ["Shook hands: 1; 100% of 1", "Handshake: 83.4 ms", "Height: 940000"]);
  assertEquals(figuresOf(copies(2, peerOf({ startingheight: null }))), [
    "Shook hands: 2; 100% of 2",
    "Median handshake: 83.4 ms",
  ]);
  assertEquals(figuresOf([]), []);
});

Deno.test("The networks have figures of their own from the second one on, if anybody shook hands", () => {
  const peers = [peerOf({ startingheight: null }), { ...FAILED, network: "ipv6" } as const];
  assertEquals(figuresOf(peers).slice(2, 4), [
    "IPv4 that shook hands: 100%; 1 of 1",
    "IPv6 that shook hands: 0%; 0 of 1",
  ]);
});

Deno.test("The time within which 90% shook hands needs twenty of them", () => {
  const handshake = (count: number) =>
    figuresOf(Array.from({ length: count }, (_, i) => peerOf({ handshake_ms: i + 1 })))[1];
  assertEquals([19, 20, 100].map(handshake), [
    "Median handshake: 10 ms",
    "Median handshake: 10 ms; 90% within 18 ms",
    "Median handshake: 50 ms; 90% within 90 ms",
  ]);
});

Deno.test("One bar has a part for each outcome there is, as wide as its share, and says which is which", () => {
  const partsOf = (peers: readonly PeerRecord[]) => {
    const bar = htmlOf(peers);
    const legend = [...bar.matchAll(/<span class="swatch (.*?)"><\/span>(.*?)</g)].map((
      [, tone, label],
    ) => [tone, label]);
    const parts = [...bar.matchAll(/<rect class="(.*?)" x="(.*?)" width="(.*?)"/g)].map(([, ...part]) => part);
    return { legend, parts };
  };
  assertEquals(partsOf([...copies(5, FAILED), peerOf({ verack: false }), peerOf(), peerOf()]), {
    legend: [["bad", "failed"], ["fair", "shook hands, no verack"], ["good", "shook hands"]],
    parts: [["bad", "0.00", "62.50"], ["fair", "62.50", "12.50"], ["good", "75.00", "25.00"]],
  });
  assertEquals(partsOf([peerOf()]), { legend: [["good", "shook hands"]], parts: [["good", "0.00", "100.00"]] });
});
