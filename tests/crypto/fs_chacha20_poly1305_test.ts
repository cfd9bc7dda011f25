import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { createCipheriv } from "node:crypto";
import { FSChaCha20Poly1305 } from "../../src/crypto/fs_chacha20_poly1305.ts";
import { PACKET_VECTORS } from "../support/bip324/packets.ts";
import { chunks, concat, hex } from "../support/bytes.ts";
import { countFinals } from "../support/finals.ts";
import { Random } from "../support/random.ts";

const KEY = new Random(1).bytes(32);
const NOTHING = new Uint8Array();
const TEXT = new Random(2).bytes(200);
const ASSOCIATED = new Random(3).bytes(50);

const newCipher = (): FSChaCha20Poly1305 => new FSChaCha20Poly1305(KEY.slice());

/** Decrypts in pieces of that size; `null` when it is not authentic. */
function decrypt(
  cipher: FSChaCha20Poly1305,
  { ciphertext, tag }: { ciphertext: Uint8Array; tag: Uint8Array },
  associated = NOTHING,
  size = 64,
): Uint8Array | null {
  const decryption = cipher.decrypt(associated, ciphertext.length);
  const plaintext = concat(...chunks(ciphertext, size).map((piece) => decryption.update(piece)));
  return decryption.finish(tag) ? plaintext : null;
}

for (const vector of PACKET_VECTORS) {
  Deno.test(`Packet ${vector.index} is encrypted as published`, () => {
    const { index, initiating, initiatorP, responderP, associated, decoy, packetEnd } = vector;
    using cipher = new FSChaCha20Poly1305(hex(initiating ? initiatorP : responderP));
    for (let i = 0; i < index; i++) cipher.encrypt(NOTHING, NOTHING);
    const contents = hex(vector.contents);
    const plaintext = new Uint8Array(1 + vector.times * contents.length);
    plaintext[0] = decoy ? 0x80 : 0;
    for (let i = 0; i < vector.times; i++) plaintext.set(contents, 1 + i * contents.length);
    const { ciphertext, tag } = cipher.encrypt(hex(associated), plaintext);
    const end = hex(packetEnd);
    const encrypted = concat(ciphertext.subarray(Math.max(0, ciphertext.length + tag.length - end.length)), tag);
    assertEquals(encrypted.toHex(), end.subarray(-encrypted.length).toHex());
  });
}

Deno.test("A packet after 500 others is as in Bitcoin Core's crypto_tests.cpp", () => {
  using cipher = new FSChaCha20Poly1305(hex("5c9e1c3951a74fba66708bf9d2c217571684556b6a6a3573bff2847d38612654"));
  for (let i = 0; i < 500; i++) cipher.encrypt(NOTHING, NOTHING);
  const { ciphertext, tag } = cipher.encrypt(
    hex("786cb9b6ebf44288974cf0"),
    hex(`
      d6a4cb04ef0f7c09c1866ed29dc24d820e75b0491032a51b4c3366f9ca35c19ea3047ec6be9d45f9637b63e1cf9eb4c2523a5aab7b851ebe
      ba87199db0e839cf0d5c25e50168306377aedbe9089fd2463ded88b83211cf51b73b150608cc7a600d0f11b9a742948482e1b109d8faf15b
      450aa7322e892fa2208c6691e3fecf4c711191b14d75a72147
    `),
  );
  assertEquals(
    concat(ciphertext, tag),
    hex(`
      9dcebbd3281ea3dd8e9a1ef7d55a97abd6743e56ebc0c190cb2c4e14160b385e0bf508dddf754bd02c7c208447c131ce23e47a4a14dfaf5d
      d8bc601323950f754e05d46e9232f83fc5120fbbef6f5347a826ec79a93820718d4ec7a2b7cfaaa44b21e16d726448b62f803811aff4f6d8
      27ed78e738ce8a507b81a8ae131311928039213de18a5120dc9b7370baca878f50ff254418de3da50c
    `),
  );
});

