import { assert, assertEquals } from "@std/assert";
import { Deadline } from "../../src/net/deadline.ts";
import { VirtualClock } from "../support/virtual_clock.ts";

Deno.test("Deadline aborts when its time is over, not before", () => {
  const clock = new VirtualClock();
  using deadline = new Deadline(clock, 1000);
  clock.advance(999);
  assertEquals([deadline.signal.aborted, deadline.expired], [false, false]);
  clock.advance(1);
  assertEquals([deadline.signal.aborted, deadline.expired], [true, true]);
});

Deno.test("Deadline aborts with its parent's reason, and has not expired then", () => {
  const parent = new AbortController();
  using deadline = new Deadline(new VirtualClock(), 1000, parent.signal);
  parent.abort("enough");
  assertEquals([deadline.signal.reason, deadline.expired], ["enough", false]);
});

Deno.test("Deadline is aborted from the start when its parent is", () => {
  using deadline = new Deadline(new VirtualClock(), 1000, AbortSignal.abort("before"));
  assertEquals(deadline.signal.reason, "before");
});

Deno.test("Deadline leaves no timer behind, and stays as it is, once disposed of", () => {
  const clock = new VirtualClock();
  const parent = new AbortController();
  const deadline = new Deadline(clock, 1000, parent.signal);
  deadline[Symbol.dispose]();
  assertEquals(clock.timers, 0);
  parent.abort();
  clock.advance(2000);
  assert(!deadline.signal.aborted);
});
