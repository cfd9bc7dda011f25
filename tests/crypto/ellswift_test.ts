import { assert, assertEquals } from "@std/assert";
import { decodeEllSwift, encodeEllSwift, isValidX, xSwiftEC, xSwiftECInv } from "../../src/crypto/ellswift.ts";
import { mod, P, sqrt } from "../../src/crypto/field.ts";
import { DECODINGS } from "../support/bip324/decodings.ts";
import { INVERSIONS } from "../support/bip324/inversions.ts";
import { concat, hex } from "../support/bytes.ts";
import { Random } from "../support/random.ts";

const integer = (text: string): bigint => BigInt(`0x${text}`);
const bytes = (number: bigint): Uint8Array<ArrayBuffer> => hex(number.toString(16).padStart(64, "0"));

/** The X coordinate of the generator. */
const G = hex("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");

function randomBytes(seed: number): (length: number) => Uint8Array<ArrayBuffer> {
  const random = new Random(seed);
  return (length) => random.bytes(length);
}

Deno.test("All 76 published encodings decode to their X coordinates", () => {
  assertEquals(DECODINGS.length, 76);
  for (const { u, t, x } of DECODINGS) assertEquals(decodeEllSwift(hex(u + t)), hex(x), `${u} ${t}`);
});

Deno.test("All 32 published rows of XSwiftECInv hold, in each of the 8 cases, and back", () => {
  assertEquals(INVERSIONS.length, 32);
  for (const { u, x, ts } of INVERSIONS) {
    for (const [which, t] of ts.entries()) {
      const found = xSwiftECInv(integer(x), integer(u), which);
      assertEquals(found, t === "-" ? null : integer(t), `${u} ${x}, case ${which}`);
      if (found !== null) assertEquals(xSwiftEC(integer(u), found), integer(x));
    }
  }
});

Deno.test("Inputs without an X coordinate in the paper decode all the same, as BIP 324 alters them", () => {
  const root = sqrt(-132n);
  assert(root !== null);
  const altered: readonly (readonly [given: [bigint, bigint], taken: [bigint, bigint]])[] = [
    [[0n, 23n], [1n, 23n]],
    [[P, 23n], [1n, 23n]],
    [[42n, 0n], [42n, 1n]],
    [[42n, P], [42n, 1n]],
    [[0n, 0n], [1n, 1n]],
    // 5³ + 7 = 132, so u³ + t² + 7 = 0.
    [[5n, root], [5n, 2n * root]],
    [[5n, P - root], [5n, 2n * (P - root)]],
  ];
  for (const [given, taken] of altered) {
    assertEquals(xSwiftEC(...given), xSwiftEC(...taken));
    assert(isValidX(xSwiftEC(...given)));
  }
});

Deno.test("Any 64 bytes are the encoding of a valid X coordinate", () => {
  const random = new Random(1);
  const special = [0n, 1n, 2n, P - 1n, P, P + 1n, 2n ** 256n - 1n, 2n ** 255n, 7n].map(bytes);
  const halves = [...special, ...Array.from({ length: 20 }, () => random.bytes(32))];
  for (const u of halves) {
    for (const t of halves) {
      const x = integer(decodeEllSwift(concat(u, t)).toHex());
      assert(x < P && isValidX(x), `${u.toHex()} ${t.toHex()}`);
    }
  }
});

Deno.test("u and t count modulo p, and the sign of t does not", () => {
  const random = new Random(2);
  for (let i = 0; i < 20; i++) {
    const [u, t] = [BigInt(random.uint32()), BigInt(random.uint32())];
    const x = xSwiftEC(u, t);
    assertEquals([xSwiftEC(u + P, t), xSwiftEC(u, t + P), xSwiftEC(u, P - t)], [x, x, x]);
  }
});

Deno.test("isValidX() knows the X coordinates of the curve", () => {
  // 5 and 7 have no point; 1, 2, 3, 4, 6 and 8 do.
  assertEquals(Array.from({ length: 9 }, (_, x) => isValidX(BigInt(x))), [
    ...[false, true, true, true, true, false, true, false, true],
  ]);
  assert(isValidX(integer(G.toHex())));
});

