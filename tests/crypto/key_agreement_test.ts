import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { decodeEllSwift, encodeEllSwift } from "../../src/crypto/ellswift.ts";
import { EllSwiftKey } from "../../src/crypto/key_agreement.ts";
import { PACKET_VECTORS } from "../support/bip324/packets.ts";
import { ascii, concat, hex } from "../support/bytes.ts";
import { lengthsErased } from "../support/erased.ts";
import { Random } from "../support/random.ts";

/** The order of the curve. */
const N = hex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

/** The key with that secret, its encoding random. */
function keyOf(secret: Uint8Array, random = new Random(1)): EllSwiftKey {
  let drawn = false;
  return new EllSwiftKey((length) => {
    if (drawn) return random.bytes(length);
    drawn = true;
    assertEquals(length, 32);
    return Uint8Array.from(secret);
  });
}

const number = (value: number): Uint8Array<ArrayBuffer> => Uint8Array.of(...new Uint8Array(31), value);

async function taggedHash(...parts: readonly Uint8Array[]): Promise<Uint8Array> {
  const sha256 = async (bytes: Uint8Array<ArrayBuffer>) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const tag = await sha256(ascii("bip324_ellswift_xonly_ecdh"));
  return await sha256(concat(tag, tag, ...parts));
}

for (const { index, secretKey, ours, theirs, initiating, xOurs, xTheirs, sharedSecret } of PACKET_VECTORS) {
  Deno.test(`The published keys agree on the published secret: the connection of packet ${index}`, () => {
    using key = keyOf(hex(secretKey));
    assertEquals([decodeEllSwift(key.encoding), decodeEllSwift(hex(ours))], [hex(xOurs), hex(xOurs)]);
    assertEquals(decodeEllSwift(hex(theirs)), hex(xTheirs));
    key.encoding.set(hex(ours));
    assertEquals(Uint8Array.from(key.agree(hex(theirs), initiating)), hex(sharedSecret));
  });
}

Deno.test("Both ends agree, whatever their keys; a third has another secret", () => {
  const random = new Random(2);
  for (let i = 0; i < 20; i++) {
    const keys = Array.from({ length: 4 }, () => new EllSwiftKey((length) => random.bytes(length)));
    const [initiator, responder, third, fourth] = keys;
    assert(initiator && responder && third && fourth);
    const secret = initiator.agree(responder.encoding, true);
    assertEquals(responder.agree(initiator.encoding, false), secret);
    assertNotEquals(third.agree(initiator.encoding, false), secret);
    assertNotEquals(fourth.agree(responder.encoding, true), secret);
  }
});

Deno.test("The secret is that of both encodings, the initiator's first, and of the X coordinate with all its zeros", async () => {
  const random = new Random(3);
  // The secret keys 1 and n - 1 give back the X coordinate that is encoded.
  for (const secret of [number(1), Uint8Array.from(N, (byte, i) => i === 31 ? byte - 1 : byte)]) {
    for (const x of [number(1), number(8), decodeEllSwift(random.bytes(64))]) {
      const theirs = encodeEllSwift(x, (length) => random.bytes(length));
      const [first, second] = [keyOf(secret, random), keyOf(secret, random)];
      assertEquals(Uint8Array.from(first.agree(theirs, true)), await taggedHash(first.encoding, theirs, x));
      assertEquals(Uint8Array.from(second.agree(theirs, false)), await taggedHash(theirs, second.encoding, x));
    }
  }
});

Deno.test("Any 64 bytes can be agreed with", () => {
  const ends = [new Uint8Array(32), new Uint8Array(32).fill(0xff), number(1), number(7)];
  for (const u of ends) {
    for (const t of ends) {
      assertEquals(keyOf(number(2)).agree(concat(u, t), true).length, 32);
    }
  }
});

Deno.test("0, n and anything above are not secret keys", () => {
  for (const secret of [new Uint8Array(32), N, new Uint8Array(32).fill(0xff)]) {
    assertThrows(() => keyOf(secret), TypeError);
  }
});

Deno.test("A key agrees once, and not at all after it is disposed of", () => {
  const used = keyOf(number(3));
  used.agree(new Uint8Array(64), true);
  const disposed = keyOf(number(4));
  disposed[Symbol.dispose]();
  for (const key of [used, disposed]) {
    assertThrows(() => key.agree(new Uint8Array(64), true), TypeError, "the key has already been used");
  }
});

Deno.test("The random bytes of the secret key are overwritten, and it shows nowhere", () => {
  const secret = new Random(5).bytes(32);
  const drawn = secret.slice();
  const random = new Random(6);
  let first = true;
  const key = new EllSwiftKey((length) => {
    if (!first) return random.bytes(length);
    first = false;
    return drawn;
  });
  assertEquals(drawn, new Uint8Array(32));
  const shown = `${Deno.inspect(key, { depth: 10, showHidden: true })} ${JSON.stringify(key)}`;
  assert(!shown.includes(secret.toHex()) && !shown.includes([...secret].join(", ")));
});

Deno.test("Whatever else has the secret key or the shared point in it is overwritten", () => {
  let key = keyOf(number(5));
  const theirs = keyOf(number(6)).encoding;
  // The secret key as it was drawn, and in the form that the runtime reads.
  const [drawn, read, ...more] = lengthsErased(() => key = keyOf(number(7)));
  assertEquals([drawn, (read ?? 0) > 32, more], [32, true, []]);
  assertEquals(lengthsErased(() => key.agree(theirs, true)), [32]);
});
