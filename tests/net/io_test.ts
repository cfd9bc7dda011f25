import { assert, assertEquals } from "@std/assert";
import { denoIo, systemClock } from "../../src/net/io.ts";
import { temporaryFile } from "../support/folder.ts";
import { replaced } from "../support/replaced.ts";
import { turns } from "../support/scripted_io.ts";

Deno.test("systemClock calls what is scheduled once, unless it is cancelled", async () => {
  const called: string[] = [];
  const takeBack = systemClock.schedule(() => called.push("taken back"), 0);
  systemClock.schedule(() => called.push("kept"), 0);
  takeBack();
  // Timers of the same delay go off in the order they were set.
  await turns();
  assertEquals(called, ["kept"]);
});

Deno.test("systemClock is never early: it waits for whole milliseconds", () => {
  const waits: number[] = [];
  const timeout = (milliseconds: number) => {
    waits.push(milliseconds);
    return new AbortController().signal;
  };
  using _ = replaced(AbortSignal, { timeout });
  for (const milliseconds of [0, 1, 1.1, 1.9]) systemClock.schedule(() => {}, milliseconds);
  assertEquals(waits, [0, 1, 2, 2]);
});

Deno.test("systemClock tells the date in whole seconds, and time that never runs backwards", () => {
  for (const milliseconds of [0, 1, 500, 999]) {
    using _ = replaced(Date, { now: () => 1_700_000_000_000 + milliseconds });
    assertEquals(systemClock.unixTime(), 1_700_000_000n);
  }
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

Deno.test("denoIo connects to an IP address, and to the path of a socket", async () => {
  using file = temporaryFile("socket");
  using tcp = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  using unix = Deno.listen({ transport: "unix", path: file.path });
  const cases = [[tcp, { host: "127.0.0.1", port: tcp.addr.port }], [unix, {
    host: `unix:${file.path}`,
    port: 0,
  }]] as const;
  for (const [listener, endpoint] of cases) {
    const { signal } = new AbortController();
    const [ours, theirs] = await Promise.all([denoIo.connect(endpoint, signal), listener.accept()]);
    await ours.write(Uint8Array.of(7));
    const buffer = new Uint8Array(2);
    assertEquals([await theirs.read(buffer), buffer], [1, Uint8Array.of(7, 0)]);
    ours.close();
    theirs.close();
  }
});
