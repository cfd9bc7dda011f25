import { assertEquals } from "@std/assert";
import { KnownAddresses } from "../../src/crawl/known_addresses.ts";
import { Sources } from "../../src/crawl/sources.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";

Deno.test("Sources gives back the text of a target, and that of a peer, known or not", () => {
  const known = new KnownAddresses(1);
  const sources = new Sources(known);
  const [peer, other] = ONE_OF_EACH;
  if (peer === undefined || other === undefined) throw new Error("no addresses");
  known.add(other);
  known.add(peer);
  const texts = ["seed.example", "192.0.2.1", "seed.example"].map((text) => sources.ofText(text));
  assertEquals(texts[0], texts[2]);
  const name = { network: null, host: "seed.example", port: 8333 } as const;
  const all = [...texts, sources.ofPeer(peer), sources.ofPeer({ ...peer, port: 1 }), sources.ofPeer(name)];
  assertEquals(all.map((source) => sources.text(source)), [
    "seed.example",
    "192.0.2.1",
    "seed.example",
    "192.0.2.1:8333",
    "192.0.2.1:1",
    "seed.example:8333",
  ]);
  // Of a known peer no text is kept.
  assertEquals(sources.ofPeer(peer), 1);
});

Deno.test("Sources tells the numbers of many peers from texts", () => {
  const known = new KnownAddresses(1);
  const sources = new Sources(known);
  const peers = Array.from({ length: 200 }, (_, i) => ({ network: "ipv4", host: `8.8.8.${i}`, port: 1 } as const));
  for (const peer of peers) known.add(peer);
  sources.ofText("seed.example");
  assertEquals(peers.map((peer) => sources.text(sources.ofPeer(peer))), peers.map(({ host }) => `${host}:1`));
});
