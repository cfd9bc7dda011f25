import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { handshake, resolve, scan, TargetError } from "../../src/mod.ts";
import { DnsServer, nodeScript, SimulatedPeer } from "../../src/sim.ts";
import { ScriptedConnection, scriptedIo, until } from "../support/scripted_io.ts";
import { ipHosts } from "../support/addresses.ts";
import { ascii } from "../support/bytes.ts";
import { versionMessage } from "../support/messages.ts";
import { as, type ErrorClass } from "../support/untyped.ts";
import { stream } from "../support/stream.ts";

Deno.test("handshake() shakes hands with one peer, and leaves nothing open", async () => {
  await using peer = new SimulatedPeer(nodeScript({ userAgent: "/one:1.0/" }));
  const { target, address, outcome } = await handshake(peer.target);
  assertEquals([target, address, outcome.error], [peer.target, peer.address, null]);
  assertEquals(outcome.version?.userAgent, ascii("/one:1.0/"));
});

Deno.test("handshake() takes an address as text and as an object", async () => {
  await using peer = new SimulatedPeer(nodeScript());
  const { host, port } = peer.address;
  for (const address of [`${host}:${port}`, `bitcoin://${host}:${port}/`, { host, port }, peer.address]) {
    const { target, ...result } = await handshake(address);
    assertEquals([result.outcome.error, result.address, target], [null, peer.address, peer.target]);
  }
  for (const address of [host, { host }, { host: `::ffff:${host}` }]) {
    const { target, ...result } = await handshake(address, { port });
    assertEquals([result.outcome.error, result.address, target], [null, peer.address, host]);
  }
});

Deno.test("handshake() of anything but an address is an error that names it", async () => {
  const refused: readonly (readonly [address: unknown, error: ErrorClass, message: string])[] = [
    [
      "seed.example",
      TargetError,
      "invalid target 'seed.example': expected an IP address, got a name: resolve it first",
    ],
    ["", TargetError, "invalid target '': the name is empty"],
    ["192.0.2.1:0", TargetError, "invalid target '192.0.2.1:0': the port must be a number from 1 to 65535"],
    ["[2001:db8::1", TargetError, "invalid target '[2001:db8::1': "],
    [
      { host: "seed.example", port: 1 },
      TargetError,
      "invalid target 'seed.example': expected an IP address, or an onion or I2P name, as the host",
    ],
    [
      { host: "1.2.3.4:8333" },
      TargetError,
      "invalid target '1.2.3.4:8333': expected an IP address, or an onion or I2P name, as the host",
    ],
    [{ host: "2001:db8::1%eth0" }, TargetError, "invalid target '2001:db8::1%eth0': only a link-local address"],
    [
      { host: "::1", network: "ipv4" },
      TargetError,
      "invalid target '::1': the network is ipv4, but that of the host is ipv6",
    ],
    [{ host: "::1", port: 0 }, RangeError, "Invalid address.port: expected an integer from 1 to 65535, got 0"],
    [{ host: "::1", network: "tor" }, RangeError, "Invalid address.network: expected one of ipv4, ipv6, onion"],
    [{ ip: "::1" }, TypeError, "Invalid address.host: expected a string, got undefined"],
    [undefined, TypeError, "Invalid address: expected text, or an address as { host, port }, got undefined"],
    [8333, TypeError, "got 8333"],
  ];
  for (const [address, error, message] of refused) await assertRejects(() => handshake(as(address)), error, message);
});

Deno.test("A bad option is refused before anything is sent", async () => {
  const nothing = () => Promise.reject(new Error("nothing should be sent"));
  const io = scriptedIo({ connect: nothing, resolve: nothing });
  const bad: readonly (readonly [options: unknown, error: ErrorClass])[] = [
    [{ io, concurrency: 0 }, RangeError],
    [{ io, timeout: NaN }, RangeError],
    [{ io, services: 9 }, TypeError],
    [{ io, timeuot: 5 }, TypeError],
    [{ io: {} }, TypeError],
    [null, TypeError],
  ];
  for (const [options, error] of bad) {
    await assertRejects(() => handshake("192.0.2.1", as(options)), error);
    await assertRejects(() => resolve("seed.example", as(options)), error);
    assertThrows(() => scan(["192.0.2.1", "seed.example"], as(options)), error);
  }
});

Deno.test("An option that is undefined counts as not given", async () => {
  await using peer = new SimulatedPeer(nodeScript());
  const options = { timeout: undefined, chain: undefined, userAgent: undefined };
  assertEquals((await handshake(peer.target, as(options))).outcome.error, null);
});

Deno.test("resolve() resolves a name, not an address", async () => {
  await using server = await DnsServer.start({
    zone: new Map([["seed.test", { a: ["192.0.2.1"], aaaa: "servfail" }]]),
  });
  const nameServer = { ipAddr: server.address.host, port: server.address.port };
  const { type, target, resolution: { addresses, error } } = await resolve("seed.test", { nameServer });
  assertEquals({ type, target, addresses, error }, {
    type: "seed",
    target: "seed.test",
    addresses: ipHosts("192.0.2.1"),
    error: null,
  });
  assertEquals((await resolve("gone.test", { nameServer })).resolution.error?.code, "dns_not_found");
  await assertRejects(() => resolve("192.0.2.1"), TargetError, "invalid target '192.0.2.1': expected a DNS name");
  await assertRejects(() => resolve(as(7)), TypeError, "Invalid name: expected a string, got 7");
  const proxy = { host: "127.0.0.1", port: 9050 };
  await assertRejects(() => resolve("seed.test", { proxy }), TypeError, "Invalid nameServer: expected a name server");
});

Deno.test("scan() reads its targets before it starts", () => {
  assertThrows(() => scan(["seed.example", "not a target"]), TargetError, "invalid target 'not a target': ");
  assertThrows(() => scan(as("seed.example")), TypeError, "Invalid targets: expected an iterable, such as an array");
  assertThrows(() => scan(as(undefined)), TypeError, "got undefined");
  assertThrows(() => scan(as(["::1", 5])), TypeError, "Invalid targets[1]: expected text, or an address as");
});

Deno.test("scan() resolves a name by real packets and shakes hands over real sockets", async () => {
  await using peer = new SimulatedPeer(nodeScript());
  await using server = await DnsServer.start({ zone: new Map([["seed.test", { a: [peer.address.host] }]]) });
  const options = { nameServer: { ipAddr: server.address.host, port: server.address.port }, port: peer.address.port };
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

Deno.test("scan() takes targets that come slowly, and fails after its summary when one is invalid", async () => {
  async function* targets() {
    yield "192.0.2.1";
    await Promise.resolve();
    yield { host: "192.0.2.2" };
    yield "no target";
  }
  const answer = await stream([versionMessage(), { type: "verack" }]);
  const io = scriptedIo({ connect: () => Promise.resolve(new ScriptedConnection(answer, "end")) });
  const results: string[] = [];
  const scanning = (async () => {
    for await (const result of scan(targets(), { io })) {
      results.push(result.type === "peer" && result.outcome.error === null ? result.address.host : result.type);
    }
  })();
  await assertRejects(() => scanning, TargetError, "'no target'");
  // Which of the two peers finishes first is up to the digests.
  assertEquals([results.slice(0, 2).toSorted(), results.at(-1)], [["192.0.2.1", "192.0.2.2"], "summary"]);
});
