import { assertEquals } from "@std/assert";
import type { PeerAddress } from "../../src/address/address.ts";
import { KnownPeers } from "../../src/scan/known_peers.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";

const name = (host: string, port = 8333): PeerAddress => ({ network: null, host, port });

Deno.test("KnownPeers knows an address of any network by host and port, and a name in any case", () => {
  const known = new KnownPeers(7);
  const peers = [...ONE_OF_EACH, name("seed.example"), name("seed.example", 1), name("other.example")];
  assertEquals(peers.map((peer) => known.addIfNew(peer)), peers.map(() => true));
  assertEquals(peers.map((peer) => known.addIfNew(peer)), peers.map(() => false));
  assertEquals(["Seed.Example", "seed.example."].map((host) => known.addIfNew(name(host))), [false, false]);
  assertEquals(known.size, peers.length);
});
