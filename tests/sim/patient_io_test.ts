import { assertEquals } from "@std/assert";
import { patientIo } from "../../src/sim/patient_io.ts";
import { ScriptedConnection, scriptedIo } from "../support/scripted_io.ts";

/** A patient {@linkcode Io} over a scripted one, and when its timers were due. */
function started(...times: readonly number[]) {
  const connection = new ScriptedConnection(Uint8Array.of(1, 2, 3), "end");
  const { clock, ...scripted } = scriptedIo({
    connect: () => Promise.resolve(connection),
    resolve: () => Promise.resolve(["127.0.0.1"]),
  });
  const io = patientIo({ ...scripted, clock });
  const due: string[] = [];
  const cancel = times.map((time) => io.clock.schedule(() => due.push(`${time} at ${clock.now()}`), time));
  return { io, clock, due, cancel };
}

const signal = new AbortController().signal;

Deno.test("patientIo() waits for the last millisecond too", () => {
  const { clock, due } = started(11);
  clock.advance(10);
  assertEquals([due, clock.timers], [[], 1]);
  clock.advance(1);
  assertEquals(due, ["11 at 11"]);
});

Deno.test("patientIo() counts of a step what has passed of it, and no more than the step when it ends late", () => {
  // How long each step of the clock takes: one ends early, as it was set late in a turn of the event loop; one late.
  const steps = [4, 25, 6];
  const asked: number[] = [];
  let now = 100;
  const callbacks: (() => void)[] = [];
  const schedule = (callback: () => void, milliseconds: number) => {
    asked.push(milliseconds);
    callbacks.push(callback);
    return () => {};
  };
  let isDue = false;
  const io = patientIo({ ...scriptedIo({}), clock: { now: () => now, unixTime: () => 0n, schedule } });
  io.clock.schedule(() => isDue = true, 20);
  for (const step of steps) {
    assertEquals(isDue, false);
    now += step;
    const [callback] = callbacks.splice(0);
    callback?.();
  }
  assertEquals([isDue, asked], [true, [10, 10, 6]]);
});

Deno.test("patientIo() waits no longer than it is told to when nothing happens", () => {
  const { io, clock, due } = started(25, 0, 10);
  clock.advance(30);
  assertEquals(due, ["0 at 0", "10 at 10", "25 at 25"]);
  assertEquals([io.clock.now(), io.clock.unixTime(), clock.timers], [30, 1_700_000_000n, 0]);
});

Deno.test("patientIo() does not count a step in which something came from the network", async () => {
  const { io, clock, due } = started(20);
  clock.advance(5);
  assertEquals(await io.resolve("seed.example", "A", { signal, timeout: 1000 }), ["127.0.0.1"]);
  clock.advance(10);
  const connection = await io.connect({ host: "127.0.0.1", port: 8333 }, signal);
  clock.advance(10);
  assertEquals(await connection.write(Uint8Array.of(7)), 1);
  clock.advance(10);
  const buffer = new Uint8Array(3);
  assertEquals([await connection.read(buffer), ...buffer], [3, 1, 2, 3]);
  clock.advance(10);
  assertEquals(await connection.read(buffer), null);
  clock.advance(24);
  assertEquals([clock.now(), due], [69, []]);
  clock.advance(1);
  assertEquals([due, clock.timers], [["20 at 70"], 0]);
});

Deno.test("patientIo() calls nothing that was cancelled, in whichever step", () => {
  const { clock, due, cancel } = started(5, 15, 25);
  clock.advance(1);
  cancel[0]?.();
  clock.advance(10);
  cancel[1]?.();
  clock.advance(100);
  assertEquals([due, clock.timers], [["25 at 25"], 0]);
});

Deno.test("patientIo() closes the connection that it was given", async () => {
  const connection = new ScriptedConnection();
  const io = patientIo(scriptedIo({ connect: () => Promise.resolve(connection) }));
  (await io.connect({ host: "127.0.0.1", port: 8333 }, signal)).close();
  assertEquals(connection.closed, 1);
});
