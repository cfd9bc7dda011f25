import { assertEquals } from "@std/assert";
import type { Address } from "../../src/address/address.ts";
import { MAX_KEY_SIZE, writeKey } from "../../src/address/key.ts";
import { subnetOf, Subnets } from "../../src/crawl/subnets.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";

function subnetOfAddress(address: Address): number | undefined {
  const key = new Uint8Array(2 + MAX_KEY_SIZE);
  writeKey(address, key, 2);
  return subnetOf(key, 2);
}

function subnets(network: "ipv4" | "ipv6", ...hosts: readonly string[]): (number | undefined)[] {
  return hosts.map((host) => subnetOfAddress({ network, host, port: host.length }));
}

Deno.test("subnetOf() is one for an IPv4 /24 and for an IPv6 /48, and another for each", () => {
  const [a, b, c, d] = subnets("ipv4", "8.8.8.0", "8.8.8.255", "8.8.9.0", "8.9.8.0");
  assertEquals([a === b, new Set([a, c, d]).size], [true, 3]);
  const [e, f, g, h] = subnets("ipv6", "2a00:1:2::", "2a00:1:2:ffff:ffff::", "2a00:1:3::", "2a00:1:102::");
  assertEquals([e === f, new Set([e, g, h, a, c, d]).size], [true, 6]);
});

Deno.test("subnetOf() is none of what is not routable, nor of other networks", () => {
  assertEquals(subnets("ipv4", "127.0.0.1", "10.1.2.3"), [undefined, undefined]);
  assertEquals(subnets("ipv6", "2002:a00:1::", "::1"), [undefined, undefined]);
  const overlays = ONE_OF_EACH.filter(({ network }) => network !== "ipv4" && network !== "ipv6");
  assertEquals(overlays.map(subnetOfAddress), [undefined, undefined, undefined]);
});

Deno.test("Subnets gives back what it held back one by one, first come, first served, if it is still held", () => {
  const subnets = new Subnets();
  assertEquals(subnets.hasRoom(1), true);
  subnets.begin(1);
  assertEquals([subnets.hasRoom(1), subnets.hasRoom(2)], [true, true]);
  subnets.begin(1);
  assertEquals(subnets.hasRoom(1), false);
  for (const number of [10, 11, 12]) subnets.hold(1, number);
  assertEquals(subnets.end(1, (number) => number !== 10), 11);
  assertEquals([subnets.hasRoom(1), subnets.end(2, () => true)], [true, undefined]);
  // What was given back is gone without having been dialled.
  assertEquals(subnets.release(1, () => true), 12);
  assertEquals([subnets.release(1, () => true), subnets.end(1, () => true)], [undefined, undefined]);
  assertEquals(subnets.hasRoom(1), true);
});

Deno.test("subnetOf() is the same for no two subnets, of whichever network", () => {
  const third = (before: string, after: string) => Array.from({ length: 256 }, (_, i) => `${before}${i}${after}`);
  const ipv4 = ["1.0.", "126.0.", "129.0.", "200.0.", "200.1.", "223.0.", "223.255."].flatMap((net) =>
    third(net, ".1")
  );
  const hex = (words: readonly number[]) => `${words.map((word) => word.toString(16)).join(":")}::1`;
  const words = [0, 1, 2, 16, 32, 0x7f, 0x80, 0xff, 0x100, 0x7f00, 0x8000, 0xff00, 0xffff];
  const ipv6 = [[0, 1], [0, 0x21], [0, 0x37], [0, 0x38], [0, 0x80], [0x2a00, 1], [0x2a00, 2], [0x2a01, 1], [
    0x3fff,
    0xffff,
  ]]
    .flatMap((net) => words.map((word) => hex([...net, word])));
  const all = [...subnets("ipv4", ...ipv4), ...subnets("ipv6", ...ipv6)];
  assertEquals([new Set(all).size, all.includes(undefined)], [ipv4.length + ipv6.length, false]);
});

Deno.test("Subnets has no more than two in flight, however many have ended before", () => {
  const subnets = new Subnets();
  const room = () => subnets.hasRoom(1);
  subnets.begin(1);
  subnets.begin(1);
  subnets.end(1, () => true);
  assertEquals(room(), true);
  subnets.begin(1);
  assertEquals(room(), false);
  for (let i = 0; i < 2; i++) subnets.end(1, () => true);
  subnets.begin(1);
  assertEquals(room(), true);
  subnets.begin(1);
  assertEquals(room(), false);
});
