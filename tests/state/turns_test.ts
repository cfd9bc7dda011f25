import { assertEquals } from "@std/assert";
import { backOff, mayAsk, type Tried, turnOf } from "../../src/state/turns.ts";

const HOUR = 3600;
const NOW = 1_795_000_000;
const tried = (fields: Partial<Tried>): Tried => ({ run: 1, tried: NOW, failures: 0, asked: null, ...fields });

Deno.test("backOff() doubles with each failure, up to a week", () => {
  assertEquals([0, 1, 2, 3, 7, 8, 1000].map((failures) => backOff(failures) / HOUR), [0, 2, 4, 8, 128, 168, 168]);
});

Deno.test("turnOf() puts a peer that succeeded last first, and one that failed last off until its time has come", () => {
  assertEquals(turnOf(tried({}), 2, NOW + 1), "first");
  const failed = tried({ failures: 1 });
  assertEquals([turnOf(failed, 2, NOW + 2 * HOUR - 1), turnOf(failed, 2, NOW + 2 * HOUR)], ["later", "usual"]);
});

Deno.test("turnOf() dials nothing again that the same run dialled within the last hour", () => {
  const done = tried({ asked: NOW });
  assertEquals(turnOf(done, 1, NOW + HOUR - 1), "succeeded");
  assertEquals(turnOf(tried({}), 1, NOW + HOUR - 1), "first");
  assertEquals(turnOf(tried({ failures: 3 }), 1, NOW + HOUR - 1), "failed");
  assertEquals([turnOf(done, 1, NOW + HOUR), turnOf(tried({ failures: 3 }), 1, NOW + HOUR)], ["first", "later"]);
});

Deno.test("What is still to come by the clock of now is as if it had not been", () => {
  const later = tried({ tried: NOW + 1, asked: NOW + 1 });
  assertEquals([mayAsk(later, NOW), mayAsk(later, NOW + 1)], [true, false]);
  const failed = { ...later, failures: 9 };
  assertEquals([turnOf(failed, 2, NOW), turnOf(failed, 1, NOW), turnOf(failed, 1, NOW + 1)], [
    "usual",
    "usual",
    "failed",
  ]);
});

Deno.test("mayAsk() lets a peer be asked once in 24 hours", () => {
  const asked = tried({ asked: NOW });
  assertEquals([mayAsk(asked, NOW + 24 * HOUR - 1), mayAsk(asked, NOW + 24 * HOUR)], [false, true]);
  assertEquals([mayAsk(tried({}), NOW), mayAsk(tried({}), 0)], [true, true]);
});
