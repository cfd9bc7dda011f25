import { assertEquals } from "@std/assert";
import { Linger } from "../../src/net/linger.ts";
import { osError, ScriptedConnection, turns } from "../support/scripted_io.ts";
import { VirtualClock } from "../support/virtual_clock.ts";

Deno.test("Linger closes a connection as soon as its peer sends, closes or resets", async () => {
  const clock = new VirtualClock();
  const linger = new Linger(clock, 10);
  for (const step of [Uint8Array.of(1), "end" as const, osError("ECONNRESET")]) {
    const connection = new ScriptedConnection(step);
    linger.add(connection);
    assertEquals(connection.closed, 0);
    await linger.drained();
    assertEquals([connection.closed, clock.timers], [1, 0]);
  }
});

Deno.test("Linger reads all that a peer has sent, so that closing does not reset the connection", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const [peer, connection] = await Promise.all([listener.accept(), Deno.connect({ port: listener.addr.port })]);
  using _ = peer;
  await peer.write(new Uint8Array(1200));
  const linger = new Linger(new VirtualClock(), 10);
  linger.add(connection);
  await linger.drained();
  assertEquals(await peer.read(new Uint8Array(1)), null);
  assertEquals(await peer.write(new Uint8Array(1)), 1);
});

Deno.test("Linger closes the connection of a peer that does not react after 200 ms", async () => {
  const clock = new VirtualClock();
  const linger = new Linger(clock, 10);
  const connection = new ScriptedConnection();
  linger.add(connection);
  const drained = linger.drained();
  clock.advance(199);
  assertEquals(connection.closed, 0);
  clock.advance(1);
  await drained;
  assertEquals(connection.closed, 1);
});

Deno.test("Linger gives each connection its own 200 ms, with one timer for all", () => {
  const clock = new VirtualClock();
  const linger = new Linger(clock, 10);
  const connections = [new ScriptedConnection(), new ScriptedConnection()];
  for (const connection of connections) {
    linger.add(connection);
    clock.advance(50);
  }
  const closed = () => connections.map((connection) => connection.closed);
  clock.advance(99);
  assertEquals([closed(), clock.timers], [[0, 0], 1]);
  clock.advance(1);
  assertEquals([closed(), clock.timers], [[1, 0], 1]);
  clock.advance(49);
  assertEquals(closed(), [1, 0]);
  clock.advance(1);
  assertEquals([closed(), clock.timers], [[1, 1], 0]);
  const next = new ScriptedConnection();
  connections.push(next);
  linger.add(next);
  clock.advance(199);
  assertEquals(closed(), [1, 1, 0]);
  clock.advance(1);
  assertEquals([closed(), clock.timers], [[1, 1, 1], 0]);
});

Deno.test("Linger keeps its timer for the next connection until it is drained, and then begins a new one", async () => {
  const clock = new VirtualClock();
  let begun = 0;
  const schedule = (callback: () => void, milliseconds: number) => {
    begun++;
    return clock.schedule(callback, milliseconds);
  };
  const linger = new Linger({ now: () => clock.now(), unixTime: () => clock.unixTime(), schedule }, 10);
  for (let i = 0; i < 2; i++) {
    linger.add(new ScriptedConnection("end"));
    await turns();
  }
  assertEquals(begun, 1);
  await linger.drained();
  const silent = new ScriptedConnection();
  linger.add(silent);
  clock.advance(200);
  assertEquals([begun, silent.closed, clock.timers], [2, 1, 0]);
});

Deno.test("Linger closes the oldest connection when it holds too many", () => {
  const linger = new Linger(new VirtualClock(), 2);
  const connections = [1, 2, 3].map(() => new ScriptedConnection());
  for (const connection of connections) linger.add(connection);
  assertEquals(connections.map(({ closed }) => closed), [1, 0, 0]);
  linger.closeAll();
  assertEquals(connections.map(({ closed }) => closed), [1, 1, 1]);
});

Deno.test("Linger is drained at once while it holds nothing", async () => {
  await new Linger(new VirtualClock(), 1).drained();
});

Deno.test("Linger is drained when the last connection is closed, not the first", async () => {
  const clock = new VirtualClock();
  const linger = new Linger(clock, 10);
  const connections = [new ScriptedConnection("end"), new ScriptedConnection()];
  for (const connection of connections) linger.add(connection);
  let isDrained = false;
  const drained = linger.drained().then(() => isDrained = true);
  await turns();
  assertEquals([isDrained, connections.map(({ closed }) => closed)], [false, [1, 0]]);
  clock.advance(200);
  await drained;
  assertEquals(connections.map(({ closed }) => closed), [1, 1]);
});