Deno.test("What one end encrypts the other decrypts, over 1000 packets and four new keys, in pieces of any size", () => {
  const random = new Random(4);
  using sending = newCipher();
  using receiving = newCipher();
  const seen = new Set<string>();
  for (let i = 0; i < 1000; i++) {
    const plaintext = random.bytes(random.below(40));
    const associated = random.bytes(random.below(3));
    const packet = sending.encrypt(associated, plaintext);
    seen.add(packet.tag.toHex());
    assertEquals(decrypt(receiving, packet, associated, random.integer(1, 50)), plaintext, `${i}`);
  }
  assertEquals(seen.size, 1000);
});

Deno.test("A packet is authentic as it was made, and with no bit of it or of what it is associated with changed", () => {
  using sending = newCipher();
  const packet = sending.encrypt(ASSOCIATED, TEXT);
  const damages: readonly (readonly [part: "ciphertext" | "tag" | "associated", length: number])[] = [
    ["ciphertext", TEXT.length],
    ["tag", 16],
    ["associated", ASSOCIATED.length],
  ];
  const decrypted = (changes: Partial<typeof packet> & { associated?: Uint8Array<ArrayBuffer> }) =>
    decrypt(newCipher(), { ...packet, ...changes }, changes.associated ?? ASSOCIATED);
  assertEquals(decrypted({}), TEXT);
  for (const [part, length] of damages) {
    for (let bit = 0; bit < 8 * length; bit++) {
      const bytes = Uint8Array.from(part === "associated" ? ASSOCIATED : packet[part]);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assertEquals(decrypted({ [part]: bytes }), null, `bit ${bit} of the ${part}`);
    }
  }
  assertEquals(decrypted({ associated: NOTHING }), null);
  assertEquals(decrypted({ ciphertext: packet.ciphertext.subarray(1) }), null);
});

Deno.test("A packet is authentic only in its place", () => {
  using sending = newCipher();
  const packets = Array.from({ length: 450 }, () => sending.encrypt(NOTHING, TEXT));
  // The second of a key, at the place of the first; those with another key, at the same place.
  for (const index of [1, 224, 225, 448]) {
    const packet = packets[index];
    assert(packet);
    assertEquals(decrypt(newCipher(), packet), null, `${index}`);
  }
  assertEquals(packets[0] && decrypt(newCipher(), packets[0]), TEXT);
});

Deno.test("The key is replaced after 224 packets, and overwritten at the end", () => {
  const key = KEY.slice();
  const cipher = new FSChaCha20Poly1305(key);
  for (let i = 0; i < 223; i++) cipher.encrypt(NOTHING, NOTHING);
  assertEquals(key, KEY);
  cipher.encrypt(NOTHING, NOTHING);
  assertNotEquals(key, KEY);
  cipher[Symbol.dispose]();
  assertEquals(key, new Uint8Array(32));
});

Deno.test("A decryption that ends early is finalised all the same, and once", () => {
  using sending = newCipher();
  const { ciphertext, tag } = sending.encrypt(NOTHING, TEXT);
  for (const end of ["at once", "in the middle", "behind the tag", "behind a wrong tag"]) {
    const finals = countFinals(() => {
      const decryption = newCipher().decrypt(NOTHING, TEXT.length);
      if (end !== "at once") decryption.update(ciphertext.subarray(0, end === "in the middle" ? 20 : undefined));
      if (end === "behind the tag") assertEquals(decryption.finish(tag), true);
      if (end === "behind a wrong tag") assertEquals(decryption.finish(new Uint8Array(16)), false);
      decryption[Symbol.dispose]();
      decryption[Symbol.dispose]();
    });
    assertEquals(finals, 1, end);
  }
});

Deno.test("Every encryption is finalised, that of the next key too", () => {
  using cipher = newCipher();
  const finals = countFinals(() => {
    for (let i = 0; i < 224; i++) cipher.encrypt(NOTHING, NOTHING);
  }, createCipheriv);
  assertEquals(finals, 225);
});
