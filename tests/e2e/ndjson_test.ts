import { assert, assertEquals, assertGreaterOrEqual, assertLessOrEqual, assertMatch } from "@std/assert";
import { type Address, formatAddress } from "../../src/address/address.ts";
import { type PeerScript, SimulatedPeer } from "../../src/sim/peer.ts";
import { nodeScript, otherMessage } from "../../src/sim/scripts.ts";
import type { PeerRecord } from "../../src/report/records/peer.ts";
import type { ScanRecord } from "../../src/report/records.ts";
import { CapturingPeer } from "../support/capture.ts";
import { asking, startDns } from "../support/dns.ts";
import { HAS_IPV6, REFUSING_TARGET } from "../support/faults.ts";
import { ascii } from "../support/bytes.ts";
import { frame, speak, speakAndHear, versionFrame } from "../support/raw.ts";
import { type ProgramResult, runProgram } from "../support/program.ts";
import { failedPeerOf, peerOf } from "../support/records.ts";

const KEYS: Readonly<Record<ScanRecord["type"], readonly string[]>> = {
  seed: ["type", "target", "addresses", "error"],
  peer: [
    "type",
    "target",
    "addr",
    "network",
    "success",
    "transport_protocol_type",
    "session_id",
    "v2_fallback",
    "version",
    "services",
    "servicesnames",
    "subver",
    "startingheight",
    "relaytxes",
    "timeoffset",
    "addrlocal",
    "verack",
    "messages",
    "connect_ms",
    "handshake_ms",
    "bytessent",
    "bytesrecv",
    "error",
  ],
  summary: [
    "type",
    "chain",
    "targets",
    "peers",
    "success",
    "failure",
    "verack_missing",
    "errors",
    "elapsed_ms",
    "interrupted",
    "crawl",
  ],
};

function scan(...args: string[]): Promise<ProgramResult> {
  return runProgram(["--format", "ndjson", "-t", "10", ...args]);
}

async function recordOf(script: PeerScript): Promise<PeerRecord> {
  await using peer = new SimulatedPeer(script);
  return (await scan(peer.target)).peer(peer.target);
}

Deno.test("Every record has every key, in the order of the documentation", async () => {
  await using good = new SimulatedPeer(nodeScript());
  await using web = new SimulatedPeer(speak(ascii("HTTP/1.1")));
  await using shy = new SimulatedPeer(speakAndHear(await versionFrame()));
  await using server = await startDns({ "seed.example": { a: ["127.0.0.1"] } });
  const names = [`seed.example:${good.address.port}`, "no-such-name.example"];
  const { records } = await scan(...asking(server), ...names, web.target, shy.target, REFUSING_TARGET, "224.0.0.1");
  assertEquals(records.length, 2 + 5 + 1);
  for (const record of records) assertEquals<readonly string[]>(Object.keys(record), KEYS[record.type]);
  for (const record of records) {
    if (record.type === "summary" || record.error === null) continue;
    assertEquals(Object.keys(record.error), ["code", "phase", "message"]);
  }
});

Deno.test("A peer record says what the peer's version said", async () => {
  await using peer = new SimulatedPeer(
    nodeScript({ services: 0xc0dn, startHeight: 123_456, relay: false, protocolVersion: 70015 }),
  );
  const record = (await scan(peer.target)).peer(peer.target);
  const { connect_ms, handshake_ms, timeoffset, addrlocal, bytessent, bytesrecv } = record;
  assertEquals(
    record,
    peerOf({
      target: peer.target,
      addr: peer.target,
      version: 70015,
      services: "0000000000000c0d",
      servicesnames: ["NETWORK", "BLOOM", "WITNESS", "NETWORK_LIMITED", "P2P_V2"],
      startingheight: 123_456,
      relaytxes: false,
      ...{ connect_ms, handshake_ms, timeoffset, addrlocal, bytessent, bytesrecv },
    }),
  );
  assert(connect_ms !== null && connect_ms >= 0 && handshake_ms >= connect_ms);
  assert(bytessent > 0 && bytesrecv > 0);
  assert(addrlocal !== null && timeoffset !== null);
});

