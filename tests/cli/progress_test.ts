import { assertEquals } from "@std/assert";
import { Progress, progressLine } from "../../src/cli/progress.ts";

Deno.test("progressLine() says what is done, how, what is in flight and how long it can take", () => {
  assertEquals(
    progressLine({ peers: 40, success: 20, failure: 5, inFlight: 15, timeLeft: 4321 }),
    "25/40 done, 20 succeeded, 5 failed, 15 in flight, at most 4.3 s left",
  );
});

Deno.test("Progress shows a line at each interval while there is something to say, and leaves none behind", () => {
  const progress = { peers: 40, success: 20, failure: 5, inFlight: 15, timeLeft: 4321 };
  const { setInterval } = globalThis;
  const { writeSync } = Deno.stderr;
  const written: string[] = [];
  let tick = () => {};
  let current: typeof progress | null = progress;
  Object.assign(globalThis, { setInterval: (callback: () => void) => (tick = callback, 0) });
  Deno.stderr.writeSync = (bytes) => (written.push(new TextDecoder().decode(bytes)), bytes.length);
  try {
    using line = new Progress(() => current);
    tick();
    line.clear();
    line.clear();
    current = null;
    tick();
    current = progress;
    tick();
  } finally {
    globalThis.setInterval = setInterval;
    Deno.stderr.writeSync = writeSync;
  }
  const clear = "\r\x1b[K";
  assertEquals(written.map((text) => text.slice(0, 13)), [`${clear}25/40 don`, clear, `${clear}25/40 don`, clear]);
});
