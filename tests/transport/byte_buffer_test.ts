import { assert, assertEquals } from "@std/assert";
import { ByteBuffer } from "../../src/transport/byte_buffer.ts";
import { allocations } from "../generated/allocations.ts";
import { chunks, hex } from "../support/bytes.ts";

Deno.test("A buffer keeps bytes up to its limit, in whatever pieces they come", () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, i) => i * 7);
  for (const limit of [0, 1, 63, 64, 65, 128, 299, 300, 301]) {
    for (const size of [1, 2, 64, 299, 300]) {
      const buffer = new ByteBuffer(limit);
      let taken = 0;
      for (const piece of chunks(bytes, size)) taken += buffer.add(piece);
      assertEquals(taken, Math.min(limit, 300));
      assertEquals(buffer.bytes, bytes.slice(0, limit), `limit ${limit}, pieces of ${size}`);
      assertEquals(buffer.isFull, limit <= 300);
    }
  }
});

Deno.test("What was added is a copy", () => {
  const [buffer, bytes] = [new ByteBuffer(4), hex("01 02")];
  buffer.add(bytes);
  bytes.fill(0xff);
  assertEquals(buffer.bytes, hex("01 02"));
});

Deno.test("Memory grows with what comes, up to the limit, but not with each byte", () => {
  const sizes = allocations(() => {
    const buffer = new ByteBuffer(4111);
    for (let i = 0; i < 5000; i++) buffer.add(hex("00"));
  }).filter((size) => size > 1);
  assertEquals(sizes, [64, 128, 256, 512, 1024, 2048, 4096, 4111]);
  assert(allocations(() => new ByteBuffer(4_000_000).add(hex("00"))).every((size) => size <= 64));
});
