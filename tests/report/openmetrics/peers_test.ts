import { assertEquals } from "@std/assert";
import { PeerMetrics } from "../../../src/report/openmetrics/peers.ts";
import type { PeerRecord } from "../../../src/report/records/peer.ts";
import { failedPeerOf, peerOf } from "../../support/records.ts";

function samplesOf(name: string, ...peers: readonly PeerRecord[]) {
  const metrics = new PeerMetrics();
  for (const peer of peers) metrics.add(peer);
  return metrics.families().find((family) => family.name === name)?.samples ?? [];
}

Deno.test("Peers are counted by network, transport and outcome, and success is there even if none succeeded", () => {
  const peers = [
    failedPeerOf("timeout"),
    failedPeerOf("timeout"),
    peerOf({ network: "onion" }),
    peerOf({ network: null }),
  ];
  assertEquals(samplesOf("peers", ...peers).map(({ labels, value }) => [...Object.values(labels), value]), [
    ["ipv4", "v1", "success", 0],
    ["ipv4", "v1", "timeout", 2],
    ["onion", "v1", "success", 1],
    ["name", "v1", "success", 1],
  ]);
});

Deno.test("Times are those of the handshakes that succeeded", () => {
  const peers = [peerOf({ connect_ms: 20, handshake_ms: 80 }), { ...failedPeerOf(), connect_ms: 5 }];
  for (const [name, sum] of [["connect_seconds", 0.02], ["duration_seconds", 0.08]] as const) {
    assertEquals(samplesOf(name, ...peers).slice(-2).map(({ value }) => value), [1, sum]);
  }
  assertEquals(samplesOf("connect_seconds", peerOf({ connect_ms: null })).slice(-2).map(({ value }) => value), [0, 0]);
});

Deno.test("The median height is that of the peers that say one, and absent without any", () => {
  const heights = [1, 5, 900, null].map((startingheight) => peerOf({ startingheight }));
  assertEquals(samplesOf("median_height", ...heights), [{ labels: {}, value: 5 }]);
  assertEquals(samplesOf("median_height", failedPeerOf()), []);
});
