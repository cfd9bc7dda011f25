import { assertEquals } from "@std/assert";
import { Bounds } from "../../src/crawl/bounds.ts";

Deno.test("Bounds give each bound the share of the time in which it held", () => {
  const bounds = new Bounds(1000);
  bounds.set("rate", true, 1000);
  bounds.set("rate", true, 1100);
  bounds.set("rate", false, 1250);
  bounds.set("rate", false, 1300);
  bounds.set("onion", true, 1500);
  assertEquals(bounds.shares(2000), new Map([["rate", 0.25], ["onion", 0.5]] as const));
  bounds.set("rate", true, 2000);
  assertEquals(bounds.shares(3000), new Map([["rate", 0.625], ["onion", 0.75]] as const));
  bounds.clear(3000);
  assertEquals(bounds.shares(5000), new Map([["rate", 0.3125], ["onion", 0.375]] as const));
});

Deno.test("Bounds leave out what never held, and a crawl without time has none", () => {
  const bounds = new Bounds(0);
  bounds.set("i2p", false, 0);
  bounds.set("onion", true, 10);
  bounds.set("onion", false, 10);
  assertEquals(bounds.shares(1000), new Map());
  const atOnce = new Bounds(7);
  atOnce.set("ipv4", true, 7);
  assertEquals(atOnce.shares(7), new Map());
});
