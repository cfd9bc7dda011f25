import { assertEquals, assertRejects } from "@std/assert";
import { ONE_OF_EACH } from "../support/addresses.ts";
import { type Deadline, Deadlines } from "../../src/net/deadline.ts";
import { DialError, WayLostError } from "../../src/net/errors.ts";
import type { Connection } from "../../src/net/io.ts";
import { SamBridge } from "../../src/net/sam_bridge.ts";
import { ascii } from "../support/bytes.ts";
import { osError, ScriptedConnection, scriptedIo, turns, until } from "../support/scripted_io.ts";

const BRIDGE = { host: "127.0.0.1", port: 7656 };
const [PEER] = ONE_OF_EACH.filter(({ network }) => network === "i2p");
const TIMEOUT = 120_000;
const HELLO = "HELLO REPLY RESULT=OK VERSION=3.1\n";
const LOOKUP = "NAMING REPLY RESULT=OK VALUE=AAAA\n";

/** A connection over which the bridge says these lines, whatever it is asked. */
function saying(...lines: readonly string[]): ScriptedConnection {
  return new ScriptedConnection(...lines.map(ascii));
}

const session = () => saying(HELLO, "SESSION STATUS RESULT=OK DESTINATION=BBBB\n");
const stream = (result = "OK") => saying(HELLO, LOOKUP, `STREAM STATUS RESULT=${result}\n`);

/** A bridge to connections in order; then nobody listens. */
function newBridge(...connections: readonly Connection[]) {
  const rest = [...connections];
  const warnings: string[] = [];
  const controller = new AbortController();
  let connects = 0;
  const io = scriptedIo({
    connect: () => {
      connects++;
      const connection = rest.shift();
      return connection === undefined ? Promise.reject(osError("ECONNREFUSED")) : Promise.resolve(connection);
    },
  });
  const bridge = new SamBridge(BRIDGE, io, (warning) => warnings.push(warning), controller.signal);
  const deadlines = new Deadlines(io.clock, TIMEOUT, controller.signal);
  const open = (deadline: Deadline = deadlines.begin()) => {
    if (PEER === undefined) throw new Error("no I2P address");
    return bridge.lead(PEER)(deadline);
  };
  return { io, bridge, open, warnings, abort: () => controller.abort(new Error("enough")), connects: () => connects };
}

function textOf({ written }: ScriptedConnection): string {
  return new TextDecoder().decode(Uint8Array.from(written));
}

/** The id in the line that makes a session, or uses one. */
function idIn(connection: ScriptedConnection): string {
  return / ID=(\S+)/.exec(textOf(connection))?.[1] ?? "";
}

Deno.test("SamBridge makes one session, however many ask for it, and each stream over a connection of its own", async () => {
  const [control, one, other] = [session(), stream(), stream()];
  const { bridge, open, connects } = newBridge(control, one, other);
  const [first, second] = [bridge.ready(), bridge.ready()];
  assertEquals(first, second);
  await first;
  assertEquals(bridge.ready(), null);
  assertEquals([await open(), await open(), connects()], [one, other, 3]);
  assertEquals([idIn(one), idIn(other)], [idIn(control), idIn(control)]);
  assertEquals(/^[0-9a-f]{10}$/.test(idIn(control)), true);
  assertEquals([bridge.isProxy, bridge.limit, bridge.isLost], [true, 32, false]);
});

Deno.test("SamBridge connects to nobody before it is asked", () => {
  const { bridge, connects } = newBridge();
  bridge[Symbol.dispose]();
  assertEquals(connects(), 0);
});

Deno.test("SamBridge escapes what the bridge says in its warning", async () => {
  const { bridge, warnings } = newBridge(saying(HELLO, 'SESSION STATUS RESULT=I2P_ERROR MESSAGE="\x1b[2J"\n'));
  await bridge.ready();
  assertEquals(warnings, [
    'SAM bridge 127.0.0.1:7656: replied SESSION STATUS RESULT=I2P_ERROR MESSAGE="\\x1b[2J"; peers waiting for it fail',
  ]);
});

Deno.test("SamBridge ends its session, and leaves no timer behind", async () => {
  const control = session();
  const { io, bridge } = newBridge(control);
  await bridge.ready();
  bridge[Symbol.dispose]();
  assertEquals([control.closed, io.clock.timers], [1, 0]);
});

Deno.test("SamBridge makes another session when a stream finds that the bridge has lost it", async () => {
  const [control, next] = [session(), session()];
  const { bridge, open, warnings } = newBridge(control, stream("INVALID_ID"), next, stream());
  await bridge.ready();
  await assertRejects(() => open(), WayLostError, "SAM bridge 127.0.0.1:7656: replied STREAM STATUS RESULT=INVALID_ID");
  assertEquals(control.closed, 1);
  await bridge.ready();
  await open();
  assertEquals([idIn(next) === idIn(control), warnings], [false, []]);
});

