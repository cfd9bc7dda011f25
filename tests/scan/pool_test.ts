import { assertEquals } from "@std/assert";
import { Pool } from "../../src/scan/pool.ts";
import { FifoQueue, type Queue } from "../../src/scan/queue.ts";
import { turns } from "../support/scripted_io.ts";

/** A pool whose items are done when told. */
function manualPool(limit: number, queue: Queue<number> = new FifoQueue()) {
  const started: number[] = [];
  const finish = new Map<number, () => void>();
  const idle = Promise.withResolvers<void>();
  const work = (item: number) => {
    started.push(item);
    const { promise, resolve } = Promise.withResolvers<void>();
    finish.set(item, resolve);
    return promise;
  };
  let idles = 0;
  const onIdle = () => {
    idles++;
    idle.resolve();
  };
  const pool = new Pool<number>({ limit, work, onIdle, queue });
  return { pool, started, idles: () => idles, finish: (item: number) => finish.get(item)?.(), idle: idle.promise };
}

Deno.test("Pool works on a limited number of items at once, first come, first served", async () => {
  const { pool, started, finish, idle, idles } = manualPool(2);
  for (const item of [1, 2, 3]) pool.add(item);
  assertEquals([started, pool.active], [[1, 2], 2]);
  finish(2);
  await Promise.resolve().then(() => {}).then(() => {});
  assertEquals([started, pool.active, pool.idle, idles()], [[1, 2, 3], 2, false, 0]);
  finish(1);
  finish(3);
  await idle;
  assertEquals([pool.active, pool.idle, idles()], [0, true, 1]);
});

Deno.test("Pool drops waiting items when it is cleared, but not those in progress", async () => {
  const { pool, started, finish, idle } = manualPool(1);
  for (const item of [1, 2, 3]) pool.add(item);
  pool.clear();
  assertEquals(pool.idle, false);
  finish(1);
  await idle;
  assertEquals(started, [1]);
});

Deno.test("Pool starts what waits in the order it was added", async () => {
  const { pool, started, finish, idle } = manualPool(1);
  for (const item of [1, 2, 3]) pool.add(item);
  while (!pool.idle) {
    finish(started.at(-1) ?? 0);
    await turns();
  }
  await idle;
  assertEquals(started, [1, 2, 3]);
});

/** The largest first, but nothing while it is held. */
class LargestFirst implements Queue<number> {
  readonly #items = new Set<number>();
  held = false;

  get size(): number {
    return this.#items.size;
  }

  push(item: number): void {
    this.#items.add(item);
  }

  take(): number | undefined {
    const largest = this.held || this.size === 0 ? undefined : Math.max(...this.#items);
    if (largest !== undefined) this.#items.delete(largest);
    return largest;
  }

  clear(): void {
    this.#items.clear();
  }
}

Deno.test("Pool starts what waits in the order of a queue of the caller's", async () => {
  const { pool, started, finish, idle } = manualPool(1, new LargestFirst());
  for (const item of [3, 1, 9, 4]) pool.add(item);
  while (!pool.idle) {
    finish(started.at(-1) ?? 0);
    await Promise.resolve().then(() => {}).then(() => {});
  }
  await idle;
  assertEquals(started, [3, 9, 4, 1]);
});

Deno.test("Pool starts what a queue holds back as soon as it is told to, and is not idle until then", () => {
  const queue = new LargestFirst();
  const { pool, started } = manualPool(2, queue);
  queue.held = true;
  pool.add(1);
  queue.push(2);
  queue.push(3);
  assertEquals([started, pool.waiting, pool.idle], [[], 3, false]);
  queue.held = false;
  pool.start();
  assertEquals([started, pool.active, pool.waiting], [[3, 2], 2, 1]);
});

Deno.test("Pool says when fewer items wait than it was asked for, or none at all after it is cleared", async () => {
  const { pool, finish } = manualPool(1);
  for (const item of [1, 2, 3]) pool.add(item);
  assertEquals(pool.room(3), undefined);
  let room = false;
  pool.room(2)?.then(() => room = true);
  await turns();
  assertEquals([room, pool.waiting], [false, 2]);
  finish(1);
  await turns();
  assertEquals([room, pool.waiting], [true, 1]);
  const cleared = pool.room(1);
  pool.clear();
  await cleared;
});

Deno.test("Pool has no room until so few wait, however often others are done before", async () => {
  const { pool, finish } = manualPool(1);
  for (const item of [1, 2, 3, 4]) pool.add(item);
  let room = false;
  pool.room(1)?.then(() => room = true);
  for (const [item, waiting] of [[1, 2], [2, 1], [3, 0]] as const) {
    finish(item);
    await turns();
    assertEquals([pool.waiting, room], [waiting, waiting === 0]);
  }
});