Deno.test("A peer that was never reached has null for all that is unknown", async () => {
  const record = (await scan(REFUSING_TARGET)).peer(REFUSING_TARGET);
  const { handshake_ms } = record;
  assertEquals(record, {
    ...failedPeerOf(),
    target: REFUSING_TARGET,
    addr: REFUSING_TARGET,
    handshake_ms,
    bytessent: 0,
    error: { code: "connection_refused", phase: "connect", message: "connection refused" },
  });
  assertGreaterOrEqual(handshake_ms, 0);
});

Deno.test("An IPv6 peer is in brackets, its network ipv6", { ignore: !HAS_IPV6 }, async () => {
  await using peer = new SimulatedPeer(nodeScript(), { hostname: "::1" });
  const { addr, network, addrlocal } = (await scan(peer.target)).peer(`[::1]:${peer.address.port}`);
  assertEquals({ addr, network }, { addr: peer.target, network: "ipv6" });
  assertMatch(addrlocal ?? "", /^\[::1\]:\d+$/);
});

Deno.test("The bytes are those that crossed the socket", async () => {
  await using peer = new CapturingPeer();
  const { bytessent, bytesrecv } = (await scan(peer.target)).peer(peer.target);
  assertEquals(bytessent, (await peer.connection()).bytes.length);
  assertEquals(bytesrecv, (await versionFrame()).length + (await frame("verack")).length);
});

Deno.test("addrlocal is our end as the peer sees it, or null when the peer does not tell", async () => {
  const seen: Address[] = [];
  await using peer = new SimulatedPeer((link) => {
    seen.push(link.remote);
    return nodeScript()(link);
  });
  await using discreet = new SimulatedPeer(speakAndHear(await versionFrame(), await frame("verack")));
  const result = await scan(peer.target, discreet.target);
  assertEquals(seen.map(formatAddress), [result.peer(peer.target).addrlocal]);
  assertEquals(result.peer(discreet.target).addrlocal, null);
});

Deno.test("timeoffset is the peer's clock minus ours", async () => {
  for (const timeOffset of [3600, -7200]) {
    const { timeoffset } = await recordOf(nodeScript({ timeOffset }));
    assertGreaterOrEqual(timeoffset ?? NaN, timeOffset - 2);
    assertLessOrEqual(timeoffset ?? NaN, timeOffset + 2);
  }
});

Deno.test("All 64 service bits are kept, the unknown ones by position", async () => {
  const { services, servicesnames } = await recordOf(nodeScript({ services: 0xffff_ffff_ffff_ffffn }));
  assertEquals(services, "ffffffffffffffff");
  assertEquals(servicesnames?.length, 64);
  assertEquals(servicesnames?.slice(0, 12), [
    "NETWORK",
    "GETUTXO",
    "BLOOM",
    "WITNESS",
    "XTHIN",
    "UNKNOWN[2^5]",
    "COMPACT_FILTERS",
    "UNKNOWN[2^7]",
    "UNKNOWN[2^8]",
    "UNKNOWN[2^9]",
    "NETWORK_LIMITED",
    "P2P_V2",
  ]);
  assertEquals(servicesnames?.at(-1), "UNKNOWN[2^63]");
});

Deno.test("No service bits are an empty list, not null", async () => {
  const { services, servicesnames } = await recordOf(nodeScript({ services: 0n }));
  assertEquals({ services, servicesnames }, { services: "0000000000000000", servicesnames: [] });
});

Deno.test("messages are the types up to the verack, in order, the first 32", async () => {
  const negotiation = Array.from({ length: 40 }, (_, i) => otherMessage(`msg${i}`));
  const { messages, verack } = await recordOf(nodeScript({ negotiation }));
  assertEquals(messages, ["version", ...negotiation.slice(0, 31).map(({ messageType }) => messageType)]);
  assertEquals(verack, true);
});

