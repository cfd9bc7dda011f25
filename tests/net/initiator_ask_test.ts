import { assertEquals, assertRejects } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import { Initiator } from "../../src/net/initiator.ts";
import type { HandshakeOutcome } from "../../src/net/outcome.ts";
import type { Tracer } from "../../src/net/trace.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import type { AnswerSummary } from "../../src/session/answer.ts";
import { type AddrEntry, addrMessage } from "../../src/wire/addr.ts";
import { concat } from "../support/bytes.ts";
import { versionMessage } from "../support/messages.ts";
import { frame } from "../support/raw.ts";
import { osError, type ReadStep, ScriptedConnection, scriptedIo, turns, until } from "../support/scripted_io.ts";
import { stream, VERACK, VERSION } from "../support/stream.ts";
import { messageTypesIn } from "../support/v1.ts";

const PEER = ipAddress("192.0.2.7", 8333);
const TIMEOUT = 5000;
const WAIT = 10_000;

const ENTRIES: readonly AddrEntry[] = Array.from({ length: 1000 }, (_, i) => ({
  time: 1_700_000_000 - i,
  services: 0xc09n,
  address: ipAddress(`203.0.${113 + (i >> 8)}.${i & 255}`, 8333),
}));

/** The bytes of a message of so many addresses. */
const addresses = (count: number): Promise<Uint8Array> => stream([addrMessage("addrv2", ENTRIES.slice(0, count))]);

const ONE = await addresses(1);
const SEVERAL = await addresses(453);
const FULL = await addresses(1000);

/** A connection over which time passes as soon as everything is read. */
class LateConnection extends ScriptedConnection {
  onUsed = () => {};

  override async read(buffer: Uint8Array): Promise<number | null> {
    const length = await super.read(buffer);
    if (this.used) this.onUsed();
    return length;
  }
}

Deno.test("Initiator.ask() has no answer from a peer whose handshake is complete in the moment when its time is over", async () => {
  const connection = new LateConnection(VERSION, VERACK);
  const io = scriptedIo({ connect: () => Promise.resolve(connection) });
  connection.onUsed = () => io.clock.advance(TIMEOUT);
  using initiator = new Initiator({ ...withDefaults({ timeout: TIMEOUT }), addrWait: WAIT }, io);
  const outcomes: HandshakeOutcome[] = [];
  const answer = await initiator.ask(PEER, {
    onHandshake: (given) => void outcomes.push(given),
    onAddresses: () => {},
  });
  assertEquals(outcomes.map(({ error, verack }) => [error, verack]), [[null, true]]);
  assertEquals([answer?.outcome, answer?.messages], ["silent", 0]);
  assertEquals(connection.closed, 1);
});

Deno.test("Initiator.ask() does not wait for a peer whose time to answer is over while a pong goes out", async () => {
  const connection = new ScriptedConnection(VERSION, await stream([{ type: "ping", nonce: 3n }, { type: "verack" }]));
  const io = scriptedIo({ connect: () => Promise.resolve(connection) });
  const write = connection.write.bind(connection);
  connection.write = (bytes) => {
    if (connection.used) io.clock.advance(1000);
    return write(bytes);
  };
  using initiator = new Initiator({ ...withDefaults({ timeout: TIMEOUT }), addrWait: 1000 }, io);
  const answer = await initiator.ask(PEER, { onHandshake() {}, onAddresses() {} });
  assertEquals([answer?.outcome, connection.closed], ["silent", 1]);
  initiator[Symbol.dispose]();
  assertEquals(io.clock.timers, 0);
});

/** A peer that is asked, over a connection that reads these steps first. */
class AskedPeer implements Disposable {
  readonly connection: ScriptedConnection;
  readonly io: ReturnType<typeof scriptedIo>;
  readonly initiator: Initiator;
  /** How the peer has answered, once that is over. */
  readonly answer: Promise<AnswerSummary | null>;
  outcome: HandshakeOutcome | null = null;
  /** The sizes of the messages that were part of the answer. */
  readonly parts: number[] = [];
  isOver = false;

