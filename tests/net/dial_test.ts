import { assertEquals, assertRejects } from "@std/assert";
import { Deadline } from "../../src/net/deadline.ts";
import { Dialer } from "../../src/net/dial.ts";
import { DialError } from "../../src/net/errors.ts";
import { osError, ScriptedConnection, scriptedIo, until, untilAborted } from "../support/scripted_io.ts";

const PEER = { ip: "192.0.2.7", port: 8333 };
const IPV6_PEER = { ip: "2001:db8::7", port: 8333 };

/** A dialer on a machine with so many descriptors, or local ports: one more connection fails with `code`. */
function scarceDialer(supply: number, code: "EMFILE" | "EADDRNOTAVAIL") {
  let open = 0;
  const warnings: string[] = [];
  const io = scriptedIo({
    connect: (_ip, _port, signal) => {
      signal.throwIfAborted();
      if (open >= supply) return Promise.reject(osError(code));
      open++;
      const connection = new ScriptedConnection();
      const close = connection.close.bind(connection);
      connection.close = () => (open--, close());
      return Promise.resolve(connection);
    },
  });
  return { io, warnings, dialer: new Dialer(io, 10, (warning) => warnings.push(warning)) };
}

for (const code of ["EMFILE", "EADDRNOTAVAIL"] as const) {
  Deno.test(`Dialer waits when ${code} says that something ran out, and says so once`, async () => {
    const { io, dialer, warnings } = scarceDialer(1, code);
    using deadline = new Deadline(io.clock, 5000);
    const first = await dialer.dial(PEER, deadline);
    const dialling = [dialer.dial(PEER, deadline), dialer.dial(PEER, deadline)];
    await until(() => warnings.length > 0);
    dialer.close(first.connection);
    const second = await Promise.race(dialling);
    dialer.close(second.connection);
    await Promise.all(dialling);
    assertEquals(warnings.length, 1);
  });
}

Deno.test("Dialer does not count the wait for a descriptor against the deadline", async () => {
  const { io, dialer, warnings } = scarceDialer(1, "EMFILE");
  using held = new Deadline(io.clock, 60_000);
  const first = await dialer.dial(PEER, held);
  using deadline = new Deadline(io.clock, 150);
  const dialling = dialer.dial(PEER, deadline);
  await until(() => warnings.length > 0);
  for (let i = 0; i < 10; i++) {
    io.clock.advance(100);
    await Promise.resolve().then(() => {});
  }
  dialer.close(first.connection);
  const { startedAt } = await dialling;
  assertEquals([startedAt, deadline.expired], [1000, false]);
});

Deno.test("Dialer gives up at the deadline when no connection of ours can free a descriptor", async () => {
  const { io, dialer, warnings } = scarceDialer(0, "EMFILE");
  using deadline = new Deadline(io.clock, 50);
  const dialling = dialer.dial(PEER, deadline);
  await until(() => warnings.length > 0);
  io.clock.advance(50);
  await assertRejects(() => dialling, Error, "EMFILE");
  assertEquals([deadline.expired, io.clock.timers], [true, 0]);
});

Deno.test("Dialer takes a missing local address for a missing port only where the family works", async () => {
  const failing = scarceDialer(0, "EADDRNOTAVAIL");
  using deadline = new Deadline(failing.io.clock, 5000);
  await assertRejects(() => failing.dialer.dial(IPV6_PEER, deadline), Error, "EADDRNOTAVAIL");
  assertEquals(failing.warnings, []);

  const working = scarceDialer(1, "EADDRNOTAVAIL");
  const { connection } = await working.dialer.dial(IPV6_PEER, deadline);
  const dialling = working.dialer.dial(IPV6_PEER, deadline);
  await until(() => working.warnings.length > 0);
  working.dialer.close(connection);
  await dialling;
});

Deno.test("Dialer does not dial what no node can have, and stops when the signal aborts", async () => {
  const io = scriptedIo({ connect: (_ip, _port, signal) => untilAborted(signal) });
  const dialer = new Dialer(io, 1);
  using deadline = new Deadline(io.clock, 5000);
  await assertRejects(() => dialer.dial({ ip: "224.0.0.1", port: 1 }, deadline), DialError, "multicast");
  const dialling = dialer.dial(PEER, deadline);
  io.clock.advance(5000);
  await assertRejects(() => dialling);
});
