import { assertEquals } from "@std/assert";
import type { Deadline } from "../../src/net/deadline.ts";
import { Hold, type Holdable } from "../../src/net/hold.ts";
import type { Entry } from "../../src/net/linked_list.ts";
import { turns } from "../support/scripted_io.ts";
import { VirtualClock } from "../support/virtual_clock.ts";

const HOLD = 5000;

/** A connection that is used until it is closed, or until its peer ends it. */
class UsedConnection implements Holdable {
  readonly #use = Promise.withResolvers<void>();
  #watch: Entry<Holdable> | null = null;
  closed = 0;

  get use(): Promise<void> {
    return this.#use.promise;
  }

  extend(deadline: Deadline): void {
    this.#watch = deadline.watch(this) as Entry<Holdable>;
  }

  close(): void {
    this.closed++;
    this.#watch?.remove();
    this.#use.reject(new Deno.errors.Interrupted("operation canceled"));
  }

  end(): void {
    this.#use.resolve();
  }
}

Deno.test("Hold closes a connection when its time is over, not before", async () => {
  const clock = new VirtualClock();
  using hold = new Hold(clock, HOLD);
  const connection = new UsedConnection();
  const keeping = hold.keep(connection, connection.use);
  clock.advance(HOLD);
  assertEquals([connection.closed, hold.size], [0, 1]);
  clock.advance(10);
  await keeping;
  assertEquals([connection.closed > 0, hold.size, clock.timers], [true, 0, 0]);
});

Deno.test("Hold closes a connection whose peer ends it, and keeps the others", async () => {
  const clock = new VirtualClock();
  using hold = new Hold(clock, HOLD);
  const [ended, other] = [new UsedConnection(), new UsedConnection()];
  const keeping = [ended, other].map((connection) => hold.keep(connection, connection.use));
  ended.end();
  await keeping[0];
  assertEquals([ended.closed, other.closed, hold.size], [1, 0, 1]);
});

Deno.test("Hold keeps each connection for the whole time, however many share a timer", async () => {
  const clock = new VirtualClock();
  using hold = new Hold(clock, HOLD);
  const connections: UsedConnection[] = [];
  for (let i = 0; i < 20; i++) {
    const connection = new UsedConnection();
    connections.push(connection);
    hold.keep(connection, connection.use);
    clock.advance(1);
  }
  clock.advance(HOLD - 20);
  assertEquals(connections.filter(({ closed }) => closed > 0).length, 0);
  for (let i = 0; i < 20; i++) {
    assertEquals(connections[i]?.closed, 0, `${i}`);
    clock.advance(1);
  }
  clock.advance(10);
  await turns();
  assertEquals(hold.size, 0);
});

Deno.test("Hold closes all at once when the signal aborts", async () => {
  const controller = new AbortController();
  const clock = new VirtualClock();
  using hold = new Hold(clock, HOLD, controller.signal);
  const connections = [new UsedConnection(), new UsedConnection()];
  for (const connection of connections) hold.keep(connection, connection.use);
  const drained = hold.drained();
  controller.abort();
  await drained;
  assertEquals([connections.every(({ closed }) => closed > 0), clock.timers], [true, 0]);
});

Deno.test("Hold is drained at once while it keeps nothing, and closes what it keeps when it is disposed of", async () => {
  const clock = new VirtualClock();
  const hold = new Hold(clock, HOLD);
  await hold.drained();
  const connection = new UsedConnection();
  hold.keep(connection, connection.use);
  hold[Symbol.dispose]();
  await hold.drained();
  assertEquals([connection.closed > 0, clock.timers], [true, 0]);
});

Deno.test("Hold is drained when the last connection is closed, however many were closed before", async () => {
  using hold = new Hold(new VirtualClock(), HOLD);
  const connections = [new UsedConnection(), new UsedConnection(), new UsedConnection()] as const;
  const [keeping, ...others] = connections.map((connection) => hold.keep(connection, connection.use));
  connections[0].end();
  await keeping;
  let isDrained = false;
  const drained = hold.drained().then(() => isDrained = true);
  for (const connection of connections.slice(1)) {
    await turns();
    assertEquals(isDrained, false);
    connection.end();
  }
  await Promise.all([...others, drained]);
});
