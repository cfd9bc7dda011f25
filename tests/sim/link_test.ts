import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { getEventListeners } from "node:events";
import { MAINNET } from "../../src/wire/chains.ts";
import { concat, hex } from "../support/bytes.ts";
import { frame } from "../support/raw.ts";
import { until } from "../support/scripted_io.ts";
import { scriptedLink } from "../support/scripted_link.ts";

const NONCE = hex("0700000000000000");

Deno.test("PeerLink knows the initiator's address and the time", () => {
  const { link, clock } = scriptedLink();
  clock.advance(5000);
  assertEquals([link.remote, link.now], [{ network: "ipv4", host: "192.0.2.7", port: 18_333 }, 1_700_000_005n]);
});

Deno.test("PeerLink.bytes() yields what came as it came, and bytes that may be kept", async () => {
  const { link } = scriptedLink(Uint8Array.of(1, 2), Uint8Array.of(3), "end");
  assertEquals((await Array.fromAsync(link.bytes())).map((bytes) => [...bytes]), [[1, 2], [3]]);
});

Deno.test("PeerLink.messages() yields the messages in however many pieces, and with a wrong checksum too", async () => {
  const pings = concat(await frame("ping", NONCE), await frame("ping", NONCE, { badChecksum: true }));
  const { link } = scriptedLink(pings.subarray(0, 40), pings.subarray(40), await frame("verack"), "end");
  assertEquals(await Array.fromAsync(link.messages(MAINNET)), [
    { type: "ping", nonce: 7n },
    { type: "ping", nonce: 7n },
    { type: "verack" },
  ]);
});

Deno.test("PeerLink.send() sends a v1 message, however little the connection takes at once", async () => {
  const { link, connection } = scriptedLink();
  connection.writeSize = 5;
  await link.send(MAINNET, { type: "ping", nonce: 7n });
  assertEquals(connection.written, [...await frame("ping", NONCE)]);
});

Deno.test("PeerLink.sendBytes() writes no more than there is", async () => {
  const { link, connection } = scriptedLink();
  connection.writeSize = 2;
  await link.sendBytes(new Uint8Array());
  await link.sendBytes(Uint8Array.of(1, 2, 3, 4, 5));
  assertEquals(connection.done, ["0102", "0304", "05"]);
});

Deno.test("PeerLink.sendInPieces() sends pieces of a size without delay, and by default without a pause", async () => {
  const { link, connection, clock } = scriptedLink();
  const sending = link.sendInPieces(Uint8Array.of(1, 2, 3, 4, 5), 2);
  assertEquals(clock.timers, 0);
  await sending;
  assertEquals(connection.done, ["setNoDelay true", "0102", "0304", "05"]);
});

Deno.test("PeerLink.sendInPieces() pauses between the pieces, not before the first or after the last", async () => {
  for (const pause of [1, 50]) {
    const { link, connection, clock } = scriptedLink();
    let isOver = false;
    link.sendInPieces(Uint8Array.of(1, 2, 3), 1, pause).then(() => isOver = true);
    for (const pieces of [["01"], ["01", "02"]]) {
      await until(() => clock.timers === 1);
      clock.advance(pause - 1);
      assertEquals([clock.timers, connection.done.slice(1)], [1, pieces]);
      clock.advance(1);
    }
    await until(() => isOver || clock.timers > 0);
    assertEquals([isOver, clock.timers, connection.done.slice(1)], [true, 0, ["01", "02", "03"]]);
  }
});

Deno.test("PeerLink.finish() ends our side of the stream alone", async () => {
  const { link, connection } = scriptedLink(Uint8Array.of(1), "end");
  await link.finish();
  assertEquals([connection.done, connection.closed], [["closeWrite"], 0]);
  await link.waitForClose();
  assertEquals(connection.used, true);
});

Deno.test("PeerLink.reset() resets a connection that can do so, and throws NotSupported for one that cannot", () => {
  const { link, connection } = scriptedLink();
  assertThrows(() => link.reset(), Deno.errors.NotSupported, "Cannot reset the connection");
  Object.assign(connection, { reset: () => connection.done.push("reset") });
  link.reset();
  assertEquals(connection.done, ["reset"]);
});

Deno.test("PeerLink.wait() resolves when the time is over, and then has nothing to do with a shutdown", async () => {
  const { link, clock, signal, shutDown } = scriptedLink();
  let isOver = false;
  const waiting = link.wait(1000).then(() => isOver = true);
  clock.advance(999);
  await Promise.resolve();
  assertEquals([isOver, getEventListeners(signal, "abort").length], [false, 1]);
  clock.advance(1);
  await waiting;
  assertEquals(getEventListeners(signal, "abort").length, 0);
  shutDown();
});

Deno.test("PeerLink.wait() rejects at once when the peer shuts down, or has done so", async () => {
  const { link, clock, shutDown } = scriptedLink();
  const waiting = link.wait(1000);
  shutDown();
  await assertRejects(() => waiting, Deno.errors.Interrupted, "the simulated peer shut down");
  await assertRejects(() => link.wait(1000), Deno.errors.Interrupted, "the simulated peer shut down");
  assertEquals(clock.timers, 0);
});
