import { assertEquals, assertRejects } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import { DialError } from "../../src/net/errors.ts";
import type { Route } from "../../src/net/route.ts";
import { type AddrEntry, addrMessage } from "../../src/wire/addr.ts";
import { UNSPECIFIED_ADDRESS } from "../../src/wire/network_address.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";
import { type AttemptChanges, newAttempt, TIMEOUT } from "../support/attempt.ts";
import { rejectMessage } from "../support/messages.ts";
import { osError, type ReadStep, ScriptedConnection, turns, until, untilAborted } from "../support/scripted_io.ts";
import { stream, VERACK, VERSION } from "../support/stream.ts";
import { versionIn } from "../support/v1.ts";
import { V2PeerConnection } from "../support/v2_peer.ts";

const HOLD = 60_000;
const ENTRIES: readonly AddrEntry[] = Array.from({ length: 1000 }, (_, i) => ({
  time: 1_700_000_000,
  services: 9n,
  address: ipAddress(`203.0.${113 + (i >> 8)}.${i & 255}`, 8333),
}));
const ANSWER = await stream([addrMessage("addrv2", ENTRIES)]);

Deno.test("Attempt gives its buffer back and wipes its keys at once, whether the handshake succeeded or not", async () => {
  for (const steps of [[VERSION, VERACK], [VERSION, "end"], ["end"], [new Uint8Array(24)]] satisfies ReadStep[][]) {
    const { attempt, connection, freed } = newAttempt(steps);
    const { verack } = await attempt.run();
    assertEquals([connection.closed, ...freed()], [verack ? 0 : 1, true, 1]);
  }
});

Deno.test("Attempt closes the connection of a peer that ends before its verack, without waiting for anything", async () => {
  for (const hold of [0, HOLD]) {
    const { attempt, connection, dialer } = newAttempt([VERSION, "end"], { settings: { hold } });
    const { error, verack } = await attempt.run();
    assertEquals([error, verack, connection.closed, dialer.held], [null, false, 1, 0]);
  }
});

Deno.test("Attempt keeps its buffer and its keys as long as the connection is held, and not after that", async () => {
  const { attempt, connection, clock, dialer, freed } = newAttempt([VERSION, VERACK], { settings: { hold: HOLD } });
  await attempt.run();
  await until(() => dialer.held === 1 && connection.isWaiting);
  assertEquals(freed(), [false, 0]);
  const { length } = connection.written;
  connection.say(await stream([{ type: "ping", nonce: 1n }]));
  await until(() => connection.written.length > length && connection.isWaiting);
  assertEquals([dialer.held, ...freed()], [1, false, 0]);
  clock.advance(HOLD + 10);
  await until(() => freed()[1] === 1);
  assertEquals([dialer.held, ...freed()], [0, true, 1]);
});

Deno.test("Attempt hears the answer out after the handshake, and then gives everything back", async () => {
  const { attempt, request, connection, traced, clock, freed } = newAttempt([VERSION, VERACK], { asks: true });
  const { error, verack } = await attempt.run();
  assertEquals([error, verack, connection.closed, request?.summary, ...freed()], [null, true, 0, null, false, 0]);
  clock.advance(40);
  connection.say(ANSWER);
  await request?.heardOut;
  await until(() => freed()[1] === 1);
  const { outcome, wait } = request?.summary ?? {};
  assertEquals([outcome, wait, connection.closed, ...freed()], ["answered", 40, 1, true, 1]);
  assertEquals(traced, [
    "connected 0",
    "sent version 0",
    "received version 0",
    "sent sendaddrv2 0",
    "sent verack 0",
    "sent getaddr 0",
    "received verack 0",
    "received addrv2 40",
    "ended answered 40",
  ]);
});

Deno.test("Attempt ends the request with its own error, and traces that once", async () => {
  const { attempt, request, traced } = newAttempt([VERSION, osError("ECONNRESET")], { asks: true });
  assertEquals((await attempt.run()).error?.code, "connection_reset");
  assertEquals(request?.summary?.outcome, "closed");
  assertEquals(traced.filter((line) => line.startsWith("ended")), ["ended connection_reset 0"]);
});

