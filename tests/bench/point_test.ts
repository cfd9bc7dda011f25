import { assertEquals, assertThrows } from "@std/assert";
import { medianPoint, peersAt, type Point } from "../../bench/harness/point.ts";

Deno.test("All near peers are scanned, and as many far ones as the concurrency allows in four seconds", () => {
  const at = (roundTrip: number, concurrency: number) => peersAt({ roundTrip, concurrency }, 20_000);
  assertEquals([at(0, 16), at(50, 16), at(200, 16), at(200, 512), at(200, 8192)], [20_000, 640, 160, 5120, 20_000]);
});

const point: Point = { roundTrip: 50, concurrency: 16, peers: 100, success: 100, rate: 5, slowest: 9, memory: 70 };

Deno.test("Several runs at one place give the median of each number", () => {
  const points = [point, { ...point, rate: 7, slowest: 8, memory: 90 }, { ...point, rate: 6, slowest: 1, memory: 80 }];
  assertEquals(medianPoint(points), { ...point, rate: 6, slowest: 8, memory: 80 });
});

Deno.test("Where no memory was measured there is no median of it", () => {
  assertEquals(medianPoint([{ ...point, memory: null }]).memory, null);
  assertThrows(() => medianPoint([]), RangeError, "got none");
});
