import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DnsServer, handshake, node, resolveSeed, scan, SimulatedPeer, TargetError } from "../../src/mod.ts";
import { ScriptedConnection, scriptedIo, until } from "../support/scripted_io.ts";
import { ascii } from "../support/bytes.ts";
import { versionMessage } from "../support/messages.ts";
import { stream } from "../support/stream.ts";

Deno.test("handshake() shakes hands with one peer, and leaves nothing open", async () => {
  await using peer = new SimulatedPeer(node({ userAgent: "/one:1.0/" }));
  const { target, address, outcome } = await handshake(peer.target);
  assertEquals([target, address, outcome.error], [peer.target, peer.address, null]);
  assertEquals(outcome.version?.userAgent, ascii("/one:1.0/"));
});

Deno.test("handshake() takes an address, not a name", async () => {
  await assertRejects(() => handshake("seed.example"), TargetError, "resolve it first");
});

Deno.test("resolveSeed() resolves a name, not an address", async () => {
  await using server = await DnsServer.start({
    zone: new Map([["seed.test", { a: ["192.0.2.1"], aaaa: "servfail" }]]),
  });
  const nameServer = { ipAddr: server.address.ip, port: server.address.port };
  const { type, target, resolution: { addresses, error } } = await resolveSeed("seed.test", { nameServer });
  assertEquals({ type, target, addresses, error }, {
    type: "seed",
    target: "seed.test",
    addresses: ["192.0.2.1"],
    error: null,
  });
  assertEquals((await resolveSeed("gone.test", { nameServer })).resolution.error?.code, "dns_not_found");
  await assertRejects(() => resolveSeed("192.0.2.1"), TargetError);
});

Deno.test("scan() reads its targets before it starts", () => {
  assertThrows(() => scan(["seed.example", "not a target"]), TargetError);
});

Deno.test("scan() resolves a name by real packets and shakes hands over real sockets", async () => {
  await using peer = new SimulatedPeer(node());
  await using server = await DnsServer.start({ zone: new Map([["seed.test", { a: [peer.address.ip] }]]) });
  const options = { nameServer: { ipAddr: server.address.ip, port: server.address.port }, port: peer.address.port };
  const results = await Array.fromAsync(scan(["seed.test"], options));
  assertEquals(results.map(({ type }) => type).toSorted(), ["peer", "seed", "summary"]);
  const summary = results.at(-1);
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
  assertEquals([(await shaking).outcome.verack, connection.closed, io.clock.timers], [true, 1, 0]);
});
