import { assertEquals, assertRejects } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import { DialError } from "../../src/net/errors.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";
import { DirectDialer, outcomeInTime, PEER, TIMEOUT } from "../support/dialers.ts";
import { osError, ScriptedConnection, scriptedIo, turns, until } from "../support/scripted_io.ts";

const IPV6_PEER = ipAddress("2001:db8::7", 8333);

/** A dialer on a machine with a limited number of descriptors or local ports: one more connection fails with `code`. */
function scarceDialer(supply: number, code: "EMFILE" | "EADDRNOTAVAIL", signal?: AbortSignal) {
  let open = 0;
  const warnings: string[] = [];
  const io = scriptedIo({
    connect: (_address, signal) => {
      signal.throwIfAborted();
      if (open >= supply) return Promise.reject(osError(code));
      open++;
      const connection = new ScriptedConnection();
      const close = connection.close.bind(connection);
      connection.close = () => (open--, close());
      return Promise.resolve(connection);
    },
  });
  const onScarcity = (warning: string) => warnings.push(warning);
  return { io, warnings, dialer: new DirectDialer(io, { lingering: 10, onScarcity, signal }) };
}

for (const code of ["EMFILE", "EADDRNOTAVAIL"] as const) {
  Deno.test(`Dialer waits when ${code} means that something ran out, and warns once`, async () => {
    const { io, dialer, warnings } = scarceDialer(1, code);
    const first = await dialer.dial(PEER);
    const dialling = [dialer.dial(PEER), dialer.dial(PEER)];
    await until(() => warnings.length > 0);
    first.close();
    const second = await Promise.race(dialling);
    second.close();
    await Promise.all(dialling);
    assertEquals(warnings.length, 1);
    dialer[Symbol.dispose]();
    assertEquals(io.clock.timers, 0);
  });
}

Deno.test("Dialer says what has run out, and names the options that use it up", async () => {
  const cases = [
    ["EMFILE", 0, "out of file descriptors", "raise the limit (ulimit -n) or lower options.concurrency"],
    [
      "EMFILE",
      1,
      "out of file descriptors",
      "raise the limit (ulimit -n) or lower options.concurrency or options.hold",
    ],
    ["EADDRNOTAVAIL", 0, "out of local ports", "lower options.concurrency"],
  ] as const;
  for (const [code, hold, what, remedy] of cases) {
    const warnings: string[] = [];
    const io = scriptedIo({ connect: () => Promise.reject(osError(code)) });
    using dialer = new DirectDialer(io, { hold, onScarcity: (warning) => void warnings.push(warning) });
    await outcomeInTime(dialer.dial(PEER), io);
    assertEquals(warnings, [`${what}: dialling waits until one is free; ${remedy}`]);
  }
});

Deno.test("Dialer wakes one that waits for each connection that is closed, in their order", async () => {
  const { dialer, warnings } = scarceDialer(2, "EMFILE");
  const open = [await dialer.dial(PEER), await dialer.dial(PEER)];
  const order: number[] = [];
  const dial = async (number: number) => {
    const connection = await dialer.dial(PEER);
    order.push(number);
    return connection;
  };
  const waiting = [dial(0), dial(1), dial(2)] as const;
  await until(() => warnings.length > 0);
  for (const connection of open) connection.close();
  const [first] = await Promise.all([waiting[0], waiting[1]]);
  assertEquals(order, [0, 1]);
  first.close();
  await waiting[2];
  dialer[Symbol.dispose]();
});

Deno.test("Dialer does not count the wait for a descriptor against the deadline", async () => {
  const { io, dialer, warnings } = scarceDialer(1, "EMFILE");
  const first = await dialer.dial(PEER);
  first.release();
  const dialling = dialer.dial(PEER);
  await until(() => warnings.length > 0);
  for (let waited = 0; waited < 2 * TIMEOUT; waited += 100) {
    io.clock.advance(100);
    await turns();
  }
  first.close();
  const { startedAt, deadline } = await dialling;
  assertEquals([startedAt, deadline.expired], [2 * TIMEOUT, false]);
});

Deno.test("Dialer, dialling again, keeps the deadline, and restarts half of the timeout after waiting for a descriptor", async () => {
  const { io, dialer, warnings } = scarceDialer(2, "EMFILE");
  const { deadline } = await dialer.dial(PEER);
  io.clock.advance(0.8 * TIMEOUT);
  const again = await dialer.dial(PEER, deadline);
  assertEquals(again.deadline, deadline);
  const dialling = dialer.dial(PEER, deadline);
  await until(() => warnings.length > 0);
  again.close();
  const late = await dialling;
  io.clock.advance(0.2 * TIMEOUT);
  assertEquals([deadline.expired, late.deadline.expired], [true, false]);
  io.clock.advance(0.3 * TIMEOUT - 1);
  assertEquals(late.deadline.expired, false);
  io.clock.advance(1);
  assertEquals(late.deadline.expired, true);
  dialer[Symbol.dispose]();
  assertEquals(io.clock.timers, 0);
});