Deno.test("Text from a peer is escaped without loss, and every line is one object", async () => {
  const typeBytes = Uint8Array.of(0x1b, 0x5b, 0x6d, 0x0a, 0x5c, 0xff, 0, 0x41, 0, 0, 0, 0);
  const userAgent = Uint8Array.of(0x1b, 0x5b, 0x6d, 0x0a, 0x5c, 0xff, 0x22, 0x20, 0x7f, 0xc2, 0x9b);
  const parts = [await versionFrame({ userAgent }), await frame("x", undefined, { typeBytes }), await frame("verack")];
  await using peer = new SimulatedPeer(speakAndHear(...parts));
  const result = await scan(peer.target);
  const { subver, messages } = result.peer(peer.target);
  assertEquals(subver, '\\x1b[m\\x0a\\\\\\xff" \\x7f\\xc2\\x9b');
  assertEquals(messages, ["version", "\\x1b[m\\x0a\\\\\\xff\\x00A", "verack"]);
  assertMatch(result.stdout, /^[\x20-\x7e\n]*$/);
});

Deno.test("A peer that closed after its version has verack false, and is counted in verack_missing", async () => {
  await using shy = new SimulatedPeer(speakAndHear(await versionFrame()));
  await using good = new SimulatedPeer(nodeScript());
  const result = await scan(shy.target, good.target);
  const { success, verack, error, messages } = result.peer(shy.target);
  assertEquals({ success, verack, error, messages }, {
    success: true,
    verack: false,
    error: null,
    messages: ["version"],
  });
  assertEquals(result.summary.verack_missing, 1);
});

Deno.test("The summary adds up, and each target is counted", async () => {
  await using stack = new AsyncDisposableStack();
  const peer = (script: PeerScript) => stack.use(new SimulatedPeer(script)).target;
  const web = [peer(speak(ascii("HTTP/1.1"))), peer(speak(ascii("SSH-2.0-x")))];
  const targets = [
    peer(nodeScript()),
    peer(nodeScript()),
    peer(speakAndHear(await versionFrame())),
    ...web,
    REFUSING_TARGET,
  ];
  const result = await scan(...targets, REFUSING_TARGET, "-c", "main");
  const { elapsed_ms, ...rest } = result.summary;
  assertEquals<unknown>(rest, {
    type: "summary",
    chain: "mainnet",
    targets: 7,
    peers: 6,
    success: 3,
    failure: 3,
    verack_missing: 1,
    errors: { not_bitcoin: 2, connection_refused: 1 },
    interrupted: false,
    crawl: null,
  });
  assert(Number.isInteger(elapsed_ms) && elapsed_ms >= 0);
  assertEquals(result.peers.length, 6);
});

Deno.test("A seed record lists all that a name resolved to, also what another target gave", async () => {
  await using peer = new SimulatedPeer(nodeScript());
  await using server = await startDns({ "one.example": { a: ["127.0.0.1"] }, "two.example": { a: ["127.0.0.1"] } });
  const { port } = peer.address;
  const result = await scan(...asking(server), `one.example:${port}`, `two.example:${port}`, peer.target);
  assertEquals([...result.seeds.keys()].toSorted(), [`one.example:${port}`, `two.example:${port}`]);
  for (const { addresses, error } of result.seeds.values()) {
    assertEquals({ addresses, error }, { addresses: ["127.0.0.1"], error: null });
  }
  assertEquals(result.peers.length, 1);
});

Deno.test("A literal address makes no seed record", async () => {
  await using peer = new SimulatedPeer(nodeScript());
  assertEquals((await scan(peer.target)).records.map(({ type }) => type), ["peer", "summary"]);
});

Deno.test("-q leaves ndjson as it is", async () => {
  await using peer = new SimulatedPeer(nodeScript());
  const { records } = await scan("-q", peer.target);
  assertEquals(records.map(({ type }) => type), ["peer", "summary"]);
});
