import { assertEquals } from "@std/assert";
import type { Address } from "../../src/address/address.ts";
import { MAX_KEY_SIZE, readKey } from "../../src/address/key.ts";
import { byNetwork } from "../../src/address/network.ts";
import { AddrBatch } from "../../src/crawl/addr_batch.ts";
import { type AddrEntry, addrMessage } from "../../src/wire/addr.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";
import { hex } from "../support/bytes.ts";
import { DAY, NOW } from "../support/frontiers.ts";

const FIVE_DAYS_AGO = NOW - 5 * DAY;

const ADDRESSES = ONE_OF_EACH.filter(({ host }) => !host.includes("%"));
const [FIRST] = ADDRESSES as [Address];

function entries(fields: readonly Partial<AddrEntry>[]): AddrEntry[] {
  return fields.map((one) => ({ time: NOW, services: 9n, address: FIRST, ...one }));
}

const addressesOf = ({ keys: { bytes, count } }: AddrBatch) =>
  Array.from({ length: count }, (_, i) => readKey(bytes, i * MAX_KEY_SIZE));

Deno.test("AddrBatch has the address, the time and both halves of the services of each entry", () => {
  const batch = new AddrBatch();
  const services = [0n, 0xffff_ffffn, 1n << 32n, 0x8000_0001_0000_0002n, 2n ** 64n - 1n];
  const each = ADDRESSES.map((address, i) => ({ address, services: services[i] ?? 0n, time: NOW - i }));
  batch.read(addrMessage("addrv2", entries(each)), NOW);
  assertEquals(addressesOf(batch), ADDRESSES);
  assertEquals([...batch.times.subarray(0, 5)], [0, 1, 2, 3, 4].map((i) => NOW - i));
  assertEquals([...batch.servicesLow.subarray(0, 5)], [0, 0xffff_ffff, 0, 2, 0xffff_ffff]);
  assertEquals([...batch.servicesHigh.subarray(0, 5)], [0, 0, 1, 0x8000_0001, 0xffff_ffff]);
  assertEquals(byNetwork((network) => batch.in(network)), { ipv4: 1, ipv6: 1, onion: 1, i2p: 1, cjdns: 1 });
  assertEquals(batch.skipped, 0);
});

Deno.test("AddrBatch takes a time that is none, or over ten minutes ahead, for five days ago", () => {
  const batch = new AddrBatch();
  const times = [0, 100_000_000, 100_000_001, NOW, NOW + 600, NOW + 601, 0xffff_ffff];
  batch.read(addrMessage("addrv2", entries(times.map((time) => ({ time })))), NOW);
  const known = [FIVE_DAYS_AGO, FIVE_DAYS_AGO, 100_000_001, NOW, NOW + 600, FIVE_DAYS_AGO, FIVE_DAYS_AGO];
  assertEquals([...batch.times.subarray(0, 7)], known);
});

Deno.test("AddrBatch counts what is in no network that it knows, and leaves it out", () => {
  // An address of Yggdrasil, one of IPv4, and a Tor name of version 2.
  const payload = hex("03 00000001 00 07 02 0101 2002 00000066 01 01 04 08080808 208d 00000066 00 03 01 01 0003");
  const batch = new AddrBatch();
  batch.read({ type: "addrv2", count: 3, payload }, NOW);
  assertEquals(addressesOf(batch), [{ network: "ipv4", host: "8.8.8.8", port: 8333 }]);
  assertEquals([batch.in("ipv4"), batch.in("ipv6"), batch.skipped], [1, 0, 2]);
  assertEquals([batch.times[0], batch.servicesLow[0]], [0x6600_0000, 1]);
});

Deno.test("AddrBatch forgets the message before", () => {
  const batch = new AddrBatch();
  batch.read(addrMessage("addrv2", entries(ADDRESSES.map((address) => ({ address })))), NOW);
  batch.read(addrMessage("addr", entries([{ services: 1n }, { services: 2n }])), NOW);
  assertEquals(addressesOf(batch), [FIRST, FIRST]);
  assertEquals([...batch.servicesLow.subarray(0, 2)], [1, 2]);
  assertEquals(byNetwork((network) => batch.in(network)), { ipv4: 2, ipv6: 0, onion: 0, i2p: 0, cjdns: 0 });
});
