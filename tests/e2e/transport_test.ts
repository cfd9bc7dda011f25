/** `--transport`: which transport is spoken, and what the output says of it. */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { nodeScript, type NodeScriptOptions, silentScript, SimulatedPeer } from "../../src/sim.ts";
import type { PeerRecord } from "../../src/report/records/peer.ts";
import { CHAINS } from "../../src/wire/chains.ts";
import { concat } from "../support/bytes.ts";
import { runProgram } from "../support/program.ts";

const TRANSPORTS = ["v1", "v2", "auto"] as const;

/** What a record says of the transport: which one, whether in v2's place, and how it ended. */
function transportOf({ transport_protocol_type, v2_fallback, session_id, error }: PeerRecord) {
  const end = error === null ? "ok" : `${error.code} ${error.phase}`;
  if (session_id !== null) assertMatch(session_id, /^[0-9a-f]{64}$/);
  return `${transport_protocol_type}${v2_fallback ? " instead" : ""}${session_id === null ? "" : " session"} ${end}`;
}

async function scanned(target: string, ...args: string[]): Promise<PeerRecord> {
  return (await runProgram(["--format", "ndjson", ...args, target])).peer(target);
}

const NODES: readonly (readonly [name: string, options: NodeScriptOptions, records: readonly string[]])[] = [
  ["v1 and v2", { transport: "both" }, ["v1 ok", "v2 session ok", "v2 session ok"]],
  ["v1 and v2, as its services say", { services: 0x800n }, ["v1 ok", "v2 session ok", "v2 session ok"]],
  ["v2 alone", { transport: "v2" }, ["v1 connection_closed version", "v2 session ok", "v2 session ok"]],
  ["v1 alone", { transport: "v1" }, ["v1 ok", "v2 v2_not_supported transport", "v1 instead ok"]],
  ["v1 alone, as its services say", { services: 9n }, ["v1 ok", "v2 v2_not_supported transport", "v1 instead ok"]],
];

for (const [name, options, records] of NODES) {
  Deno.test(`The handshake with a node that speaks ${name} goes accordingly`, async () => {
    await using peer = new SimulatedPeer(nodeScript(options));
    const args = [...TRANSPORTS.map((transport) => ["--transport", transport]), []];
    const found = await Promise.all(args.map((some) => scanned(peer.target, ...some)));
    assertEquals(found.map(transportOf), [...records, records[0]]);
  });
}

Deno.test("A silent peer is given half of the time in v2, and the rest in v1, with auto", async () => {
  await using peer = new SimulatedPeer(silentScript);
  const [v2, auto] = await Promise.all([
    scanned(peer.target, "--transport", "v2", "-t", "1"),
    scanned(peer.target, "--transport", "auto", "-t", "1"),
  ]);
  assertEquals(transportOf(v2), "v2 v2_not_supported transport");
  assertEquals(transportOf(auto), "v1 instead timeout version");
  assert(auto.handshake_ms >= 900 && auto.bytesrecv === 0 && auto.bytessent < 200, JSON.stringify(auto));
});

Deno.test("A peer that ignores v2 shakes hands over v1 with auto", async () => {
  let connections = 0;
  const scripts = [silentScript, nodeScript({ transport: "v1" })];
  await using peer = new SimulatedPeer((link) => scripts[connections++]?.(link) ?? Promise.resolve());
  const record = await scanned(peer.target, "--transport", "auto", "-t", "3");
  assertEquals([transportOf(record), connections], ["v1 instead ok", 2]);
  assert(record.handshake_ms >= 1400, `${record.handshake_ms}`);
});

Deno.test("v2 works on every chain, and not from another chain", async () => {
  await using running = new AsyncDisposableStack();
  const nodes = CHAINS.map((chain) => running.use(new SimulatedPeer(nodeScript({ chain, transport: "v2" }))));
  const [foreign, ...same] = await Promise.all([
    scanned(nodes[0]?.target ?? "", "--transport", "auto", "-t", "3", "-c", CHAINS[1]?.name ?? ""),
    ...nodes.map(({ target }, i) => scanned(target, "--transport", "v2", "-c", CHAINS[i]?.name ?? "")),
  ]);
  assertEquals(same.map(transportOf), CHAINS.map(() => "v2 session ok"));
  // Neither end can tell: both wait for a garbage terminator, in vain, and for no more than 4095 bytes before it.
  assertMatch(transportOf(foreign), /^v2 (timeout|v2_protocol_error|connection_closed) transport$/);
});

Deno.test("Text says transport=v2 for a peer addressed in v2, and nothing for v1", async () => {
  await using peer = new SimulatedPeer(nodeScript({ transport: "both" }));
  await using old = new SimulatedPeer(nodeScript({ transport: "v1" }));
  const { lines } = await runProgram(["--transport", "auto", peer.target, old.target]);
  const line = (target: string) => lines.find((line) => line.includes(target)) ?? "";
  assertMatch(line(peer.target), /height=940000 transport=v2 time=\d+ms$/);
  assertMatch(line(old.target), /height=940000 time=\d+ms$/);
});

Deno.test("Both attempts show with --log-level debug, and only there", async () => {
  await using peer = new SimulatedPeer(nodeScript({ transport: "v1" }));
  const args = ["--transport", "auto", peer.target];
  const [shown, quiet] = await Promise.all([runProgram([...args, "--log-level", "debug"]), runProgram(args)]);
  const told = `${peer.target}: v2_not_supported: Expected a v2 answer, but the peer closed the connection`;
  assertStringIncludes(shown.stderr, `${told}; trying v1\n`);
  assertEquals(quiet.stderr, "");
});

Deno.test("v2 begins with bytes that always differ, and vary in number", async () => {
  const connections: Uint8Array[][] = [];
  await using peer = new SimulatedPeer(async (link) => {
    const parts: Uint8Array[] = [];
    connections.push(parts);
    for await (const bytes of link.bytes()) parts.push(bytes);
  });
  await Promise.all([1, 2, 3].map(() => runProgram(["--transport", "v2", "-t", "1", peer.target])));
  const sent = connections.map((parts) => concat(...parts));
  assertEquals(sent.length, 3);
  assertEquals(new Set(sent.map((bytes) => bytes.subarray(0, 64).toHex())).size, 3);
  assert(new Set(sent.map(({ length }) => length)).size > 1);
  assert(sent.every(({ length }) => length >= 64 && length <= 64 + 4095));
});
