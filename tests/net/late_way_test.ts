import { assertEquals, assertRejects } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import { Deadline } from "../../src/net/deadline.ts";
import { LateWay } from "../../src/net/late_way.ts";
import type { Way } from "../../src/net/route.ts";
import { ScriptedConnection } from "../support/scripted_io.ts";

const PEER = ipAddress("192.0.2.7", 8333);

/** A way that counts how often it is loaded, asked to lead a peer, and disposed of. */
function newWay() {
  const counts = { loaded: 0, led: 0, disposed: 0 };
  const connection = new ScriptedConnection();
  const way: Way & Disposable & { isLost: boolean } = {
    isProxy: true,
    limit: 1,
    isLost: false,
    ready: () => null,
    lead: () => (counts.led++, () => Promise.resolve(connection)),
    [Symbol.dispose]: () => void counts.disposed++,
  };
  const late = new LateWay(() => (counts.loaded++, Promise.resolve(way)));
  return { late, way, counts, connection };
}

Deno.test("LateWay is loaded once, by the first that wants to know when it is ready", async () => {
  const { late, way, counts } = newWay();
  assertEquals([counts.loaded, late.isProxy, late.limit, late.isLost], [0, true, 32, false]);
  const [first, second] = [late.ready(), late.ready()];
  assertEquals(first, second);
  await first;
  assertEquals([counts.loaded, late.ready()], [1, null]);
  way.isLost = true;
  assertEquals(late.isLost, true);
});

Deno.test("LateWay, once loaded, is ready when its way is, and leads peers whether it is or not", async () => {
  const { late, way, connection } = newWay();
  await late.ready();
  const ready = Promise.withResolvers<void>();
  way.ready = () => ready.promise;
  assertEquals(late.ready(), ready.promise);
  assertEquals(await late.lead(PEER)(new Deadline(1000)), connection);
});

Deno.test("LateWay leads all connections of a peer the same way, and each peer its own", async () => {
  const { late, counts, connection } = newWay();
  const open = late.lead(PEER);
  assertEquals([await open(new Deadline(1000)), await open(new Deadline(1000))], [connection, connection]);
  assertEquals([counts.loaded, counts.led], [1, 1]);
  await late.lead(PEER)(new Deadline(1000));
  assertEquals([counts.loaded, counts.led], [1, 2]);
});

Deno.test("LateWay is disposed of whether it was loaded, is being loaded, or never is", async () => {
  const loaded = newWay();
  await loaded.late.ready();
  loaded.late[Symbol.dispose]();
  const loading = newWay();
  const ready = loading.late.ready();
  loading.late[Symbol.dispose]();
  await ready;
  const never = newWay();
  never.late[Symbol.dispose]();
  assertEquals(never.late.ready(), null);
  assertEquals([loaded, loading, never].map(({ counts: { disposed } }) => disposed), [1, 1, 0]);
  await assertRejects(() => never.late.lead(PEER)(new Deadline(1000)), TypeError, "disposed");
});

Deno.test("LateWay connects to nobody once the deadline is over", async () => {
  const { late, counts } = newWay();
  const deadline = new Deadline(1000);
  const opening = late.lead(PEER)(deadline);
  deadline.expire();
  await assertRejects(() => opening);
  assertEquals(counts.led, 0);
});
