/** The secrets of a connection: random, used once, and overwritten afterwards. */

import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { FSChaCha20 } from "../../src/crypto/fs_chacha20.ts";
import { EllSwiftKey } from "../../src/crypto/key_agreement.ts";
import { V2Transport } from "../../src/transport/v2.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { hex } from "../support/bytes.ts";
import { Disposals } from "../support/disposals.ts";
import { framesOf, receiveAll } from "../support/v1.ts";
import { connectTester, establish } from "../support/v2_tester.ts";

const NOTHING = hex("");

Deno.test("No two connections have a key, garbage or session in common", () => {
  const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const outputs = Array.from({ length: 20 }, () => new V2Transport({ chain: MAINNET, initiating: true, randomBytes }))
    .map((transport) => transport.takeOutput().toHex());
  assertEquals(new Set(outputs.map((output) => output.slice(0, 128))).size, 20);
  assert(new Set(outputs.map((output) => output.length)).size > 10);
});

Deno.test("A disposed transport neither sends nor receives, and still knows its session", () => {
  for (const early of [true, false]) {
    const { transport, tester } = early ? connectTester() : establish();
    transport[Symbol.dispose]();
    transport[Symbol.dispose]();
    assertThrows(() => transport.send("ping", NOTHING), TypeError, "has been disposed of");
    assertThrows(() => transport.sendDecoy(1), TypeError, "has been disposed of");
    assertThrows(() => [...framesOf(transport, hex("00"))], TypeError, "has been disposed of");
    assertEquals(transport.takeOutput(), NOTHING);
    assertEquals(transport.sessionId, early ? null : tester.sessionId);
  }
});

Deno.test("The keys of both directions are overwritten when a transport is disposed of, and when it fails", () => {
  const ends = [establish(), establish()] as const;
  using overwritten = new Disposals(FSChaCha20);
  ends[0].transport[Symbol.dispose]();
  assertEquals(overwritten.count, 2);
  assertEquals(receiveAll(ends[1].transport, [ends[1].tester.packet(NOTHING, { length: 2 ** 24 - 1 })]).frames, []);
  assertEquals(overwritten.count, 4);
});

Deno.test("The private key is released when a transport is disposed of before the peer's key has come", () => {
  const { transport } = connectTester();
  using released = new Disposals(EllSwiftKey);
  transport[Symbol.dispose]();
  assertEquals(released.count, 1);
});

Deno.test("The visible properties of a transport are not secret", () => {
  const { transport, tester } = establish();
  assertNotEquals(transport.sessionId, null);
  const shown = Deno.inspect(transport, { depth: 10, showHidden: true });
  assert(!/key|secret|[0-9a-f]{32}/i.test(shown.replace(tester.sessionId, "")), shown);
});
