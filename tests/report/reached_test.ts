import { assertEquals } from "@std/assert";
import { Reached } from "../../src/report/reached.ts";
import { failedPeerOf, peerOf } from "../support/records.ts";

Deno.test("Reached counts the peers that shook hands, by network", () => {
  const reached = new Reached();
  reached.add(peerOf({ startingheight: 20 }));
  reached.add(peerOf({ startingheight: 30, servicesnames: ["NETWORK"] }));
  reached.add(peerOf({ startingheight: 10, servicesnames: null }));
  reached.add(peerOf({ network: "onion", startingheight: 40 }));
  reached.add(peerOf({ network: "i2p", startingheight: null, servicesnames: [] }));
  reached.add(failedPeerOf());
  reached.add({ ...peerOf({ startingheight: 99 }), success: false });
  assertEquals(reached.of("ipv4"), { count: 3, v2: 1, medianHeight: 20 });
  assertEquals(reached.of("onion"), { count: 1, v2: 1, medianHeight: 40 });
  assertEquals(reached.of("i2p"), { count: 1, v2: 0, medianHeight: null });
  assertEquals(reached.of("cjdns"), { count: 0, v2: 0, medianHeight: null });
  assertEquals(reached.all, { count: 5, v2: 2, medianHeight: 20 });
});

Deno.test("Reached has the user agents, most frequent first", () => {
  const reached = new Reached();
  for (const subver of ["/b/", "/a/", null, "/a/", ""]) reached.add(peerOf({ subver }));
  assertEquals(reached.userAgents, [["/a/", 2], ["/b/", 1], ["(none)", 1], ["(empty)", 1]]);
});

Deno.test("Reached tells 10,000 user agents apart, and counts on of those it knows", () => {
  const reached = new Reached();
  for (let i = 0; i < 10_005; i++) reached.add(peerOf({ subver: `/${i}/` }));
  reached.add(peerOf({ subver: "/9999/" }));
  assertEquals(reached.userAgents.length, 10_000);
  assertEquals(reached.userAgents[0], ["/9999/", 2]);
});
