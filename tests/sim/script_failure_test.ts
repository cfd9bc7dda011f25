import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { handshake } from "../../src/mod.ts";
import { startHostilePeer } from "../../src/sim/hostile.ts";
import { type PeerScript, SimulatedPeer } from "../../src/sim/peer.ts";
import { ScriptFailure } from "../../src/sim/script_failure.ts";
import { HandshakeError } from "../../src/handshake/errors.ts";
import { TransportError } from "../../src/transport/errors.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { WireError } from "../../src/wire/errors.ts";

/** Starts a peer that follows a script, in one of the two ways. */
const STARTS: readonly (readonly [name: string, start: typeof startHostilePeer])[] = [
  ["A peer", startHostilePeer],
  ["A peer that can reset", ({ script }) => startHostilePeer({ script, resets: true })],
];

/** Shakes hands once with a peer that follows a script, and closes it. */
async function meet(start: typeof startHostilePeer, script: PeerScript): Promise<void> {
  await using peer = await start({ script });
  await handshake(peer.target, { timeout: 5_000 });
}

for (const [name, start] of STARTS) {
  Deno.test(`${name} throws what its script has thrown when it is closed`, async () => {
    await assertRejects(() => meet(start, () => Promise.reject(new Error("not what I expected"))), Error, "expected");
    await assertRejects(
      () => meet(start, (link) => link.send(MAINNET, { type: "pong", nonce: 2n ** 64n })),
      WireError,
      "Cannot write pong.nonce",
    );
  });

  Deno.test(`${name} throws nothing that is the initiator's doing`, async () => {
    for (
      const error of [
        new Deno.errors.BrokenPipe("gone"),
        new Deno.errors.UnexpectedEof("gone"),
        new Deno.errors.InvalidData("not a version"),
        new WireError("truncated", "too short"),
        new TransportError("not_bitcoin", "not ours"),
        new HandshakeError("rejected", "not ours"),
      ]
    ) await meet(start, () => Promise.reject(error));
  });

  Deno.test(`${name} throws nothing that its own end has interrupted`, async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    await using peer = await start({
      script: async (link) => {
        resolve();
        await link.wait(60_000);
      },
    });
    using _connection = await Deno.connect({ hostname: peer.address.host, port: peer.address.port });
    await promise;
  });
}

Deno.test("SimulatedPeer.close() throws only the first mistake, and only once", async () => {
  let count = 0;
  const peer = new SimulatedPeer(() => Promise.reject(new Error(`mistake ${++count}`)));
  for (let i = 0; i < 2; i++) await handshake(peer.target);
  const error = await assertRejects(() => peer.close(), Error);
  assertEquals(error.message, "mistake 1");
  await peer.close();
});

Deno.test("ScriptFailure keeps the first mistake, and throws it once", () => {
  const failure = new ScriptFailure();
  failure.throwIfAny();
  failure.take(new Deno.errors.UnexpectedEof("gone"));
  failure.take(new Error("the first"));
  failure.take(new Error("the second"));
  assertThrows(() => failure.throwIfAny(), Error, "the first");
  failure.throwIfAny();
});
