import { assert, assertEquals, assertThrows } from "@std/assert";
import { TransportError } from "../../src/transport/errors.ts";
import { IncomingGarbage, MAX_GARBAGE_SIZE, randomGarbage } from "../../src/transport/v2_garbage.ts";
import { chunks, concat, hex, splits } from "../support/bytes.ts";
import { Random } from "../support/random.ts";

const TERMINATOR = new Random(1).bytes(16);

/** The garbage that these parts bring, and how many bytes were taken of each part. */
function take(parts: readonly Uint8Array[]): { garbage: Uint8Array | null; takes: number[] } {
  const incoming = new IncomingGarbage(TERMINATOR);
  const takes: number[] = [];
  for (const part of parts) {
    const { taken, garbage } = incoming.take(part);
    takes.push(taken);
    if (garbage !== null) return { garbage, takes };
  }
  return { garbage: null, takes };
}

Deno.test("Garbage is what comes before its terminator, of any length and however it is split", () => {
  const random = new Random(2);
  for (const size of [0, 1, 15, 16, 17, 100]) {
    const garbage = random.bytes(size);
    for (const [name, parts] of splits(concat(garbage, TERMINATOR))) {
      assertEquals(take(parts).garbage, garbage, `${size} bytes, ${name}`);
    }
  }
  const longest = random.bytes(MAX_GARBAGE_SIZE);
  for (const size of [1, 7, 4000, 4111]) {
    assert(take(chunks(concat(longest, TERMINATOR), size)).garbage?.toHex() === longest.toHex(), `in parts of ${size}`);
  }
});

Deno.test("Nothing after the terminator is taken", () => {
  const garbage = new Random(3).bytes(10);
  const bytes = concat(garbage, TERMINATOR, hex("010203"));
  for (let cut = 0; cut <= 26; cut++) {
    const { takes } = take([bytes.subarray(0, cut), bytes.subarray(cut)]);
    assertEquals(takes.reduce((sum, taken) => sum + taken), 26, `cut at ${cut}`);
  }
});

Deno.test("Part of a terminator does not end garbage, and may come right before the whole", () => {
  const wrong = TERMINATOR.map((byte, i) => i === 15 ? byte ^ 1 : byte);
  const beginnings = [
    TERMINATOR.subarray(0, 15),
    wrong,
    TERMINATOR.subarray(1),
    concat(wrong, TERMINATOR.subarray(0, 3)),
  ];
  for (const garbage of beginnings) {
    for (const [name, parts] of splits(concat(garbage, TERMINATOR))) {
      assertEquals(take(parts).garbage, Uint8Array.from(garbage), name);
    }
  }
  const repeated = new Uint8Array(16).fill(7);
  const incoming = new IncomingGarbage(repeated);
  assertEquals(incoming.take(new Uint8Array(40).fill(7)), { taken: 16, garbage: new Uint8Array() });
});

Deno.test("No terminator after 4095 bytes is v2_protocol_error at the byte that decides it, not before", () => {
  const garbage = new Random(4).bytes(MAX_GARBAGE_SIZE + 1);
  for (const size of [1, 100, 4110, 4111]) {
    const incoming = new IncomingGarbage(TERMINATOR);
    const bytes = concat(garbage, TERMINATOR);
    for (const part of chunks(bytes.subarray(0, 4110), size)) assertEquals(incoming.take(part).garbage, null);
    const error = assertThrows(() => incoming.take(bytes.subarray(4110)), TransportError, "4095 bytes of garbage");
    assertEquals(error.code, "v2_protocol_error");
  }
});

Deno.test("Our garbage has 0 to 4095 bytes, each length equally likely", () => {
  const random = new Random(5);
  const counts = new Array<number>(64).fill(0);
  const seen = new Set<number>();
  const count = 64_000;
  for (let i = 0; i < count; i++) {
    const { length } = randomGarbage((size) => size === 2 ? random.bytes(2) : new Uint8Array(size));
    counts[length >> 6] = (counts[length >> 6] ?? 0) + 1;
    seen.add(length);
  }
  assertEquals([Math.min(...seen), Math.max(...seen), seen.size], [0, 4095, 4096]);
  // 63 degrees of freedom: above 103.4 with a chance of 0.001.
  const chiSquare = counts.reduce((sum, found) => sum + (found - count / 64) ** 2 / (count / 64), 0);
  assert(chiSquare < 103, `chi-square ${chiSquare}`);
});

Deno.test("Our garbage is random bytes", () => {
  const random = new Random(6);
  const drawn: Uint8Array[] = [];
  const garbage = randomGarbage((size) => {
    const bytes = size === 2 ? hex("ff f7") : random.bytes(size);
    drawn.push(bytes);
    return bytes.slice();
  });
  assertEquals(garbage.length, 0x7ff);
  assertEquals(drawn[1], garbage);
});
