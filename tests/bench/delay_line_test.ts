import { assertEquals } from "@std/assert";
import { DelayLine } from "../../bench/fleet/delay_line.ts";

Deno.test("A delay line lets go of each item when its time has come, not before", () => {
  const out: string[] = [];
  const line = new DelayLine<string>(100, (item) => out.push(item));
  line.add("first", 0);
  line.add("second", 30);
  assertEquals([line.release(99), out], [100, []]);
  assertEquals([line.release(100), out], [130, ["first"]]);
  line.add("third", 110);
  assertEquals([line.release(500), out], [Infinity, ["first", "second", "third"]]);
  line.add("fourth", 500);
  assertEquals([line.release(500), line.release(600), out.length], [600, Infinity, 4]);
});

Deno.test("A delay line without a delay holds nothing", () => {
  const out: string[] = [];
  const line = new DelayLine<string>(0, (item) => out.push(item));
  line.add("item", 5);
  assertEquals([out, line.release(5)], [["item"], Infinity]);
});