  constructor(steps: readonly ReadStep[], wait = WAIT, signal?: AbortSignal) {
    this.connection = new ScriptedConnection(...steps);
    this.io = scriptedIo({ connect: () => Promise.resolve(this.connection) });
    this.initiator = new Initiator({ ...withDefaults({ timeout: TIMEOUT }), addrWait: wait }, this.io, signal);
    this.answer = this.initiator.ask(PEER, {
      onHandshake: (outcome) => void (this.outcome = outcome),
      onAddresses: ({ count }) => void this.parts.push(count),
    });
    this.answer.finally(() => this.isOver = true).catch(() => {});
  }

  /** The types of the messages that were sent to the peer. */
  get heard(): string[] {
    return messageTypesIn(this.connection.written);
  }

  /** Runs until nothing more happens without time. */
  async settle(): Promise<void> {
    await until(() => this.isOver || this.connection.isWaiting);
    await turns(3);
  }

  async after(milliseconds: number): Promise<void> {
    await this.settle();
    this.io.clock.advance(milliseconds);
    await this.settle();
  }

  async say(step: ReadStep): Promise<void> {
    await this.settle();
    this.connection.say(step);
    await this.settle();
  }

  /** The answer and its parts, after which the connection is closed and no timer is left. */
  async result(): Promise<readonly [AnswerSummary["outcome"] | undefined, parts: number[], wait: number | undefined]> {
    const summary = await this.answer;
    assertEquals(this.connection.closed, 1);
    this.initiator[Symbol.dispose]();
    assertEquals(this.io.clock.timers, 0);
    assertEquals(summary?.messages ?? 0, this.parts.length);
    assertEquals(summary?.entries ?? 0, this.parts.reduce((sum, part) => sum + part, 0));
    return [summary?.outcome, this.parts, summary?.wait];
  }

  [Symbol.dispose](): void {
    this.initiator[Symbol.dispose]();
  }
}

Deno.test("Initiator.ask() sends sendaddrv2 before its verack and getaddr with it, in one write", async () => {
  const peer = new AskedPeer([VERSION, VERACK, FULL]);
  assertEquals(await peer.result(), ["answered", [1000], 0]);
  assertEquals(peer.heard, ["version", "sendaddrv2", "verack", "getaddr"]);
  const old = new AskedPeer([await stream([versionMessage({ protocolVersion: 70015 })]), VERACK, FULL]);
  assertEquals(await old.result(), ["answered", [1000], 0]);
  assertEquals(old.heard, ["version", "verack", "getaddr"]);
});

Deno.test("Initiator.ask() reports the handshake at once, as if nothing were asked", async () => {
  const peer = new AskedPeer([VERSION, VERACK]);
  await peer.settle();
  const plain = new ScriptedConnection(VERSION, VERACK);
  using initiator = new Initiator(
    withDefaults({ timeout: TIMEOUT }),
    scriptedIo({ connect: () => Promise.resolve(plain) }),
  );
  const expected = await initiator.shakeHands(PEER);
  assertEquals(peer.outcome, { ...expected, bytesSent: expected.bytesSent + 2 * 24 });
  assertEquals(peer.isOver, false);
  await peer.after(WAIT);
  assertEquals(await peer.result(), ["silent", [], WAIT]);
});

Deno.test("Initiator.ask() takes an answer cut at any byte the same", async () => {
  const bytes = concat(VERSION, VERACK, ONE, await addresses(2));
  for (let cut = 1; cut < bytes.length; cut++) {
    const peer = new AskedPeer([bytes.subarray(0, cut), bytes.subarray(cut), "end"]);
    assertEquals(await peer.result(), ["answered", [1, 2], 0]);
  }
  const single = new AskedPeer([...Array.from(bytes, (byte) => Uint8Array.of(byte)), "end"]);
  assertEquals(await single.result(), ["answered", [1, 2], 0]);
});

Deno.test("Initiator.ask() goes on for a second after several addresses, and for its whole time after less", async () => {
  const peer = new AskedPeer([VERSION, VERACK, ONE]);
  await peer.after(4000);
  await peer.say(SEVERAL);
  await peer.after(900);
  await peer.say(ONE);
  await peer.after(89);
  assertEquals(peer.isOver, false);
  await peer.after(11);
  assertEquals(await peer.result(), ["answered", [1, 453, 1], 4900]);

  const selfish = new AskedPeer([VERSION, VERACK, ONE]);
  await selfish.after(WAIT - 11);
  assertEquals(selfish.isOver, false);
  await selfish.after(11);
  assertEquals(await selfish.result(), ["self_only", [1], 0]);
});

