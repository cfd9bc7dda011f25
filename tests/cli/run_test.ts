import { assertEquals } from "@std/assert";
import { run } from "../../src/cli/run.ts";
import { silentScript } from "../../src/sim/scripts.ts";
import { SimulatedPeer } from "../../src/sim/peer.ts";

/** Replaces standard output's `write` until disposed of. */
function replacedStdout(write: (bytes: Uint8Array) => Promise<number>): Disposable {
  const original = Deno.stdout.write;
  Deno.stdout.write = write;
  return { [Symbol.dispose]: () => void (Deno.stdout.write = original) };
}

/** Addresses that no node can have, so that each makes a record without being dialled. */
const multicast = (count: number): string[] => Array.from({ length: count }, (_, i) => `224.0.${i >> 8}.${i & 0xff}`);

Deno.test("run() lets no more than 64 KiB and a record wait for a reader that has stopped reading", async () => {
  const ready = Promise.withResolvers<void>();
  const writes: string[] = [];
  using _ = replacedStdout(async (bytes) => {
    writes.push(new TextDecoder().decode(bytes));
    await ready.promise;
    return bytes.length;
  });
  const running = run(["--format", "ndjson", ...multicast(600)]);
  for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
  ready.resolve();
  assertEquals(await running, 1);
  const lines = writes.join("").split("\n");
  const longest = Math.max(...lines.map((line) => line.length + 1));
  assertEquals(lines.length, 600 + 2);
  assertEquals(writes.filter(({ length }) => length > 64 * 1024 + longest).length, 0);
});

Deno.test("run() ends at once when its reader is gone, whatever is in flight", async () => {
  await using peer = new SimulatedPeer(silentScript);
  using _ = replacedStdout(() => Promise.reject(new Deno.errors.BrokenPipe()));
  const start = performance.now();
  assertEquals(await run(["-t", "30", "--format", "ndjson", peer.target, ...multicast(1)]), 0);
  assertEquals(performance.now() - start < 30_000, true);
});
