import { assertEquals } from "@std/assert";
import { utcDay, utcMinute } from "../../src/report/utc.ts";

Deno.test("A time is told to the minute or to the day, and one that no calendar has is unknown", () => {
  assertEquals([utcMinute(1_795_723_199), utcDay(1_795_723_199)], ["2026-11-26 19:59", "2026-11-26"]);
  assertEquals([utcMinute(1e15), utcDay(1e15)], ["unknown", "unknown"]);
});
