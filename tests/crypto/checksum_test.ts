import { assertEquals, assertNotEquals } from "@std/assert";
import { checksum, EMPTY_CHECKSUM } from "../../src/crypto/checksum.ts";
import { ascii, concat, hex } from "../support/bytes.ts";
import { PUBLISHED_VERSIONS, VERACK_MESSAGE, WIKI_VERSION_MESSAGE } from "../support/published.ts";

/** Payloads whose double SHA-256 was published, and how it begins. */
const PUBLISHED: readonly (readonly [source: string, payload: Uint8Array<ArrayBuffer>, checksum: number])[] = [
  ["Bitcoin Wiki, hashes", ascii("hello"), 0x9595c9df],
  ["Bitcoin Wiki, version 60002", WIKI_VERSION_MESSAGE.slice(24), 0x358d4932],
  ["developer.bitcoin.org, verack", VERACK_MESSAGE.slice(24), 0x5df6e0e2],
  // The hash of mainnet's first block ends in zeros, printed the other way round: 000000000019d668…0a8ce26f.
  [
    "The first block of mainnet",
    hex(`
      01000000 0000000000000000000000000000000000000000000000000000000000000000
      3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a 29ab5f49 ffff001d 1dac2b7c
    `),
    0x6fe28c0a,
  ],
];

for (const [source, payload, expected] of PUBLISHED) {
  Deno.test(`checksum() is the published one: ${source}`, async () => {
    assertEquals((await checksum(payload)).toString(16), expected.toString(16));
  });
}

Deno.test("EMPTY_CHECKSUM is the double SHA-256 of nothing", async () => {
  const once = await crypto.subtle.digest("SHA-256", new Uint8Array());
  const twice = await crypto.subtle.digest("SHA-256", once);
  assertEquals(EMPTY_CHECKSUM, new DataView(twice).getUint32(0));
  assertEquals(await checksum(new Uint8Array()), EMPTY_CHECKSUM);
});

Deno.test("checksum() is of the payload alone, not of the buffer around it", async () => {
  const buffer = concat(hex("ff"), ascii("hello"), hex("ff"));
  assertEquals(await checksum(buffer.subarray(1, 6)), 0x9595c9df);
  assertEquals(await checksum(buffer.subarray(3, 3)), EMPTY_CHECKSUM);
});

Deno.test("checksum() notices every changed bit of a version", async () => {
  const payload = PUBLISHED_VERSIONS[0]?.payload ?? new Uint8Array();
  const intact = await checksum(payload);
  for (let bit = 0; bit < payload.length * 8; bit++) {
    const changed = payload.slice();
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assertNotEquals(await checksum(changed), intact, `bit ${bit}`);
  }
});
