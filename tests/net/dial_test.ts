import { assertEquals, assertRejects } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import { DialError, WayLostError } from "../../src/net/errors.ts";
import type { Deadline } from "../../src/net/deadline.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";
import { DirectDialer, directRoute, newDialer, outcomeInTime, PEER, TIMEOUT } from "../support/dialers.ts";
import { osError, ScriptedConnection, scriptedIo, turns, untilAborted, watchedSignal } from "../support/scripted_io.ts";

Deno.test("Dialer lets a connection linger beyond its deadline", async () => {
  const connection = new ScriptedConnection();
  const io = scriptedIo({ connect: () => Promise.resolve(connection) });
  using dialer = new DirectDialer(io, { lingering: 1 });
  const dialled = await dialer.dial(PEER);
  io.clock.advance(TIMEOUT - 100);
  dialer.closeGently(dialled);
  let isOver = false;
  const lingered = dialer.lingered().then(() => isOver = true);
  io.clock.advance(199);
  await turns();
  assertEquals([connection.closed, isOver], [0, false]);
  io.clock.advance(1);
  assertEquals(connection.closed, 1);
  await lingered;
});

Deno.test("Dialer that is disposed of no longer listens to its signal", () => {
  const { signal, listeners } = watchedSignal();
  const dialer = newDialer(scriptedIo({}), { signal });
  assertEquals(listeners.size > 0, true);
  dialer[Symbol.dispose]();
  assertEquals(listeners.size, 0);
});

Deno.test("Dialer does not dial what no node can have, and gives up when the time is over", async () => {
  const io = scriptedIo({});
  using dialer = new DirectDialer(io, { lingering: 1 });
  const refusalOf = async (ip: string) => (await assertRejects(() => dialer.dial(ipAddress(ip, 1)), DialError)).message;
  assertEquals(await refusalOf("224.0.0.1"), "not dialled: 224.0.0.1 is a multicast address, which no node can have");
  assertEquals(
    await refusalOf("fc00::1"),
    "not dialled: fc00::1 is a CJDNS address, in fc00::/8; if this machine is on CJDNS, say so with options.cjdns",
  );
  const dialling = dialer.dial(PEER);
  io.clock.advance(TIMEOUT);
  await assertRejects(() => dialling, DialError, "no connection within 5 s");
});

Deno.test("Dialer begins when the route is ready, and asks it for the connection", async () => {
  const io = scriptedIo({});
  using dialer = newDialer(io);
  const ready = Promise.withResolvers<void>();
  const opened: string[] = [];
  const open = (deadline: Deadline) => {
    opened.push(`${io.clock.now()} ${deadline.milliseconds}`);
    return Promise.resolve(new ScriptedConnection());
  };
  const [onion] = ONE_OF_EACH.filter(({ network }) => network === "onion");
  const dialling = dialer.dial(directRoute(io, onion ?? PEER, { timeout: 60_000, ready: () => ready.promise, open }));
  io.clock.advance(100_000);
  ready.resolve();
  const { startedAt, deadline } = await dialling;
  assertEquals([startedAt, deadline.expired, ...opened], [100_000, false, "100000 60000"]);
});

Deno.test("Dialer begins anew when the route was lost, once", async () => {
  const io = scriptedIo({});
  using dialer = newDialer(io);
  let tries = 0;
  const scarce = [osError("ENFILE")];
  const openAfter = (losses: number) => () => {
    if (tries++ === losses) return Promise.resolve(new ScriptedConnection());
    io.clock.advance(TIMEOUT - 1);
    return Promise.reject(new WayLostError("proxy_failure", "session lost"));
  };
  const { startedAt, deadline } = await dialer.dial(directRoute(io, PEER, { open: openAfter(1) }));
  io.clock.advance(TIMEOUT - 1);
  assertEquals([startedAt, deadline.expired], [TIMEOUT - 1, false]);
  tries = 0;
  const dial = () => dialer.dial(directRoute(io, PEER, { open: openAfter(2) }));
  const error = await assertRejects(dial, DialError, "session lost");
  assertEquals([error.code, tries], ["proxy_failure", 2]);
  tries = 0;
  const open = () => {
    const error = scarce.pop();
    return error === undefined ? openAfter(1)() : Promise.reject(error);
  };
  const dialling = dialer.dial(directRoute(io, PEER, { open }));
  assertEquals((await outcomeInTime(dialling, io)).outcome, "connected");
});

Deno.test("Dialer leaves the reason for a timeout to the route that has one", async () => {
  const io = scriptedIo({});
  using dialer = newDialer(io);
  const open = ({ signal }: Deadline) =>
    untilAborted(signal).catch(() => Promise.reject(new DialError("proxy_unreachable", "proxy: silent")));
  const dialling = dialer.dial(directRoute(io, PEER, { open }));
  io.clock.advance(TIMEOUT);
  await assertRejects(() => dialling, DialError, "proxy: silent");
});

Deno.test("Dialer dials a host in a zone as written, and names the interface if there is no route", async () => {
  const dialled: string[] = [];
  const errors = [new Error("failed to lookup address information: Name or service not known"), osError("ENETUNREACH")];
  const io = scriptedIo({
    connect: ({ host }) => {
      dialled.push(host);
      return Promise.reject(errors.shift() ?? osError("ECONNREFUSED"));
    },
  });
  using dialer = new DirectDialer(io, { lingering: 1 });
  const dial = () => dialer.dial(ipAddress("fe80::1%eth7", 8333));
  await assertRejects(dial, DialError, "this machine has no network interface eth7");
  await assertRejects(dial, DialError, "network is unreachable (through interface eth7)");
  const refused = await assertRejects(dial, DialError);
  assertEquals([refused.code, refused.message], ["connection_refused", "connection refused"]);
  assertEquals(dialled, new Array(3).fill("fe80::1%eth7"));
  await assertRejects(() => dialer.dial(ipAddress("fe80::1", 8333)), DialError, "without a zone");
  const silent = scriptedIo({});
  using patient = new DirectDialer(silent, { lingering: 1 });
  const dialling = patient.dial(ipAddress("fe80::1%eth7", 8333));
  silent.clock.advance(TIMEOUT);
  await assertRejects(() => dialling, DialError, "no connection within 5 s (through interface eth7)");
  assertEquals(dialled.length, 3);
});

Deno.test("Dialer has a connection closed at its deadline, and only once", async () => {
  const connection = new ScriptedConnection();
  const io = scriptedIo({ connect: () => Promise.resolve(connection) });
  using dialer = new DirectDialer(io, { lingering: 1 });
  const dialled = await dialer.dial(PEER);
  io.clock.advance(TIMEOUT - 1);
  assertEquals([connection.closed, dialled.deadline.expired], [0, false]);
  io.clock.advance(1);
  dialled.close();
  assertEquals([connection.closed, dialled.deadline.expired], [1, true]);
});
