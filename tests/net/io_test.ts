import { assert, assertEquals } from "@std/assert";
import { denoIo, systemClock } from "../../src/net/io.ts";

Deno.test("systemClock calls what is scheduled once, unless it is cancelled", async () => {
  const called: string[] = [];
  const takeBack = systemClock.schedule(() => called.push("taken back"), 0);
  systemClock.schedule(() => called.push("kept"), 0);
  takeBack();
  // Timers of the same delay go off in the order they were set.
  await new Promise((resolve) => setTimeout(resolve, 0));
  assertEquals(called, ["kept"]);
});

Deno.test("systemClock tells the date in whole seconds, and time that never runs backwards", () => {
  const before = Math.floor(Date.now() / 1000);
  const unixTime = Number(systemClock.unixTime());
  assert(before <= unixTime && unixTime <= Date.now() / 1000);
  const now = systemClock.now();
  assert(now <= systemClock.now());
});

Deno.test("denoIo returns 64-bit nonces, each different", () => {
  const nonces = Array.from({ length: 64 }, () => denoIo.randomNonce());
  assertEquals(new Set(nonces).size, nonces.length);
  assert(nonces.every((nonce) => nonce === BigInt.asUintN(64, nonce)));
  // Each has its highest bit set as often as not; none of 64 has it once in 2^64 runs.
  assert(nonces.some((nonce) => nonce >> 63n === 1n));
});

Deno.test("denoIo gives as many random bytes as asked for, fresh ones each time", () => {
  const arrays = Array.from({ length: 64 }, () => denoIo.randomBytes(16));
  assert(arrays.every(({ length }) => length === 16));
  assertEquals(new Set(arrays.map((bytes) => bytes.toHex())).size, arrays.length);
  assertEquals(new Set(arrays.map(({ buffer }) => buffer)).size, arrays.length);
});