Deno.test("Attempt asks a peer without a trace, too", async () => {
  const { attempt, request } = newAttempt([VERSION, VERACK, ANSWER], { asks: true, settings: { trace: undefined } });
  await attempt.run();
  await request?.heardOut;
  assertEquals(request?.summary?.entries, 1000);
});

Deno.test("Attempt traces times since the connect began", async () => {
  const ready = Promise.withResolvers<void>();
  const { attempt, connection, clock, traced } = newAttempt([], { route: { ready: () => ready.promise } });
  const running = attempt.run();
  clock.advance(1000);
  ready.resolve();
  await until(() => connection.isWaiting);
  clock.advance(30);
  connection.say("end");
  const { error, handshakeTime } = await running;
  assertEquals([error?.code, handshakeTime], ["connection_closed", 30]);
  assertEquals(traced, ["connected 0", "sent version 0", "closed 30", "ended connection_closed 30"]);
});

Deno.test("Attempt traces the session of v2, and the end of a handshake that succeeds", async () => {
  const open = () => Promise.resolve(new V2PeerConnection());
  const { attempt, traced } = newAttempt([], { type: "v2", route: { open } });
  const { sessionId } = await attempt.run();
  assertEquals(sessionId?.length, 64);
  assertEquals(traced, [
    "connected 0",
    "sent version 0",
    "session 0",
    "received version 0",
    "sent verack 0",
    "received verack 0",
    "ended success 0",
  ]);
});

Deno.test("Attempt gives a peer its time to see our verack, and then closes", async () => {
  const { attempt, connection, clock } = newAttempt([VERSION, VERACK]);
  await attempt.run();
  assertEquals(connection.closed, 0);
  clock.advance(200);
  assertEquals(connection.closed, 1);
});

Deno.test("Attempt rejects with its signal's reason while it is under way, and closes the connection", async () => {
  const controller = new AbortController();
  const { attempt, connection, traced } = newAttempt([VERSION], { signal: controller.signal });
  const running = attempt.run();
  await until(() => connection.isWaiting);
  controller.abort(new Error("enough"));
  await assertRejects(() => running, Error, "enough");
  assertEquals([connection.closed, traced.some((line) => line.startsWith("ended"))], [1, false]);
});

Deno.test("Attempt that may fall back gives a silent peer half of the time, and one that has sent a byte all of it", async () => {
  const cases = [[[], TIMEOUT / 2, "v2_not_supported"], [[Uint8Array.of(7)], TIMEOUT, "timeout"]] as const;
  for (const [steps, time, code] of cases) {
    const { attempt, connection, clock } = newAttempt(steps, { type: "v2", mayFallBack: true });
    const running = attempt.run();
    await until(() => connection.isWaiting);
    clock.advance(time - 1);
    assertEquals(connection.closed, 0);
    clock.advance(1);
    const { error } = await running;
    assertEquals([error?.code, error?.phase, connection.closed], [code, "transport", 1]);
    assertEquals(attempt.deadline?.milliseconds, TIMEOUT);
  }
});

Deno.test("Attempt says what the peer said, or did not say, when it ended in the middle of the handshake", async () => {
  const reset = osError("ECONNRESET");
  const reject = await stream([rejectMessage()]);
  const cases: readonly (readonly [ReadStep[], AttemptChanges["type"], string])[] = [
    [[VERSION, reset], "v1", "verack connection_reset"],
    [[VERSION, reject, reset], "v1", "verack rejected"],
    [[Uint8Array.of(7), reset], "v2", "transport connection_reset"],
    [[reset], "v2", "transport v2_not_supported"],
  ];
  for (const [steps, type = "v1", expected] of cases) {
    const { error } = await newAttempt(steps, { type }).attempt.run();
    assertEquals(`${error?.phase} ${error?.code}`, expected);
  }
  const { attempt, connection, clock } = newAttempt([VERSION]);
  const running = attempt.run();
  await until(() => connection.isWaiting);
  clock.advance(TIMEOUT);
  assertEquals((await running).error, { code: "timeout", phase: "verack", message: "no verack within 5 s" });
});

