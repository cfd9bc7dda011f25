import { assert, assertEquals, assertMatch } from "@std/assert";
import { nextEvent } from "../../src/net/pump.ts";
import { Session } from "../../src/session/session.ts";
import { type PeerScript, SimulatedPeer } from "../../src/sim/peer.ts";
import type { Transport } from "../../src/transport/transport.ts";
import { V1Transport } from "../../src/transport/v1.ts";
import { V2Transport } from "../../src/transport/v2.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { versionMessage } from "../support/messages.ts";
import { runProgram } from "../support/program.ts";

const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));

const TRANSPORTS: Readonly<Record<string, () => Transport>> = {
  v1: () => new V1Transport(MAINNET),
  v2: () => new V2Transport({ chain: MAINNET, initiating: false, randomBytes }),
};

/** How a connection went, as the peer saw it. */
interface Seen {
  readonly messages: string[];
  sessionId: string | null;
  /** From the handshake to the end, in milliseconds. */
  held: number | null;
}

/** A node that sends `ping` as soon as the handshake is over. */
function pinging(transport: string, seen: Seen): PeerScript {
  return async (link) => {
    const version = versionMessage();
    const make = TRANSPORTS[transport] ?? TRANSPORTS.v1;
    if (make === undefined) return;
    using session = new Session({ role: "responder", version, transport: make() });
    let completedAt = NaN;
    for await (const bytes of link.bytes()) {
      session.receive(bytes, link.now);
      for (let event; (event = await nextEvent(session)) !== null;) {
        if (event.type === "message" && event.direction === "received") seen.messages.push(event.messageType);
        if (event.type !== "complete") continue;
        completedAt = performance.now();
        seen.sessionId = session.sessionId;
        session.send({ type: "ping", nonce: 7n });
      }
      await link.sendBytes(session.takeOutput());
    }
    seen.held = performance.now() - completedAt;
  };
}

const nothingSeen = (): Seen => ({ messages: [], sessionId: null, held: null });

for (const transport of ["v1", "v2"]) {
  Deno.test(`--hold keeps a connection over ${transport} open for that time, and answers pings`, async () => {
    const seen = nothingSeen();
    await using peer = new SimulatedPeer(pinging(transport, seen));
    const args = ["--format", "ndjson", "--transport", transport, "--hold", "1.5", peer.target];
    const { code, peers, summary, stderr } = await runProgram(args);
    assertEquals([code, summary.success], [0, 1]);
    assert((peers[0]?.handshake_ms ?? Infinity) < 1500, "the result has waited");
    assertEquals(peers[0]?.session_id, seen.sessionId);
    assertMatch(stderr, /INFO \S+ 1 connection held open for up to 1.5 s; press Ctrl-C to end now\n$/);
    await peer[Symbol.asyncDispose]();
    assertEquals(seen.messages, ["version", "verack", "pong"]);
    assert((seen.held ?? 0) >= 1400, `held for ${seen.held} ms`);
  });
}

Deno.test("--hold does not hold up other handshakes, and SIGINT ends all holds at once", async () => {
  const all = [nothingSeen(), nothingSeen(), nothingSeen()];
  await using running = new AsyncDisposableStack();
  const targets = all.map((seen) => running.use(new SimulatedPeer(pinging("v1", seen))).target);
  const startedAt = performance.now();
  const { code, lines, stderr } = await runProgram(["-j", "1", "--hold", "600", ...targets], {
    signalAfter: { event: /Failure Count/, signal: "SIGINT" },
  });
  assert(performance.now() - startedAt < 60_000);
  assertEquals([code, lines.length], [130, 5]);
  assertMatch(lines.at(-2) ?? "", /Success Count: 3$/);
  assertMatch(stderr, /3 connections held open for up to 600 s/);
});