Deno.test("Initiator.ask() waits half a minute for a node up to version 22, if it may", async () => {
  const peer = new AskedPeer([VERSION, VERACK], 60_000);
  await peer.after(30_000);
  await peer.say(await stream([{ type: "ping", nonce: 3n }]));
  await peer.say(SEVERAL);
  await peer.after(1000);
  assertEquals(await peer.result(), ["answered", [453], 30_000]);
  assertEquals(peer.heard.slice(-2), ["getaddr", "pong"]);
});

Deno.test("Initiator.ask() never waits longer than it may, whatever comes", async () => {
  const peer = new AskedPeer([VERSION, VERACK], 300);
  for (let i = 0; i < 5; i++) {
    await peer.after(50);
    await peer.say(await stream([{ type: "ping", nonce: 3n }]));
  }
  await peer.say(SEVERAL);
  await peer.after(50);
  assertEquals(await peer.result(), ["answered", [453], 250]);
});

Deno.test("Initiator.ask() takes the end of the connection for the end of the answer, however it ends", async () => {
  for (const last of ["end", osError("ECONNRESET"), osError("ETIMEDOUT")] satisfies ReadStep[]) {
    for (
      const [steps, outcome] of [
        [[VERACK], "closed"],
        [[VERACK, await addresses(0)], "closed"],
        [[VERACK, ONE], "self_only"],
        [[VERACK, SEVERAL, ONE.subarray(0, 60)], "answered"],
        [[concat(VERACK, SEVERAL)], "answered"],
      ] as const
    ) {
      const peer = new AskedPeer([VERSION, ...steps, last]);
      assertEquals([(await peer.result())[0], peer.outcome?.error], [outcome, null]);
    }
  }
});

Deno.test("Initiator.ask() says malformed of what cannot be read, and uses nothing of that message", async () => {
  const malformed: readonly [string, Uint8Array][] = [
    ["1,001 entries", await frame("addrv2", Uint8Array.of(0xfd, 0xe9, 0x03))],
    ["missing bytes", await frame("addr", Uint8Array.of(2, 0))],
    ["a payload longer than that of any", await frame("addr", new Uint8Array(30_004))],
    ["another magic", new Uint8Array(24)],
    ["a payload longer than that of any message", await frame("inv", new Uint8Array(), { size: 4_000_001 })],
  ];
  for (const [what, bytes] of malformed) {
    for (const [before, parts] of [[[], []], [[SEVERAL], [453]]] as const) {
      const peer = new AskedPeer([VERSION, VERACK, ...before, bytes, FULL]);
      const [outcome, taken] = await peer.result();
      assertEquals([outcome, taken], ["malformed", [...parts]], what);
      assertEquals([peer.outcome?.error, peer.outcome?.verack], [null, true]);
    }
  }
});

Deno.test("Initiator.ask() ignores what comes before the peer's version, and damaged checksums", async () => {
  const damaged = await frame("addrv2", addrMessage("addrv2", ENTRIES.slice(0, 3)).payload.slice(), {
    badChecksum: true,
  });
  const peer = new AskedPeer([FULL, await frame("addr", Uint8Array.of(9)), VERSION, VERACK, damaged, ONE, "end"]);
  assertEquals(await peer.result(), ["self_only", [1], 0]);
});

Deno.test("Initiator.ask() takes addresses that come before the peer's verack, and closes when that is there", async () => {
  const peer = new AskedPeer([VERSION, FULL]);
  await peer.after(100);
  assertEquals([peer.parts, peer.outcome, peer.isOver], [[1000], null, false]);
  await peer.say(VERACK);
  assertEquals(peer.outcome?.verack, true);
  assertEquals(await peer.result(), ["answered", [1000], 0]);
});

Deno.test("Initiator.ask() says how a peer answered that never sends its verack", async () => {
  for (const [steps, ending] of [[["end"], "closed"], [[], "silent"]] as const) {
    const peer = new AskedPeer([VERSION, ...steps]);
    await peer.after(TIMEOUT);
    assertEquals((await peer.result())[0], ending);
    assertEquals(peer.outcome?.error?.code, steps.length === 0 ? "timeout" : undefined);
    assertEquals(peer.heard.at(-1), "getaddr");
  }
});

