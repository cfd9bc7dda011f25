import { assertEquals, assertStrictEquals } from "@std/assert";
import { Deadlines } from "../../src/net/deadline.ts";
import { watchedSignal } from "../support/scripted_io.ts";
import { VirtualClock } from "../support/virtual_clock.ts";

Deno.test("A deadline passes when its time is over, not before, and closes what it watches", () => {
  const clock = new VirtualClock();
  using deadlines = new Deadlines(clock, 1000);
  const deadline = deadlines.begin();
  const closed: string[] = [];
  const released = { close: () => closed.push("released") };
  deadline.watch({ close: () => closed.push("watched") });
  deadline.watch(released).remove();
  clock.advance(999);
  assertEquals([deadline.signal.aborted, deadline.expired, closed], [false, false, []]);
  clock.advance(1);
  assertEquals([deadline.signal.aborted, deadline.expired, closed], [true, true, ["watched"]]);
  clock.advance(5000);
  assertEquals(closed, ["watched"]);
});

Deno.test("Deadlines are shared by what begins within a hundredth of the time, and within 10 ms", () => {
  for (const [milliseconds, shared] of [[500, 5], [60_000, 10]] as const) {
    const clock = new VirtualClock();
    clock.advance(4000);
    using deadlines = new Deadlines(clock, milliseconds);
    const first = deadlines.begin();
    clock.advance(shared - 1 / 32);
    assertStrictEquals(deadlines.begin(), first);
    clock.advance(1 / 32);
    assertEquals(deadlines.begin() === first, false);
    assertEquals(clock.timers, 2);
  }
});

Deno.test("A deadline aborts with the parent's reason, and has not expired then", () => {
  const clock = new VirtualClock();
  const parent = new AbortController();
  using deadlines = new Deadlines(clock, 1000, parent.signal);
  const deadline = deadlines.begin();
  parent.abort("enough");
  assertEquals([deadline.signal.reason, deadline.expired, clock.timers], ["enough", false, 0]);
  // One that shares the last deadline, and one that does not.
  for (let i = 0; i < 2; i++) {
    const late = deadlines.begin();
    assertEquals([late.signal.reason, late.expired, clock.timers], ["enough", false, 0]);
    clock.advance(500);
  }
});

Deno.test("Deadlines leave no timer behind, and stay as they are, once disposed of", () => {
  const clock = new VirtualClock();
  const parent = new AbortController();
  const deadlines = new Deadlines(clock, 1000, parent.signal);
  const deadline = deadlines.begin();
  deadlines[Symbol.dispose]();
  assertEquals(clock.timers, 0);
  parent.abort();
  clock.advance(2000);
  assertEquals(deadline.signal.aborted, false);
});

Deno.test("Deadlines that are disposed of no longer listen to their parent", () => {
  const { signal, listeners } = watchedSignal();
  const deadlines = new Deadlines(new VirtualClock(), 1000, signal);
  assertEquals(listeners.size, 1);
  deadlines[Symbol.dispose]();
  assertEquals(listeners.size, 0);
});
