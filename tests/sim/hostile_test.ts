import { assert, assertEquals, assertGreaterOrEqual, assertRejects } from "@std/assert";
import { denoIo, type PeerRecord, recordOf, scan, type ScanSettings, type SummaryRecord } from "../../src/mod.ts";
import { V1Transport } from "../../src/protocol.ts";
import { HOSTILE_CLOCK, HOSTILE_PEERS, type HostilePeer, startHostilePeer } from "../../src/sim.ts";
import { MAINNET } from "../../src/wire.ts";
import { concat } from "../support/bytes.ts";
import { type Schema, validate } from "../support/json_schema.ts";
import { frame, versionFrame } from "../support/raw.ts";
import { receiveAll } from "../support/v1.ts";

const SCHEMA: Schema = JSON.parse(Deno.readTextFileSync(new URL("../../src/report/schema.json", import.meta.url)));

/** Never passes, even on a busy machine, unless a peer that should finish does not. */
const PATIENCE = 30_000;

/** Passes with each peer that never finishes; long enough for such a peer to get as far as it does. */
const TIMEOUT = 2000;

/** The records of each peer, and the summary. */
interface Outcome {
  readonly records: ReadonlyMap<HostilePeer, readonly PeerRecord[]>;
  readonly summary: SummaryRecord;
}

/** Scans some peers at once; every record must be what the schema says. */
async function scanPeers(peers: readonly HostilePeer[], settings: Partial<ScanSettings> = {}): Promise<Outcome> {
  await using running = new AsyncDisposableStack();
  const records = new Map<HostilePeer, PeerRecord[]>();
  const byTarget = new Map<string, PeerRecord[]>();
  for (const peer of peers) {
    const own: PeerRecord[] = [];
    records.set(peer, own);
    byTarget.set(running.use(await startHostilePeer(peer)).target, own);
  }
  const io = { ...denoIo, clock: HOSTILE_CLOCK };
  let summary: SummaryRecord | undefined;
  for await (const result of scan(byTarget.keys(), { timeout: PATIENCE, ...settings, io })) {
    const record = recordOf(result);
    const line = JSON.stringify(record);
    assertEquals(validate(JSON.parse(line), SCHEMA), [], line);
    assert(summary === undefined, "a record came behind the summary");
    if (record.type === "peer") byTarget.get(record.target)?.push(record);
    else if (record.type === "summary") summary = record;
  }
  assert(summary !== undefined);
  return { records, summary };
}

/** The part of a record that the peer determines. */
function decidedPart(record: PeerRecord, { expected }: HostilePeer): Record<string, unknown> {
  const { error } = record;
  const fields = { ...record, error: error && { code: error.code, phase: error.phase } };
  return Object.fromEntries(Object.entries(fields).filter(([key]) => Object.hasOwn(expected, key)));
}

/** Asserts that each peer has exactly its expected record, and that the counts add up. */
function assertOutcome({ records, summary }: Outcome): void {
  const peers = [...records.keys()];
  assertEquals(
    Object.fromEntries(Array.from(records, ([peer, own]) => [peer.name, own.map((one) => decidedPart(one, peer))])),
    Object.fromEntries(peers.map((peer) => [peer.name, [{ ...peer.expected }]])),
  );
  const errors: Record<string, number> = {};
  for (const { expected: { error } } of peers) if (error !== null) errors[error.code] = (errors[error.code] ?? 0) + 1;
  const success = peers.filter(({ expected }) => expected.error === null).length;
  assertEquals({ ...summary, elapsed_ms: 0 }, {
    type: "summary",
    chain: summary.chain,
    targets: peers.length,
    peers: peers.length,
    success,
    failure: peers.length - success,
    verack_missing: peers.filter(({ expected }) => expected.success && !expected.verack).length,
    errors,
    elapsed_ms: 0,
    interrupted: false,
    crawl: null,
  });
}

const peerNamed = (name: string): HostilePeer => {
  const peer = HOSTILE_PEERS.find((one) => one.name === name);
  assert(peer !== undefined, `no peer ${name}`);
  return peer;
};

const ORDINARY = HOSTILE_PEERS.filter(({ settings }) => settings === undefined);
const isEndless = ({ expected }: HostilePeer): boolean => expected.error?.code === "timeout";
const FINITE = ORDINARY.filter((peer) => !isEndless(peer));

Deno.test("Every hostile peer has a unique name, and a consistent expectation", () => {
  assertGreaterOrEqual(HOSTILE_PEERS.length, 100);
  assertEquals(new Set(HOSTILE_PEERS.map(({ name }) => name)).size, HOSTILE_PEERS.length);
  for (const { name, expected: { success, verack, error } } of HOSTILE_PEERS) {
    assertEquals(error === null, success, name);
    assert(success || !verack, name);
  }
});