Deno.test("SamBridge keeps its session when a stream fails in any other way", async () => {
  const control = session();
  const { bridge, open } = newBridge(control, stream("CANT_REACH_PEER"), stream());
  await bridge.ready();
  const error = await assertRejects(() => open(), DialError);
  assertEquals([error.code, control.closed, bridge.ready()], ["host_unreachable", 0, null]);
  await open();
});

Deno.test("SamBridge keeps a session that was made while an older one was found to be lost", async () => {
  const next = session();
  const late = stream("INVALID_ID");
  const { bridge, open } = newBridge(session(), late, stream("INVALID_ID"), next, stream());
  await bridge.ready();
  // Both are under way in the first session.
  const losing = [open(), open()];
  await Promise.allSettled(losing);
  await bridge.ready();
  assertEquals([bridge.ready(), next.closed], [null, 0]);
  await open();
});

Deno.test("SamBridge notices that the bridge has closed its session", async () => {
  const control = new ScriptedConnection(ascii(HELLO), ascii("SESSION STATUS RESULT=OK\n"), ascii("more"), "end");
  const { bridge, open } = newBridge(control, session(), stream());
  await bridge.ready();
  await until(() => control.closed > 0);
  await assertRejects(() => open(), WayLostError, "ended our session");
  await bridge.ready();
  await open();
});

Deno.test("SamBridge is lost, with one warning, when it makes no session", async () => {
  const cases = [
    [[], "proxy_unreachable", "connection refused"],
    [[saying("HELLO REPLY RESULT=NOVERSION\n")], "proxy_refused", "replied HELLO REPLY RESULT=NOVERSION"],
    [[saying(HELLO, "SESSION STATUS RESULT=I2P_ERROR\n")], "proxy_failure", "replied SESSION STATUS RESULT=I2P_ERROR"],
    [[new ScriptedConnection("end")], "proxy_unreachable", "closed the connection instead of answering"],
  ] as const;
  for (const [connections, code, reason] of cases) {
    const { bridge, open, warnings, connects } = newBridge(...connections);
    await bridge.ready();
    assertEquals([bridge.isLost, bridge.ready()], [true, null]);
    const errors = [await assertRejects(() => open(), DialError), await assertRejects(() => open(), DialError)];
    const message = `SAM bridge 127.0.0.1:7656: ${reason}`;
    assertEquals(errors.map(({ code, message }) => [code, message]), [[code, message], [code, message]]);
    const advice = reason === "connection refused"
      ? "; SAM may have to be enabled in the settings of the I2P router"
      : "";
    assertEquals([warnings, connects()], [[`${message}; peers waiting for it fail${advice}`], 1]);
  }
});

Deno.test("SamBridge gives a session three minutes, in which no peer's time runs", async () => {
  const { io, bridge, open, warnings } = newBridge(saying(HELLO));
  const ready = bridge.ready();
  await until(() => io.clock.timers > 0);
  await turns();
  io.clock.advance(179_999);
  assertEquals(warnings, []);
  io.clock.advance(1);
  await ready;
  const error = await assertRejects(() => open(), DialError, "no answer within 180 s");
  assertEquals([error.code, warnings.length], ["proxy_unreachable", 1]);
});

Deno.test("SamBridge is lost when a stream cannot connect to it any more", async () => {
  const { bridge, open, warnings } = newBridge(session());
  await bridge.ready();
  await assertRejects(() => open(), DialError, "connection refused");
  assertEquals([bridge.isLost, warnings.length], [true, 1]);
});

Deno.test("SamBridge stops to make a session when its signal aborts, without a warning", async () => {
  const control = saying(HELLO);
  const { io, bridge, warnings, abort } = newBridge(control);
  const ready = bridge.ready();
  await until(() => control.used);
  abort();
  await ready;
  assertEquals([control.closed, warnings, bridge.ready(), io.clock.timers], [1, [], null, 0]);
});

Deno.test("SamBridge leaves no session behind, at whatever moment all ends while it is made", async () => {
  for (let ticks = 0; ticks < 12; ticks++) {
    const control = session();
    const { io, bridge, abort } = newBridge(control);
    const read = control.read.bind(control);
    const end = (ticks: number): void => {
      if (ticks > 0) return queueMicrotask(() => end(ticks - 1));
      abort();
      bridge[Symbol.dispose]();
    };
    control.read = (buffer) => read(buffer).finally(() => control.used && end(ticks));
    await bridge.ready();
    await turns();
    assertEquals([control.closed > 0, io.clock.timers], [true, 0], `after ${ticks} microtasks`);
  }
});
