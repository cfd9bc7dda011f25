import { assertEquals } from "@std/assert";
import { ScanCheck } from "../../../src/report/check/scan.ts";
import type { PeerRecord } from "../../../src/report/records/peer.ts";
import { failedPeerOf, peerOf } from "../../support/records.ts";

function findingOf(...peers: readonly PeerRecord[]) {
  const check = new ScanCheck(8333);
  for (const peer of peers) check.add(peer);
  return check.finding();
}

const peerAt = (addr: string, fields: Partial<PeerRecord> = {}) => peerOf({ target: addr, addr, ...fields });

const UP = peerAt("250.1.0.1:8333");
const DOWN = { ...failedPeerOf("connection_refused"), target: "250.1.0.9:8333", addr: "250.1.0.9:8333" };

Deno.test("All targets up is OK, some WARNING, none CRITICAL", () => {
  const stateAndText = (...peers: PeerRecord[]) => {
    const { state, text } = findingOf(...peers);
    return `${state}: ${text}`;
  };
  assertEquals(stateAndText(UP), "OK: 1 of 1 target shook hands");
  assertEquals(stateAndText(UP, DOWN), "WARNING: 1 of 2 targets shook hands; 250.1.0.9:8333: connection_refused");
  assertEquals(stateAndText(DOWN), "CRITICAL: none of 1 target shook hands; 250.1.0.9:8333: connection_refused");
  assertEquals(stateAndText(), "CRITICAL: none of 0 targets shook hands");
});

Deno.test("A clock over 70 minutes off is a WARNING", () => {
  for (const [timeoffset, text] of [[4201, "4201 s ahead"], [-4201, "4201 s behind"]] as const) {
    const finding = findingOf(peerAt("250.1.0.1:8333", { timeoffset }));
    assertEquals([finding.state, finding.text], [
      "WARNING",
      `1 of 1 target shook hands; the clock of 250.1.0.1:8333 is ${text}`,
    ]);
  }
  assertEquals(findingOf(peerAt("250.1.0.1:8333", { timeoffset: -4200 })).state, "OK");
});

Deno.test("A height over 144 behind the median is a WARNING", () => {
  const withHeights = (...heights: readonly number[]) =>
    findingOf(...heights.map((startingheight, i) => peerAt(`250.1.0.${i}:8333`, { startingheight })));
  assertEquals(withHeights(1000, 1000, 856).state, "OK");
  const { state, text } = withHeights(1000, 1000, 855);
  assertEquals([state, text], [
    "WARNING",
    "3 of 3 targets shook hands; 250.1.0.2:8333 is 145 blocks behind the median",
  ]);
});

Deno.test("The performance data are the counts, and the worst of the peers that shook hands", () => {
  const slow = peerAt("250.1.0.2:8333", { handshake_ms: 1250, timeoffset: -7, startingheight: 939_990 });
  const values = findingOf(UP, slow, DOWN).performance.map(({ label, value }) => [label, value]);
  assertEquals(Object.fromEntries(values), {
    targets: 2,
    peers: 2,
    handshake: 1.25,
    clock: -7,
    height: 939_990,
    behind: 0,
  });
  const clock = (...offsets: readonly number[]) =>
    findingOf(...offsets.map((timeoffset, i) => peerAt(`250.1.0.${i}:8333`, { timeoffset }))).performance
      .find(({ label }) => label === "clock")?.value;
  assertEquals([clock(-7, 7), clock(7, -7), clock(-7, 3), clock(3, -7)], [-7, 7, -7, -7]);
  const unknown = findingOf(DOWN).performance.filter(({ value }) => value === null).map(({ label }) => label);
  assertEquals(unknown, ["handshake", "clock", "height", "behind"]);
});