Deno.test("Every hostile peer that finishes gets its expected record, all at once", async () => {
  assertOutcome(await scanPeers(FINITE));
});

Deno.test("Every hostile peer that never finishes gets its timeout, among others that close", async () => {
  const mixed = ORDINARY.filter((peer) => isEndless(peer) || peer.expected.error?.code === "connection_closed");
  assertOutcome(await scanPeers(mixed, { timeout: TIMEOUT }));
});

Deno.test("Every hostile peer that needs other settings gets its expected record", async () => {
  const special = HOSTILE_PEERS.filter(({ settings }) => settings !== undefined);
  const groups = Map.groupBy(special, ({ settings }) => settings);
  const timesOut = ({ timeout = PATIENCE }: Partial<ScanSettings> = {}) => timeout < PATIENCE;
  for (const [settings, peers] of groups) if (!timesOut(settings)) assertOutcome(await scanPeers(peers, settings));
  // The others take their full time but do little, so they can wait together.
  const others = groups.entries().filter(([settings]) => timesOut(settings));
  const outcomes = await Promise.all(others.map(([settings, peers]) => scanPeers(peers, settings)));
  for (const outcome of outcomes) assertOutcome(outcome);
});

Deno.test("Hostile peers get the same records two at a time", async () => {
  assertOutcome(await scanPeers(FINITE, { concurrency: 2 }));
});

Deno.test("Hostile peers that reset get the same records one at a time", async () => {
  assertOutcome(await scanPeers(FINITE.filter(({ resets }) => resets), { concurrency: 1 }));
});

Deno.test("A refused peer gets our version and nothing more", async () => {
  const refused = ORDINARY.filter(({ expected: { error } }) =>
    error?.code === "obsolete_version" || error?.code === "self_connection"
  );
  const { records } = await scanPeers([...refused, peerNamed("ends its stream before its first byte")]);
  const sent = [...records.values()].flat().map(({ bytessent }) => bytessent);
  assertEquals(new Set(sent).size, 1, `${sent}`);
});

/** The types of the messages that a peer sends to an initiator that says all this and ends its stream. */
async function answersTo(peer: HostilePeer, ...parts: readonly Uint8Array[]): Promise<string[]> {
  await using running = await startHostilePeer(peer);
  const { host: hostname, port } = running.address;
  using connection = await Deno.connect({ hostname, port });
  await connection.write(concat(...parts));
  await connection.closeWrite();
  const received = concat(...await Array.fromAsync(connection.readable));
  return receiveAll(new V1Transport(MAINNET), [received]).frames.map(({ messageType }) => messageType);
}

Deno.test("A peer that pings sends its verack only after the right pong", async () => {
  const peer = peerNamed("pings after its version");
  const [version, verack] = [await versionFrame(), await frame("verack")];
  const pong = (nonce: number) => frame("pong", Uint8Array.of(nonce, 0, 0, 0, 0, 0, 0, 0));
  assertEquals(await answersTo(peer, version, verack, await pong(7)), ["version", "ping", "verack"]);
  assertEquals(await answersTo(peer, version, verack, await pong(8)), ["version", "ping"]);
  assertEquals(await answersTo(peer, version, verack, verack), ["version", "ping"]);
  assertEquals(await answersTo(peer, version, verack), ["version", "ping"]);
  assertEquals(await answersTo(peer, verack), []);
});

Deno.test("A peer whose ping deserves no pong sends no verack when one comes", async () => {
  const peer = peerNamed("pings without a nonce");
  const pong = (nonce: number) => frame("pong", Uint8Array.of(nonce, 0, 0, 0, 0, 0, 0, 0));
  const common = [await versionFrame(), await frame("verack")];
  assertEquals(await answersTo(peer, ...common, await pong(99)), ["version", "ping", "ping", "verack"]);
  assertEquals(await answersTo(peer, ...common, await pong(0), await pong(99)), ["version", "ping", "ping"]);
});

Deno.test("A peer that resets sends RST, not FIN", async () => {
  await using running = await startHostilePeer(peerNamed("resets before its first byte"));
  const { host: hostname, port } = running.address;
  using connection = await Deno.connect({ hostname, port });
  await connection.write(await versionFrame());
  await assertRejects(() => connection.read(new Uint8Array(1)), Deno.errors.ConnectionReset);
});

Deno.test("PeerLink.reset() is not supported on a Deno connection, as a peer has that does not reset", async () => {
  const thrown = Promise.withResolvers<unknown>();
  const script: HostilePeer["script"] = (link) => {
    try {
      link.reset();
    } catch (error) {
      thrown.resolve(error);
    }
    return Promise.resolve();
  };
  await using peer = await startHostilePeer({ script });
  using _connection = await Deno.connect({ hostname: peer.address.host, port: peer.address.port });
  assert(await thrown.promise instanceof Deno.errors.NotSupported);
});
