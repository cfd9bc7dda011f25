import { assertEquals, assertNotEquals } from "@std/assert";
import { deriveSessionKeys } from "../../src/crypto/key_schedule.ts";
import { CHAINS, MAINNET } from "../../src/wire/chains.ts";
import { PACKET_VECTORS } from "../support/bip324/packets.ts";
import { hex } from "../support/bytes.ts";

for (const vector of PACKET_VECTORS) {
  Deno.test(`The published secret gives the published keys: the connection of packet ${vector.index}`, () => {
    const { sessionId, initiator, responder } = deriveSessionKeys(hex(vector.sharedSecret), MAINNET.magic);
    const [sending, receiving] = vector.initiating ? [initiator, responder] : [responder, initiator];
    assertEquals(sessionId, hex(vector.sessionId));
    assertEquals([initiator.lengthKey, initiator.packetKey], [hex(vector.initiatorL), hex(vector.initiatorP)]);
    assertEquals([responder.lengthKey, responder.packetKey], [hex(vector.responderL), hex(vector.responderP)]);
    assertEquals(Uint8Array.from(sending.garbageTerminator), hex(vector.sentTerminator));
    assertEquals(Uint8Array.from(receiving.garbageTerminator), hex(vector.receivedTerminator));
  });
}

Deno.test("Each chain has its own keys", () => {
  const ids = CHAINS.map(({ magic }) => deriveSessionKeys(new Uint8Array(32), magic).sessionId.toHex());
  assertEquals(new Set(ids).size, CHAINS.length);
});

Deno.test("The secret is overwritten", () => {
  const secret = hex("01".repeat(32));
  const first = deriveSessionKeys(secret, MAINNET.magic);
  assertEquals(secret, new Uint8Array(32));
  assertNotEquals(first, deriveSessionKeys(secret, MAINNET.magic));
});