Deno.test("What is encoded decodes to the same X coordinate, whatever that is", () => {
  const random = randomBytes(3);
  // Small ones among them, whose bytes begin with zeros.
  const small = [1n, 2n, 3n, 4n, 6n, 8n, 2n ** 32n, 2n ** 200n].filter(isValidX).map(bytes);
  const any = Array.from({ length: 60 }, () => decodeEllSwift(random(64)));
  for (const x of [G, ...small, ...any]) {
    const encoding = encodeEllSwift(x, random);
    assertEquals(encoding.length, 64);
    assertEquals(decodeEllSwift(encoding), x);
  }
});

Deno.test("An encoding's u is drawn again when it is 0 or not below p", () => {
  for (const bad of [0n, P, P + 1n, 2n ** 256n - 1n]) {
    const random = new Random(4);
    let draws = 0;
    const encoding = encodeEllSwift(G, (length) => {
      assertEquals(length, 33);
      return draws++ < 20 ? concat(bytes(bad), hex("00")) : random.bytes(length);
    });
    assert(draws > 20);
    assertEquals(decodeEllSwift(encoding), G);
  }
});

Deno.test("One X coordinate has many encodings, of all 8 cases", () => {
  const random = randomBytes(5);
  const encodings = Array.from({ length: 200 }, () => encodeEllSwift(G, random));
  assertEquals(new Set(encodings.map((encoding) => encoding.toHex())).size, 200);
  const cases = new Set<number>();
  for (const encoding of encodings) {
    const [u, t] = [integer(encoding.subarray(0, 32).toHex()), integer(encoding.subarray(32).toHex())];
    for (let which = 0; which < 8; which++) if (xSwiftECInv(integer(G.toHex()), u, which) === t) cases.add(which);
  }
  assertEquals(cases.size, 8);
});

Deno.test("An encoding is uniform: no byte value and no bit is more frequent than chance makes it", () => {
  const random = randomBytes(6);
  const count = 2000;
  const ofValue = new Array<number>(256).fill(0);
  const ofBit = new Array<number>(512).fill(0);
  const ofPair = new Array<number>(256).fill(0);
  for (let i = 0; i < count; i++) {
    const encoding = encodeEllSwift(decodeEllSwift(random(64)), random);
    for (const [at, byte] of encoding.entries()) {
      ofValue[byte] = (ofValue[byte] ?? 0) + 1;
      for (let bit = 0; bit < 8; bit++) ofBit[8 * at + bit] = (ofBit[8 * at + bit] ?? 0) + ((byte >> bit) & 1);
    }
    const pair = ((encoding[0] ?? 0) & 0xf0) | ((encoding[32] ?? 0) >> 4);
    ofPair[pair] = (ofPair[pair] ?? 0) + 1;
  }
  // 255 degrees of freedom: above 330.5 with a chance of 0.001, below 190 with about as much.
  for (const frequencies of [ofValue, ofPair]) {
    const expected = frequencies.reduce((sum, frequency) => sum + frequency) / 256;
    const chiSquare = frequencies.reduce((sum, frequency) => sum + (frequency - expected) ** 2 / expected, 0);
    assert(chiSquare > 190 && chiSquare < 331, `chi-square ${chiSquare}`);
  }
  // A bit is set in half of the encodings: 4.5 standard deviations, of 512 bits, are beyond all chance.
  for (const [bit, frequency] of ofBit.entries()) {
    assert(Math.abs(frequency - count / 2) < 4.5 * Math.sqrt(count) / 2, `bit ${bit} is set ${frequency} times`);
  }
});

Deno.test("Reduction modulo p does not show: an encoding's halves are below p", () => {
  const random = randomBytes(7);
  for (let i = 0; i < 50; i++) {
    const encoding = encodeEllSwift(G, random);
    for (const half of [encoding.subarray(0, 32), encoding.subarray(32)]) {
      assertEquals(mod(integer(half.toHex())), integer(half.toHex()));
    }
  }
});
