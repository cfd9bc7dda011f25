import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { ResettingPeer } from "../../../src/sim/hostile/resetting_peer.ts";
import type { PeerScript } from "../../../src/sim/peer.ts";
import { ascii, concat } from "../../support/bytes.ts";
import { RawClient } from "../../support/raw_client.ts";
import { turns } from "../../support/scripted_io.ts";
import { VirtualClock } from "../../support/virtual_clock.ts";

/** What a peer with this script answers to a client that says something and ends its stream. */
async function answerOf(script: PeerScript, said: Uint8Array): Promise<Uint8Array> {
  await using peer = await ResettingPeer.start(script);
  using client = await RawClient.connect(peer.address);
  await client.say(said);
  await client.finish();
  return await client.rest();
}

Deno.test("ResettingPeer runs its script for each connection, with its clock, and closes when that ends or fails", async () => {
  let count = 0;
  const told: unknown[] = [];
  await using peer = await ResettingPeer.start(async (link) => {
    told.push(link.now, link.remote.host, link.remote.port > 0);
    await link.sendBytes(Uint8Array.of(++count));
    if (count === 1) throw new Deno.errors.UnexpectedEof("the client is gone");
  }, { clock: new VirtualClock(7n) });
  await using other = await ResettingPeer.start(() => Promise.resolve());
  const { host, port } = peer.address;
  assertEquals([host, peer.target], ["127.0.0.1", `127.0.0.1:${port}`]);
  assertNotEquals(other.address.port, port);
  for (const i of [1, 2]) {
    using client = await RawClient.connect(peer.address);
    assertEquals(await client.rest(), Uint8Array.of(i));
  }
  assertEquals(told, [7n, "127.0.0.1", true, 7n, "127.0.0.1", true]);
});

Deno.test("ResettingPeer tells its script the port of the initiator", async () => {
  const told = Promise.withResolvers<number>();
  await using peer = await ResettingPeer.start((link) => Promise.resolve(told.resolve(link.remote.port)));
  using connection = await Deno.connect({ hostname: "127.0.0.1", port: peer.address.port });
  assertEquals(await told.promise, connection.localAddr.port);
});

Deno.test("ResettingPeer lets its script read and write as much as it will, also when the other stream has ended", async () => {
  const said = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);
  const echoed = await answerOf(async (link) => {
    const chunks = await Array.fromAsync(link.bytes());
    await link.sendBytes(concat(...chunks));
    await link.sendInPieces(ascii("!?"), 1);
    await link.finish();
  }, said);
  assertEquals(echoed, concat(said, ascii("!?")));
});

Deno.test("ResettingPeer can end its stream, and read on", async () => {
  await using peer = await ResettingPeer.start(async (link) => {
    await link.finish();
    for await (const bytes of link.bytes()) heard.resolve(bytes);
  });
  const heard = Promise.withResolvers<Uint8Array>();
  using client = await RawClient.connect(peer.address);
  assertEquals(await client.rest(), new Uint8Array());
  await client.say("still here");
  assertEquals(await heard.promise, ascii("still here"));
});

Deno.test("ResettingPeer can reset a connection", async () => {
  await using peer = await ResettingPeer.start(async (link) => {
    await link.bytes().next();
    link.reset();
  });
  using client = await RawClient.connect(peer.address);
  await client.say("x");
  await assertRejects(() => client.rest(), Deno.errors.ConnectionReset);
});

Deno.test("A write to a connection that the initiator has reset fails, whether it has been read from or not", async () => {
  for (const reads of [true, false]) {
    const failed = Promise.withResolvers<void>();
    await using peer = await ResettingPeer.start(async (link) => {
      if (reads) await link.bytes().next();
      try {
        for (;;) await link.sendBytes(new Uint8Array(100_000));
      } catch {
        failed.resolve();
      }
    });
    const client = await RawClient.connect(peer.address);
    await client.say("x");
    await client.take(1);
    client[Symbol.dispose]();
    await failed.promise;
  }
});

Deno.test("ResettingPeer that is closed closes its connections, waits for its scripts, and accepts no more", async () => {
  const accepted = Promise.withResolvers<void>();
  const reasons: unknown[] = [];
  let begun = 0;
  const peer = await ResettingPeer.start(async (link) => {
    const waiting = ++begun === 1 ? link.waitForClose() : link.wait(600_000);
    if (begun === 2) accepted.resolve();
    await waiting.catch((error) => reasons.push(error));
    await turns(5);
    reasons.push("ended");
  });
  using first = await RawClient.connect(peer.address);
  await first.say("x");
  using second = await RawClient.connect(peer.address);
  await accepted.promise;
  await peer[Symbol.asyncDispose]();
  assertEquals(reasons.filter((reason) => reason === "ended").length, 2);
  assert(reasons.some((reason) => reason instanceof Deno.errors.Interrupted));
  for (const client of [first, second]) await client.rest().catch(() => {});
  await assertRejects(() => RawClient.connect(peer.address), Deno.errors.ConnectionRefused);
});
