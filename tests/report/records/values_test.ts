import { assertEquals } from "@std/assert";
import { hexServices, hundredths, tenths } from "../../../src/report/records/values.ts";

Deno.test("hexServices() has 16 digits, whatever the bits", () => {
  assertEquals([0n, 0xc09n, 0xffff_ffff_ffff_ffffn].map(hexServices), [
    "0000000000000000",
    "0000000000000c09",
    "ffffffffffffffff",
  ]);
});

Deno.test("tenths() rounds to the nearest tenth", () => {
  assertEquals([0, 0.04, 11.249, 83.35, 10_000].map(tenths), [0, 0, 11.2, 83.4, 10_000]);
});

Deno.test("hundredths() rounds to the nearest hundredth", () => {
  assertEquals([0, 0.004, 0.006, 0.614, 0.9749, 1].map(hundredths), [0, 0, 0.01, 0.61, 0.97, 1]);
});
