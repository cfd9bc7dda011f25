import { assert, assertEquals } from "@std/assert";
import { FifoQueue } from "../../src/scan/queue.ts";
import { turns } from "../support/scripted_io.ts";

Deno.test("FifoQueue returns items in order, however adding and taking alternate", () => {
  const queue = new FifoQueue<number>();
  const taken: (number | undefined)[] = [];
  let next = 0;
  for (const [added, removed] of [[3, 1], [0, 1], [2, 2], [1, 2], [4, 4]] as const) {
    for (let i = 0; i < added; i++) queue.push(next++);
    for (let i = 0; i < removed; i++) taken.push(queue.take());
    assertEquals(queue.size, next - taken.length);
  }
  assertEquals(taken, Array.from(taken.keys()));
  queue.clear();
  assertEquals([queue.size, queue.take()], [0, undefined]);
});

Deno.test("FifoQueue keeps nothing of what has been taken, though something always waits", async () => {
  const queue = new FifoQueue<object>();
  let collected = 0;
  const registry = new FinalizationRegistry<null>(() => void collected++);
  const add = () => {
    const item = {};
    registry.register(item, null);
    queue.push(item);
  };
  add();
  for (let i = 0; i < 10_000; i++) {
    add();
    queue.take();
  }
  assertEquals(queue.size, 1);
  await collectGarbage(() => collected > 9000);
  assert(collected > 9000, `${collected} of 10,000 are gone`);
});

/** Fills the memory until `isEnough`, or for a while. */
async function collectGarbage(isEnough: () => boolean): Promise<void> {
  for (let round = 0; round < 200 && !isEnough(); round++) {
    new Array(100_000).fill(round);
    await turns();
  }
}
