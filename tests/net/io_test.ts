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

Deno.test("systemClock is never early: it waits for whole milliseconds", () => {
  const { timeout } = AbortSignal;
  const waits: number[] = [];
  try {
    AbortSignal.timeout = (milliseconds) => {
      waits.push(milliseconds);
      return new AbortController().signal;
    };
    for (const milliseconds of [0, 1, 1.1, 1.9]) systemClock.schedule(() => {}, milliseconds);
  } finally {
    AbortSignal.timeout = timeout;
  }
  assertEquals(waits, [0, 1, 2, 2]);
});

Deno.test("systemClock tells the date in whole seconds, and time that never runs backwards", () => {
  const { now: dateNow } = Date;
  try {
    for (const milliseconds of [0, 1, 500, 999]) {
      Date.now = () => 1_700_000_000_000 + milliseconds;
      assertEquals(systemClock.unixTime(), 1_700_000_000n);
    }
  } finally {
    Date.now = dateNow;
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
  const directory = await Deno.makeTempDir();
  const path = `${directory}/socket`;
  try {
    using tcp = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    using unix = Deno.listen({ transport: "unix", path });
    const endpoints = [{ host: "127.0.0.1", port: tcp.addr.port }, { host: `unix:${path}`, port: 0 }];
    for (const [i, listener] of [tcp, unix].entries()) {
      const { signal } = new AbortController();
      const [ours, theirs] = await Promise.all([
        denoIo.connect(endpoints[i] ?? { host: "", port: 0 }, signal),
        listener.accept(),
      ]);
      await ours.write(Uint8Array.of(7));
      const buffer = new Uint8Array(2);
      assertEquals([await theirs.read(buffer), buffer], [1, Uint8Array.of(7, 0)]);
      ours.close();
      theirs.close();
    }
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
