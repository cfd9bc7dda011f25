import { assertEquals } from "@std/assert";
import type { PeerRecord } from "../../src/report/records/peer.ts";
import { SimulatedPeer } from "../../src/sim/peer.ts";
import { encodeVersion } from "../../src/wire/version.ts";
import { ascii, concat } from "../support/bytes.ts";
import { frame, nodeVersion, speak, versionFrame } from "../support/raw.ts";
import { runProgram } from "../support/program.ts";

const version = await versionFrame();
const verack = await frame("verack");

/** What comes of each peer, which says this. */
async function scan(peers: Readonly<Record<string, readonly Uint8Array[]>>): Promise<Record<string, PeerRecord>> {
  await using stack = new AsyncDisposableStack();
  const targets = new Map(
    Object.entries(peers).map(([name, parts]) => [name, stack.use(new SimulatedPeer(speak(...parts))).target]),
  );
  const result = await runProgram(["--format", "ndjson", "-t", "20", ...targets.values()]);
  return Object.fromEntries(Array.from(targets, ([name, target]) => [name, result.peer(target)]));
}

/** How it ended: `success`, or code and phase. */
function endings(records: Record<string, PeerRecord>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(records).map(([name, { success, error }]) => [
      name,
      success ? "success" : `${error?.code} in ${error?.phase}`,
    ]),
  );
}

Deno.test("A payload of 4,000,000 bytes is skipped; one more is oversized_message at its header", async () => {
  const records = await scan({
    most: [version, await frame("block", new Uint8Array(4_000_000)), verack],
    over: [version, await frame("block", undefined, { size: 4_000_001 })],
    far: [await frame("inv", undefined, { size: 0xffff_ffff })],
    version: [await frame("version", undefined, { size: 4_000_001 })],
  });
  assertEquals(endings(records), {
    most: "success",
    over: "oversized_message in verack",
    far: "oversized_message in version",
    version: "oversized_message in version",
  });
  assertEquals(records.over?.bytesrecv, version.length + 24);
});

Deno.test("A version of 4,096 bytes is read; one more is malformed_message at its header", async () => {
  const payload = encodeVersion(nodeVersion());
  const padded = (size: number) => concat(payload, new Uint8Array(size - payload.length));
  const records = await scan({
    most: [await frame("version", padded(4096)), verack],
    over: [await frame("version", undefined, { size: 4097 })],
    whole: [await frame("version", padded(4097)), verack],
  });
  assertEquals(endings(records), {
    most: "success",
    over: "malformed_message in version",
    whole: "malformed_message in version",
  });
});

Deno.test("A user agent of 256 bytes is read; one more is malformed_message", async () => {
  const payload = encodeVersion(nodeVersion({ userAgent: new Uint8Array(256).fill(0x2f) }));
  const lengthAt = 81;
  const over = concat(payload.subarray(0, lengthAt), Uint8Array.of(1, 1), payload.subarray(lengthAt + 2));
  const records = await scan({ most: [await frame("version", payload), verack], over: [await frame("version", over)] });
  assertEquals(endings(records), { most: "success", over: "malformed_message in version" });
  assertEquals(records.most?.subver, "/".repeat(256));
});

Deno.test("Protocol version 31800 is accepted; one less is obsolete_version", async () => {
  const records = await scan({
    least: [await versionFrame({ protocolVersion: 31800 }), verack],
    under: [await versionFrame({ protocolVersion: 31799 }), verack],
    negative: [await versionFrame({ protocolVersion: -1 }), verack],
  });
  assertEquals(endings(records), {
    least: "success",
    under: "obsolete_version in version",
    negative: "obsolete_version in version",
  });
});

Deno.test("1,000 messages before the verack are read; one more is message_flood", async () => {
  const inv = await frame("inv");
  const invs = (count: number) => concat(...Array.from({ length: count }, () => inv));
  const records = await scan({
    most: [version, invs(999), verack],
    over: [version, invs(1000), verack],
    withoutVersion: [invs(1001)],
  });
  assertEquals(endings(records), {
    most: "success",
    over: "message_flood in verack",
    withoutVersion: "message_flood in version",
  });
});

Deno.test("16 MiB before the verack are read; one byte more is message_flood", async () => {
  const MIB_16 = 16 * 1024 * 1024;
  const block = await frame("block", new Uint8Array(3_900_000));
  const fillers = [block, block, block, block];
  const rest = MIB_16 - version.length - verack.length - 4 * block.length;
  const filler = (size: number) => frame("block", new Uint8Array(size - 24));
  const records = await scan({
    most: [version, ...fillers, await filler(rest), verack],
    over: [version, ...fillers, await filler(rest + 1), verack],
  });
  assertEquals(endings(records), { most: "success", over: "message_flood in verack" });
  assertEquals(records.most?.bytesrecv, MIB_16);
});

Deno.test("A verack with a payload is accepted", async () => {
  const records = await scan({ payload: [version, await frame("verack", ascii("thank you"))] });
  assertEquals(endings(records), { payload: "success" });
});
