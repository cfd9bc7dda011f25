import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { TransportError } from "../../src/transport/errors.ts";
import { encodeV1 } from "../../src/transport/v1.ts";
import { refuseV1, v1Beginning } from "../../src/transport/v1_beginning.ts";
import { CHAINS, MAINNET } from "../../src/wire/chains.ts";
import { FOREIGN_CHAINS } from "../../src/wire/foreign_chains.ts";
import { ascii, concat, hex } from "../support/bytes.ts";
import { v1Message } from "../support/v1.ts";

Deno.test("v1Beginning() is how a version begins in v1", () => {
  for (const chain of CHAINS) {
    assertEquals(v1Beginning(chain), encodeV1(chain, "version", new Uint8Array(5), 0).slice(0, 16), chain.name);
  }
});

Deno.test("refuseV1() refuses a v1 version for what it is: v1, another chain's, no chain's", () => {
  for (const chain of [...CHAINS, ...FOREIGN_CHAINS]) {
    for (const bytes of [v1Beginning(chain), concat(hex("aa"), v1Beginning(chain), hex("00")).subarray(1)]) {
      const error = assertThrows(() => refuseV1(bytes, MAINNET), TransportError);
      assertEquals(error.code, chain === MAINNET ? "v2_not_supported" : "wrong_network");
      assertStringIncludes(error.message, chain === MAINNET ? "v1 version" : `v1 version on ${chain.name}`);
    }
  }
  const nobody = v1Beginning({ ...MAINNET, magic: 0x0a0b0c0d });
  const error = assertThrows(() => refuseV1(nobody, MAINNET), TransportError, "unknown magic 0x0a0b0c0d");
  assertEquals(error.code, "not_bitcoin");
});

/** The first 16 bytes of a v1 message. */
function header(magic: number, messageType: string): Uint8Array<ArrayBuffer> {
  return v1Message(messageType, undefined, { magic }).slice(0, 16);
}

Deno.test("refuseV1() refuses any message of a known chain, and of no chain those of a handshake", () => {
  const litecoin = 0xfbc0b6db;
  const cases: readonly (readonly [magic: number, messageType: string, code: string])[] = [
    ...["reject", "ping", "verack", "sendheaders", "wtxidrelay", "inv", "xyz", "twelve-bytes"].flatMap((type) =>
      [[MAINNET.magic, type, "v2_not_supported"], [litecoin, type, "wrong_network"]] as const
    ),
    [0x0a0b0c0d, "verack", "not_bitcoin"],
    [0x0a0b0c0d, "reject", "not_bitcoin"],
  ];
  for (const [magic, messageType, code] of cases) {
    const error = assertThrows(() => refuseV1(header(magic, messageType), MAINNET), TransportError);
    assertEquals(error.code, code, messageType);
    assertStringIncludes(error.message, `got a v1 ${messageType}`);
  }
});

Deno.test("refuseV1() accepts anything else, and what is too short to tell", () => {
  const version = v1Beginning(MAINNET);
  for (let size = 0; size < 16; size++) refuseV1(version.slice(0, size), MAINNET);
  refuseV1(header(0x0a0b0c0d, "inv"), MAINNET);
  for (const name of [hex(""), hex("00 61"), hex("61 00 62"), hex("61 7f"), hex("ff"), ascii("a b"), ascii("a\\b")]) {
    const key = header(MAINNET.magic, "");
    key.set(name, 4);
    refuseV1(key, MAINNET);
  }
  const nobody = header(0x0a0b0c0d, "version");
  for (let bit = 32; bit < 128; bit++) {
    const changed = nobody.slice();
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    refuseV1(changed, MAINNET);
  }
});

Deno.test("refuseV1() knows the magic of a chain of its own, whatever the message", () => {
  const chain = { ...MAINNET, name: "ours", magic: 0x54d26fbd };
  const bytes = header(chain.magic, "inv");
  const { code, message } = assertThrows(() => refuseV1(bytes, chain), TransportError);
  assertEquals([code, message], ["v2_not_supported", "Expected a v2 key, got a v1 inv"]);
  refuseV1(bytes, MAINNET);
});