Deno.test("Initiator.ask() ends as soon as the handshake does if the time to answer was over before", async () => {
  for (const last of [VERACK, concat(VERACK, FULL)]) {
    const peer = new AskedPeer([VERSION], 1000);
    await peer.after(3000);
    await peer.say(last);
    assertEquals([peer.outcome?.error, peer.outcome?.verack], [null, true]);
    const [outcome, parts] = await peer.result();
    assertEquals([outcome, parts], ["silent", []]);
  }
});

Deno.test("Initiator.ask() reads 16 MiB and no more", async () => {
  const inv = await frame("inv", new Uint8Array(1_000_000));
  const peer = new AskedPeer([VERSION, VERACK, ...Array<Uint8Array>(16).fill(inv)]);
  await peer.settle();
  const left = 16 * 1024 * 1024 - VERSION.length - VERACK.length - 16 * inv.length;
  await peer.say(await frame("inv", new Uint8Array(left - 24 - ONE.length)));
  assertEquals(peer.isOver, false);
  await peer.say(concat(ONE, FULL));
  assertEquals(await peer.result(), ["self_only", [1], 0]);

  const chatty = new AskedPeer([VERSION, VERACK, ...Array<Uint8Array>(17).fill(inv)]);
  assertEquals(await chatty.result(), ["silent", [], 0]);
});

Deno.test("Initiator.ask() has no answer of a peer that it could not ask", async () => {
  for (const steps of [["end"], [new Uint8Array(24)], [FULL, "end"]] satisfies ReadStep[][]) {
    const peer = new AskedPeer(steps);
    assertEquals(await peer.result(), [undefined, [], undefined]);
    assertEquals(peer.outcome?.error === null, false);
  }
});

Deno.test("Initiator.ask() throws the signal's reason when that aborts, unless several addresses have come", async () => {
  for (const [step, outcome] of [[ONE, null], [SEVERAL, "answered"]] as const) {
    const abort = new AbortController();
    const peer = new AskedPeer([VERSION, VERACK, step], WAIT, abort.signal);
    await peer.settle();
    abort.abort(new Error("stop"));
    if (outcome === null) await assertRejects(() => peer.answer, Error, "stop");
    else assertEquals((await peer.answer)?.outcome, outcome);
    assertEquals([peer.connection.closed, peer.outcome?.error], [1, null]);
    peer.initiator[Symbol.dispose]();
    assertEquals(peer.io.clock.timers, 0);
  }
});

Deno.test("Initiator.ask() throws what its listener does, and closes the connection", async () => {
  const connection = new ScriptedConnection(VERSION, VERACK, ONE, FULL);
  const io = scriptedIo({ connect: () => Promise.resolve(connection) });
  using initiator = new Initiator({ ...withDefaults({ timeout: TIMEOUT }), addrWait: WAIT }, io);
  const onAddresses = () => {
    throw new RangeError("a bug");
  };
  await assertRejects(() => initiator.ask(PEER, { onHandshake() {}, onAddresses }), RangeError, "a bug");
  assertEquals(connection.closed, 1);
});

Deno.test("Initiator.ask() is for settings that say how long a peer may take", async () => {
  using initiator = new Initiator(withDefaults({ timeout: TIMEOUT }), scriptedIo({}));
  await assertRejects(() => initiator.ask(PEER, { onHandshake() {}, onAddresses() {} }), TypeError, "addrWait");
});

Deno.test("Initiator.ask() traces the answer too, and says how it ended", async () => {
  const traced: string[] = [];
  const connection = new ScriptedConnection(VERSION, VERACK, ONE, FULL);
  const io = scriptedIo({ connect: () => Promise.resolve(connection) });
  const trace: Tracer = (_address, _time, event) => {
    if (event.type === "message") traced.push(`${event.direction} ${event.messageType} ${event.payload?.length}`);
    if (event.type === "ended") traced.push(`${event.error?.code ?? event.answer?.outcome}`);
  };
  using initiator = new Initiator({ ...withDefaults({ timeout: TIMEOUT, trace }), addrWait: WAIT }, io);
  await initiator.ask(PEER, { onHandshake: () => traced.push("success"), onAddresses() {} });
  assertEquals(traced.slice(1), [
    `received version ${VERSION.length - 24}`,
    "sent sendaddrv2 0",
    "sent verack 0",
    "sent getaddr 0",
    "received verack 0",
    "success",
    `received addrv2 ${ONE.length - 24}`,
    `received addrv2 ${FULL.length - 24}`,
    "answered",
  ]);
});
