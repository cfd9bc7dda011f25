/** What comes of a handshake through each hostile proxy and bridge. */

import { assertEquals } from "@std/assert";
import { type Clock, denoIo, type PeerRecord, recordOf, scan } from "../../src/mod.ts";
import { fastClock, HOSTILE_CLOCK, HOSTILE_PROXIES, type HostileProxy, startHostileProxy } from "../../src/sim.ts";
import { type Schema, validate } from "../support/json_schema.ts";

const SCHEMA: Schema = JSON.parse(Deno.readTextFileSync(new URL("../../src/report/schema.json", import.meta.url)));

/** Never passes, not even on the busiest machine, unless a proxy that comes to an end does not. */
const PATIENCE = 60_000;

/** As many proxies are tried at once. */
const AT_ONCE = 16;

const titleOf = ({ protocol, name }: HostileProxy): string => `${protocol}: ${name}`;

/** The record of the peer to which a proxy should lead, which must be what the schema says. */
async function recordThrough(proxy: HostileProxy, clock: Clock, timeout?: number): Promise<PeerRecord> {
  await using running = await startHostileProxy(proxy, clock);
  const { host, port } = running.address;
  const endpoint = { host, port };
  const ways = proxy.protocol === "sam" ? { i2psam: endpoint } : { proxy: endpoint };
  const records: PeerRecord[] = [];
  for await (const result of scan([proxy.target], { ...ways, timeout, io: { ...denoIo, clock } })) {
    const record = recordOf(result);
    assertEquals(validate(JSON.parse(JSON.stringify(record)), SCHEMA), [], titleOf(proxy));
    if (record.type === "peer") records.push(record);
  }
  const [record] = records;
  if (record === undefined || records.length > 1) throw new Error(`${titleOf(proxy)}: ${records.length} records`);
  return record;
}

/** Asserts that each proxy gets the record that it must. */
async function assertRecords(proxies: readonly HostileProxy[], clock: Clock, timeout?: number): Promise<void> {
  const found: [string, unknown][] = [];
  const rest = [...proxies];
  const work = async () => {
    for (let proxy; (proxy = rest.pop()) !== undefined;) {
      const { success, error } = await recordThrough(proxy, clock, timeout);
      found.push([titleOf(proxy), { success, error: error && { code: error.code, phase: error.phase } }]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  assertEquals(
    Object.fromEntries(found.toSorted()),
    Object.fromEntries(proxies.map((proxy) => [titleOf(proxy), proxy.expected]).toSorted()),
  );
}

Deno.test("Every hostile proxy and bridge that comes to an end gets the record that it must", async () => {
  await assertRecords(HOSTILE_PROXIES.filter(({ isSlow }) => !isSlow), HOSTILE_CLOCK, PATIENCE);
});

Deno.test("Every hostile proxy and bridge that takes minutes gets the record that it must, in the time of its network", async () => {
  await assertRecords(HOSTILE_PROXIES.filter(({ isSlow }) => isSlow), fastClock(50));
});
