import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { BufferPool } from "../../src/net/buffer_pool.ts";

Deno.test("BufferPool gives each taker its own buffer, and reuses those given back", () => {
  const pool = new BufferPool(512);
  const [first, second] = [pool.take(), pool.take()];
  assert(first !== second);
  assertEquals([first.length, second.length], [512, 512]);
  pool.giveBack(first);
  assertStrictEquals(pool.take(), first);
  assert(pool.take() !== first);
});