Deno.test("Dialer closes a connection after half of the time, unless its peer has answered", async () => {
  const { io, dialer, warnings } = scarceDialer(2, "EMFILE");
  const connections = [await dialer.dial(PEER), await dialer.dial(PEER)] as const;
  for (const [i, connection] of connections.entries()) dialer.closeAfterHalf(connection, () => i === 0);
  io.clock.advance(TIMEOUT / 2);
  await dialer.dial(PEER);
  assertEquals(warnings, []);
  const waiting = dialer.dial(PEER);
  await until(() => warnings.length > 0);
  connections[1].close();
  await waiting;
  dialer[Symbol.dispose]();
  assertEquals(io.clock.timers, 0);
});

Deno.test("Dialer gives up at the deadline when no connection of ours can free a descriptor", async () => {
  const { io, dialer } = scarceDialer(0, "EMFILE");
  const dialling = dialer.dial(PEER);
  let over = false;
  dialling.catch(() => {}).finally(() => over = true);
  let waited = 0;
  for (; !over; waited += 100) {
    io.clock.advance(100);
    await turns();
  }
  await assertRejects(() => dialling, DialError, "no connection within 5 s");
  assertEquals(Math.abs(waited - TIMEOUT) <= 200, true, `${waited}`);
});

Deno.test("Dialer stops waiting for a descriptor when its signal aborts", async () => {
  const controller = new AbortController();
  const { dialer, warnings, io } = scarceDialer(1, "EMFILE", controller.signal);
  await dialer.dial(PEER);
  const dialling = dialer.dial(PEER);
  await until(() => warnings.length > 0);
  controller.abort(new Error("enough"));
  await assertRejects(() => dialling, Error, "enough");
  assertEquals(io.clock.timers, 0);
});

Deno.test("Dialer stops waiting for what others have used up when its signal aborts", async () => {
  const controller = new AbortController();
  const { dialer, warnings, io } = scarceDialer(0, "EMFILE", controller.signal);
  const dialling = dialer.dial(PEER);
  await until(() => warnings.length > 0);
  controller.abort(new Error("enough"));
  const outcome = await Promise.race([dialling.catch((error) => error.message), turns(2)]);
  assertEquals([outcome, io.clock.timers], ["enough", 0]);
});

Deno.test("Dialer takes a missing local address for a missing port only where the family works", async () => {
  const [cjdns = PEER] = ONE_OF_EACH.filter(({ network }) => network === "cjdns");
  for (const address of [IPV6_PEER, cjdns]) {
    const failing = scarceDialer(1, "EADDRNOTAVAIL");
    await failing.dialer.dial(PEER);
    await assertRejects(() => failing.dialer.dial(address), DialError, "no local address");
    assertEquals(failing.warnings, []);
  }

  const working = scarceDialer(1, "EADDRNOTAVAIL");
  const connection = await working.dialer.dial(IPV6_PEER);
  const dialling = working.dialer.dial(IPV6_PEER);
  await until(() => working.warnings.length > 0);
  connection.close();
  await dialling;
});

Deno.test("Dialer waits for a descriptor when the whole machine has none left", async () => {
  let tries = 0;
  const warnings: string[] = [];
  const io = scriptedIo({
    connect: () => ++tries === 1 ? Promise.reject(osError("ENFILE")) : Promise.resolve(new ScriptedConnection()),
  });
  using dialer = new DirectDialer(io, { onScarcity: (warning) => warnings.push(warning) });
  const dialling = dialer.dial(PEER);
  await until(() => warnings.length > 0);
  io.clock.advance(99);
  await turns();
  assertEquals(tries, 1);
  io.clock.advance(1);
  await dialling;
  assertEquals(warnings.map((warning) => warning.split(":")[0]), ["out of file descriptors"]);
});

Deno.test("Dialer gives up at the deadline once its connections are closed, and nothing is left to free", async () => {
  let supply = 1;
  const io = scriptedIo({
    connect: () => supply-- > 0 ? Promise.resolve(new ScriptedConnection()) : Promise.reject(osError("EMFILE")),
  });
  using dialer = new DirectDialer(io, { lingering: 1 });
  const connection = await dialer.dial(PEER);
  connection.close();
  io.clock.advance(TIMEOUT);
  assertEquals(await outcomeInTime(dialer.dial(PEER), io), { outcome: "no connection within 5 s", time: TIMEOUT });
});

Deno.test("Dialer counts the wait for a local port against the deadline", async () => {
  const { io, dialer } = scarceDialer(1, "EADDRNOTAVAIL");
  const first = await dialer.dial(PEER);
  first.release();
  io.clock.advance(TIMEOUT);
  assertEquals(await outcomeInTime(dialer.dial(PEER), io), { outcome: "no connection within 5 s", time: TIMEOUT });
  dialer[Symbol.dispose]();
});

Deno.test("Dialer does not begin to wait when its signal has aborted", async () => {
  const controller = new AbortController();
  const warnings: string[] = [];
  const io = scriptedIo({
    connect: async (_address, signal) => {
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      throw osError("EMFILE");
    },
  });
  const { signal } = controller;
  const onScarcity = (warning: string) => warnings.push(warning);
  const dialer = new DirectDialer(io, { lingering: 1, signal, onScarcity });
  const dialling = dialer.dial(PEER);
  controller.abort(new Error("enough"));
  await assertRejects(() => dialling, Error, "EMFILE");
  assertEquals([warnings, io.clock.timers], [[], 0]);
});