Deno.test("Attempt counts the wait for a local port neither to the connect nor to the handshake", async () => {
  const connection = new ScriptedConnection(VERSION, VERACK);
  const results = [Promise.reject(osError("EADDRNOTAVAIL")), Promise.resolve(connection)];
  const open = () => results.shift() ?? Promise.reject(new Error("no more"));
  const { attempt, clock } = newAttempt([], { route: { open } });
  const running = attempt.run();
  // The deadline, and the time until the next try.
  await until(() => clock.timers === 2);
  clock.advance(100);
  const { error, connectTime, handshakeTime } = await running;
  assertEquals([error, connectTime, handshakeTime], [null, 0, 0]);
});

Deno.test("Attempt does not even dial when its signal has aborted", async () => {
  let dialled = 0;
  const open = () => Promise.reject(new Error(`dialled: ${++dialled}`));
  const { attempt } = newAttempt([], { route: { open }, signal: AbortSignal.abort(new Error("enough")) });
  await assertRejects(() => attempt.run(), Error, "enough");
  assertEquals(dialled, 0);
});

Deno.test("Attempt gives a silent peer all of its time if nothing is tried after it", async () => {
  for (const type of ["v1", "v2"] as const) {
    const { attempt, connection, clock } = newAttempt([], { type });
    const running = attempt.run();
    await until(() => connection.isWaiting);
    clock.advance(TIMEOUT - 1);
    assertEquals(connection.closed, 0);
    clock.advance(1);
    await running;
    assertEquals(connection.closed, 1);
  }
});

Deno.test("Attempt says where it was when it failed: at the connect, the proxy, the session or the version", async () => {
  const refused = { open: () => Promise.reject(new DialError("connection_refused", "refused")) };
  const late: Partial<Route> = {
    open: ({ signal }) => untilAborted(signal).catch(() => new ScriptedConnection()),
  };
  const cases: readonly (readonly [AttemptChanges, expected: string])[] = [
    [{ route: refused }, "connect connection_refused"],
    [{ route: { ...refused, isProxy: true } }, "proxy connection_refused"],
    [{ route: late, type: "v1" }, "version timeout"],
    [{ route: late, type: "v2" }, "transport timeout"],
  ];
  for (const [changes, expected] of cases) {
    const { attempt, clock } = newAttempt([], changes);
    const running = attempt.run();
    await turns();
    clock.advance(TIMEOUT);
    const { error } = await running;
    assertEquals(`${error?.phase} ${error?.code}`, expected);
  }
});

Deno.test("Attempt hints at another chain only if the peer closed without a byte", async () => {
  for (const [steps, isHinted] of [[["end"], true], [[VERSION.subarray(0, 50), "end"], false]] as const) {
    const { error } = await newAttempt(steps).attempt.run();
    assertEquals([error?.code, error?.message.includes("other than main")], ["connection_closed", isHinted]);
  }
});

Deno.test("Attempt tells a peer its IP address, and none to one of another network or behind a proxy", async () => {
  const receivingServices = 9n;
  for (const address of ONE_OF_EACH.filter(({ host }) => !host.includes("%"))) {
    for (const isProxy of [false, true]) {
      const changes = { settings: { receivingServices }, route: { address, isProxy } };
      const { attempt, connection } = newAttempt(["end"], changes);
      await attempt.run();
      const isTold = !isProxy && (address.network === "ipv4" || address.network === "ipv6");
      const { services, host, port } = versionIn(connection.written).addrRecv;
      const told = isTold ? address : UNSPECIFIED_ADDRESS;
      assertEquals({ services, host, port }, { services: receivingServices, host: told.host, port: told.port });
    }
  }
});
