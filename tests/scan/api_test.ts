import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DnsServer, handshake, node, resolveSeed, scan, SimulatedPeer, TargetError } from "../../src/mod.ts";
import { ScriptedConnection, scriptedIo, until } from "../support/scripted_io.ts";
import { versionMessage } from "../support/messages.ts";
import { stream } from "../support/stream.ts";

Deno.test("handshake() shakes hands with one peer, and leaves nothing open", async () => {
  await using peer = new SimulatedPeer(node({ userAgent: "/one:1.0/" }));
  const record = await handshake(peer.target);
  assertEquals([record.success, record.subver, record.addr], [true, "/one:1.0/", peer.target]);
});

Deno.test("handshake() takes an address, not a name", async () => {
  await assertRejects(() => handshake("seed.example"), TargetError, "resolve it first");
});

Deno.test("resolveSeed() resolves a name, not an address", async () => {
  await using server = await DnsServer.start({
    zone: new Map([["seed.test", { a: ["192.0.2.1"], aaaa: "servfail" }]]),
  });
  const nameServer = { ipAddr: server.address.host, port: server.address.port };
  assertEquals(await resolveSeed("seed.test", { nameServer }), {
    type: "seed",
    target: "seed.test",
    addresses: ["192.0.2.1"],
    error: null,
  });
  assertEquals((await resolveSeed("gone.test", { nameServer })).error?.code, "dns_not_found");
  await assertRejects(() => resolveSeed("192.0.2.1"), TargetError);
});

Deno.test("scan() reads its targets before it starts", () => {
  assertThrows(() => scan(["seed.example", "not a target"]), TargetError);
});

Deno.test("scan() resolves a name by real packets and shakes hands over real sockets", async () => {
  await using peer = new SimulatedPeer(node());
  await using server = await DnsServer.start({ zone: new Map([["seed.test", { a: [peer.address.host] }]]) });
  const options = { nameServer: { ipAddr: server.address.host, port: server.address.port }, port: peer.address.port };
  const records = await Array.fromAsync(scan(["seed.test"], options));
  assertEquals(records.map(({ type }) => type).toSorted(), ["peer", "seed", "summary"]);
  const summary = records.at(-1);
  assertEquals(summary?.type === "summary" && [summary.success, summary.failure], [1, 0]);
});

Deno.test("handshake() gives the peer its time to see our verack before the connection closes", async () => {
  const connection = new ScriptedConnection(await stream([versionMessage(), { type: "verack" }]));
  const io = scriptedIo({ connect: () => Promise.resolve(connection) });
  let over = false;
  const shaking = handshake("192.0.2.1", { io }).finally(() => over = true);
  // The deadline of the handshake, and the end of the peer's time.
  await until(() => over || io.clock.timers === 2);
  assertEquals([over, connection.closed], [false, 0]);
  io.clock.advance(200);
  assertEquals([(await shaking).success, connection.closed, io.clock.timers], [true, 1, 0]);
});
