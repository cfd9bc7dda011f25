import { assertEquals } from "@std/assert";
import { decodePing, decodePong, encodePing, encodePong } from "../../src/wire/ping.ts";
import { hex } from "../support/bytes.ts";
import { assertWireError } from "../support/errors.ts";

/** BIP 31: the nonce is 64 bits, little-endian. */
const NONCES: readonly (readonly [nonce: bigint, bytes: string])[] = [
  [0n, "0000000000000000"],
  [0x4dafe21121109400n, "0094102111e2af4d"], // developer.bitcoin.org, "P2P Network", ping
  [(1n << 64n) - 1n, "ffffffffffffffff"],
];

Deno.test("ping and pong carry their nonce both ways", () => {
  for (const [nonce, bytes] of NONCES) {
    assertEquals(decodePing(hex(bytes)), { type: "ping", nonce });
    assertEquals(decodePong(hex(bytes)), { type: "pong", nonce });
    assertEquals(encodePing({ type: "ping", nonce }), hex(bytes));
    assertEquals(encodePong({ type: "pong", nonce }), hex(bytes));
  }
});

Deno.test("A ping from before BIP 31 has no nonce", () => {
  assertEquals(decodePing(new Uint8Array()), { type: "ping", nonce: null });
  assertEquals(encodePing({ type: "ping", nonce: null }), new Uint8Array());
});

Deno.test("decodePing() rejects a truncated nonce", () => {
  for (let length = 1; length < 8; length++) {
    assertWireError(() => decodePing(new Uint8Array(length)), "truncated", "ping.nonce");
  }
});

Deno.test("decodePong() rejects a truncated or missing nonce", () => {
  for (let length = 0; length < 8; length++) {
    assertWireError(() => decodePong(new Uint8Array(length)), "truncated", "pong.nonce");
  }
});

Deno.test("decodePing() and decodePong() ignore bytes after the nonce", () => {
  assertEquals(decodePing(hex("0100000000000000 ff")), { type: "ping", nonce: 1n });
  assertEquals(decodePong(hex("0100000000000000 ff")), { type: "pong", nonce: 1n });
});

Deno.test("encodePing() and encodePong() refuse a nonce of more than 64 bits", () => {
  for (const nonce of [-1n, 1n << 64n]) {
    assertWireError(() => encodePing({ type: "ping", nonce }), "out_of_range", "ping.nonce");
    assertWireError(() => encodePong({ type: "pong", nonce }), "out_of_range", "pong.nonce");
  }
});
