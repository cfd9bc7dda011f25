import { assertEquals, assertGreaterOrEqual, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import { type PeerLink, silentScript, SimulatedPeer } from "../../src/sim.ts";
import { RawClient } from "../support/raw_client.ts";
import { replaced } from "../support/replaced.ts";
import { turns } from "../support/scripted_io.ts";
import { VirtualClock } from "../support/virtual_clock.ts";

Deno.test("SimulatedPeer listens where it is told to, and on a free port of 127.0.0.1 by default", async () => {
  await using peer = new SimulatedPeer(silentScript);
  await using second = new SimulatedPeer(silentScript);
  const { host, port } = peer.address;
  assertEquals([host, peer.target], ["127.0.0.1", `127.0.0.1:${port}`]);
  assertNotEquals(second.address.port, port);
  assertThrows(() => new SimulatedPeer(silentScript, { port }), Deno.errors.AddrInUse);
  await using other = new SimulatedPeer(silentScript, { hostname: "127.0.0.2", port });
  assertEquals(other.target, `127.0.0.2:${port}`);
});

Deno.test("SimulatedPeer runs its script for each connection, with its clock, and closes when that ends or fails", async () => {
  const links: PeerLink[] = [];
  await using peer = new SimulatedPeer(async (link) => {
    links.push(link);
    await link.sendBytes(Uint8Array.of(links.length));
    if (links.length === 1) throw new Deno.errors.UnexpectedEof("the client is gone");
  }, { clock: new VirtualClock(7n) });
  for (const i of [1, 2]) {
    using client = await RawClient.connect(peer.address);
    assertEquals(await client.rest(), Uint8Array.of(i));
  }
  assertEquals(links.map((link) => link.now), [7n, 7n]);
});

Deno.test("SimulatedPeer that is closed closes its connections, waits for its scripts, and accepts no more", async () => {
  const accepted = Promise.withResolvers<void>();
  let ended = 0;
  const peer = new SimulatedPeer(async (link) => {
    if (++ended === 2) accepted.resolve();
    // One waits for the initiator, the other for the time to pass.
    await (ended === 1 ? link.waitForClose() : link.wait(600_000)).catch(() => {});
    await turns();
    ended += 10;
  });
  using first = await RawClient.connect(peer.address);
  using second = await RawClient.connect(peer.address);
  await accepted.promise;
  await Promise.all([peer.close(), peer.close()]);
  assertEquals([ended, await first.rest(), await second.rest()], [22, new Uint8Array(), new Uint8Array()]);
  await peer.close();
  await assertRejects(() => RawClient.connect(peer.address), Deno.errors.ConnectionRefused);
});

Deno.test("SimulatedPeer that cannot accept a connection does so a while later", async () => {
  const { listen } = Deno;
  let failures = 2;
  using _ = replaced<{ listen: unknown }>(Deno, {
    listen: (options: Deno.TcpListenOptions) => {
      const listener = listen(options);
      const accept = listener.accept.bind(listener);
      const failing = () => failures-- > 0 ? Promise.reject(new Error("no file descriptor is left")) : accept();
      return Object.assign(listener, { accept: failing });
    },
  });
  const begin = performance.now();
  await using peer = new SimulatedPeer((link) => link.sendBytes(Uint8Array.of(1)));
  using client = await RawClient.connect(peer.address);
  assertEquals(await client.rest(), Uint8Array.of(1));
  assertGreaterOrEqual(performance.now() - begin, 30);
});
