import { assertEquals } from "@std/assert";
import { createCipheriv } from "node:crypto";
import { FSChaCha20, LENGTH_SIZE } from "../../src/crypto/fs_chacha20.ts";
import { PACKET_VECTORS } from "../support/bip324/packets.ts";
import { hex } from "../support/bytes.ts";
import { lengthsErased } from "../support/erased.ts";
import { countFinals } from "../support/finals.ts";
import { Random } from "../support/random.ts";

const KEY = new Random(1).bytes(32);

Deno.test("Lengths are encrypted as published, after up to 1024 others", () => {
  const whole = PACKET_VECTORS.filter(({ index }) => index <= 1 || index === 999);
  assertEquals(whole.length, 3);
  for (const { initiating, initiatorL, responderL, index, contents, packetEnd } of whole) {
    using cipher = new FSChaCha20(hex(initiating ? initiatorL : responderL));
    for (let i = 0; i < index; i++) cipher.crypt(new Uint8Array(LENGTH_SIZE));
    const length = Uint8Array.of(hex(contents).length, 0, 0);
    cipher.crypt(length);
    assertEquals(length, hex(packetEnd).subarray(0, LENGTH_SIZE));
  }
});

Deno.test("What one end encrypts the other decrypts, over 1000 lengths and four new keys", () => {
  const random = new Random(2);
  using sending = new FSChaCha20(KEY.slice());
  using receiving = new FSChaCha20(KEY.slice());
  const hidden = new Set<string>();
  for (let i = 0; i < 1000; i++) {
    const length = random.bytes(LENGTH_SIZE);
    const chunk = length.slice();
    sending.crypt(chunk);
    hidden.add(chunk.map((byte, at) => byte ^ (length[at] ?? 0)).toHex());
    receiving.crypt(chunk);
    assertEquals(chunk, length, `${i}`);
  }
  // The bytes that hide a length are never those of another, but for chance: of 1000 in 2^24, 3 % of all seeds.
  assertEquals(hidden.size, 1000);
});

Deno.test("Three bytes are encrypted, whatever follows them", () => {
  using cipher = new FSChaCha20(KEY.slice());
  using same = new FSChaCha20(KEY.slice());
  const [chunk, longer] = [new Uint8Array(3), new Uint8Array(5)];
  cipher.crypt(chunk);
  same.crypt(longer);
  assertEquals([...longer], [...chunk, 0, 0]);
});

Deno.test("The key is overwritten: by its successor when it has been used, and by zeros at the end", () => {
  const key = KEY.slice();
  const cipher = new FSChaCha20(key);
  cipher.crypt(new Uint8Array(3));
  assertEquals(key.some((byte, i) => byte !== KEY[i]), true);
  cipher[Symbol.dispose]();
  assertEquals(key, new Uint8Array(32));
});

Deno.test("What hides the lengths is overwritten too: when its last byte is used, and at the end", () => {
  const cipher = new FSChaCha20(KEY.slice());
  const crypt = (count: number) => () => {
    for (let i = 0; i < count; i++) cipher.crypt(new Uint8Array(LENGTH_SIZE));
  };
  const keystream = 224 * LENGTH_SIZE + 32;
  crypt(1)();
  assertEquals(lengthsErased(crypt(223)), []);
  assertEquals(lengthsErased(crypt(1)), [keystream]);
  assertEquals(lengthsErased(() => cipher[Symbol.dispose]()), [32, keystream]);
});

Deno.test("The cipher of each key is finalised at once", () => {
  using cipher = new FSChaCha20(KEY.slice());
  const finals = countFinals(() => {
    for (let i = 0; i <= 448; i++) cipher.crypt(new Uint8Array(LENGTH_SIZE));
  }, createCipheriv);
  assertEquals(finals, 3);
});
