import { assertEquals, assertRejects } from "@std/assert";
import { Stopwatch } from "../../src/audit/stopwatch.ts";
import { scriptedIo } from "../support/scripted_io.ts";

Deno.test("Stopwatch takes the time from the first query for a name to its last answer, of both families", async () => {
  const waiting: ((answer: string[]) => void)[] = [];
  const io = scriptedIo({ resolve: () => new Promise((resolve) => waiting.push(resolve)) });
  const stopwatch = new Stopwatch(io);
  io.clock.advance(5);
  const a = stopwatch.io.resolve("A.example.", "A", {});
  io.clock.advance(10);
  const aaaa = stopwatch.io.resolve("a.example.", "AAAA", {});
  assertEquals(stopwatch.elapsed("a.example"), 0);
  io.clock.advance(10);
  for (const resolve of waiting) resolve(["30.1.0.1"]);
  assertEquals(await Promise.all([a, aaaa]), [["30.1.0.1"], ["30.1.0.1"]]);
  assertEquals([stopwatch.elapsed("a.example"), stopwatch.elapsed("b.example")], [20, 0]);
});

Deno.test("Stopwatch takes the time of a query that fails", async () => {
  const io = scriptedIo({
    resolve: () => {
      io.clock.advance(7);
      return Promise.reject(new Deno.errors.NotFound());
    },
  });
  const stopwatch = new Stopwatch(io);
  await assertRejects(() => stopwatch.io.resolve("a.example.", "A", {}), Deno.errors.NotFound);
  assertEquals(stopwatch.elapsed("a.example"), 7);
});

Deno.test("Stopwatch lets connections, the clock and randomness through", async () => {
  const io = scriptedIo({ connect: (ip, port) => Promise.reject(new Error(`${ip} ${port}`)) });
  const watched = new Stopwatch(io).io;
  await assertRejects(() => watched.connect("30.1.0.1", 8333, new AbortController().signal), Error, "30.1.0.1 8333");
  assertEquals([watched.clock, watched.randomNonce()], [io.clock, io.randomNonce()]);
  assertEquals(watched.randomBytes(7).length, 7);
});
