import { assertEquals } from "@std/assert";
import { Pool } from "../../src/scan/pool.ts";

/** A pool whose items are done when told. */
function manualPool(limit: number) {
  const started: number[] = [];
  const finish = new Map<number, () => void>();
  const idle = Promise.withResolvers<void>();
  const pool = new Pool<number>(limit, (item) => {
    started.push(item);
    const { promise, resolve } = Promise.withResolvers<void>();
    finish.set(item, resolve);
    return promise;
  }, idle.resolve);
  return { pool, started, finish: (item: number) => finish.get(item)?.(), idle: idle.promise };
}

Deno.test("Pool works on so many items at once, first come first served", async () => {
  const { pool, started, finish, idle } = manualPool(2);
  for (const item of [1, 2, 3]) pool.add(item);
  assertEquals([started, pool.active], [[1, 2], 2]);
  finish(2);
  await Promise.resolve().then(() => {}).then(() => {});
  assertEquals([started, pool.active, pool.idle], [[1, 2, 3], 2, false]);
  finish(1);
  finish(3);
  await idle;
  assertEquals([pool.active, pool.idle], [0, true]);
});

Deno.test("Pool forgets what waits when it is cleared, not what it works on", async () => {
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
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  await idle;
  assertEquals(started, [1, 2, 3]);
});
