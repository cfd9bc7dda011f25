import { assertEquals, assertRejects } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import { Deadlines } from "../../src/net/deadline.ts";
import { DialError, WayLostError } from "../../src/net/errors.ts";
import { Gate } from "../../src/net/gate.ts";
import type { Connection, Io } from "../../src/net/io.ts";
import type { Negotiation } from "../../src/net/negotiation.ts";
import { Socks5 } from "../../src/net/socks5.ts";
import { hex } from "../support/bytes.ts";
import { osError, ScriptedConnection, scriptedIo, until } from "../support/scripted_io.ts";

const TIMEOUT = 8000;
const PROXY = { host: "127.0.0.1", port: 9050 };

const request = () => new Socks5(ipAddress("192.0.2.7", 8333), { user: "a", password: "b" });

/** A gate in virtual time, to connections in order; then all connects wait. */
function newGate(connections: readonly (Connection | Error)[], endpoint = PROXY) {
  const rest = [...connections];
  const asked: unknown[] = [];
  const warnings: string[] = [];
  const connect: Io["connect"] = (endpoint, signal) => {
    asked.push(endpoint);
    const connection = rest.shift();
    if (connection instanceof Error) return Promise.reject(connection);
    if (connection !== undefined) return Promise.resolve(connection);
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  };
  const io = scriptedIo({ connect });
  const gate = new Gate(
    { name: "proxy", advice: "try another port" },
    endpoint,
    io,
    (warning) => warnings.push(warning),
  );
  const deadlines = new Deadlines(io.clock, TIMEOUT);
  return { io, gate, deadlines, asked, warnings };
}

/** Code and message of what a gate rejects with. */
async function failureOf(entering: Promise<unknown>): Promise<string[]> {
  const { code, message } = await assertRejects(() => entering, DialError);
  return [code, message];
}

Deno.test("Gate connects to its proxy, and gives what the negotiation leads to", async () => {
  const connection = new ScriptedConnection(hex("0500"), hex("05000001 00000000 0000"));
  const { gate, deadlines, asked } = newGate([connection]);
  assertEquals(await gate.enter(request(), deadlines.begin()), connection);
  assertEquals([asked, gate.isLost, connection.closed], [[PROXY], false, 0]);
});

Deno.test("Gate does not close a connection at its deadline any more once it is the peer's", async () => {
  const connection = new ScriptedConnection(hex("0500"), hex("05000001 00000000 0000"));
  const { io, gate, deadlines } = newGate([connection]);
  await gate.enter(request(), deadlines.begin());
  io.clock.advance(TIMEOUT);
  assertEquals(connection.closed, 0);
});

Deno.test("Gate gives no connection that its deadline has closed, even if the proxy's last reply was there", async () => {
  for (const ends of ["expires", "aborts"] as const) {
    const connection = new ScriptedConnection(hex("0500"), hex("05000001 00000000 0000"));
    const { io, gate, deadlines } = newGate([connection]);
    const deadline = deadlines.begin();
    const read = connection.read.bind(connection);
    connection.read = (buffer) =>
      read(buffer).finally(() => {
        if (!connection.used) return;
        if (ends === "expires") io.clock.advance(TIMEOUT);
        else deadline.abort(new Error("enough"));
      });
    const entering = gate.enter(request(), deadline);
    if (ends === "aborts") {
      await assertRejects(() => entering, Error, "enough");
    } else {
      const message = "proxy 127.0.0.1:9050: no connection to the peer within 8 s";
      assertEquals(await failureOf(entering), ["timeout", message]);
    }
    assertEquals([connection.closed, gate.isLost], [1, false]);
  }
});

Deno.test("Gate names the proxy in what that refuses, closes the connection, and stays open", async () => {
  const connection = new ScriptedConnection(hex("0500"), hex("0505"));
  const { gate, deadlines, warnings } = newGate([connection]);
  const error = await assertRejects(() => gate.enter(request(), deadlines.begin()), DialError);
  // What the proxy has refused is not worth another try.
  assertEquals([error.code, error instanceof WayLostError], ["connection_refused", false]);
  assertEquals(error.message.startsWith("proxy 127.0.0.1:9050: connection refused"), true, error.message);
  assertEquals([connection.closed, gate.isLost, warnings], [1, false, []]);
});

Deno.test("Gate stays what it is when its proxy closes a connection: another one may fare better", async () => {
  const { gate, deadlines } = newGate([new ScriptedConnection("end")]);
  assertEquals(await failureOf(gate.enter(request(), deadlines.begin())), [
    "proxy_unreachable",
    "proxy 127.0.0.1:9050: closed the connection instead of answering",
  ]);
  assertEquals(gate.isLost, false);
});

Deno.test("Gate is closed for good, with one warning, when nobody listens", async () => {
  const lookup = new Error("failed to lookup address information: Name or service not known");
  const reset = osError("ECONNRESET");
  for (
    const [error, words] of [
      [osError("ECONNREFUSED"), "connection refused"],
      [reset, "connection reset by the proxy"],
      [lookup, lookup.message],
    ] as const
  ) {
    const { gate, deadlines, asked, warnings } = newGate([error, error]);
    const both = [gate.enter(request(), deadlines.begin()), gate.enter(request(), deadlines.begin())];
    const expected = ["proxy_unreachable", `proxy 127.0.0.1:9050: ${words}`];
    assertEquals(await Promise.all(both.map(failureOf)), [expected, expected]);
    assertEquals(gate.isLost, true);
    assertEquals(await failureOf(gate.enter(request(), deadlines.begin())), expected);
    const advice = words === "connection refused" ? "; try another port" : "";
    assertEquals([asked.length, warnings], [2, [`${expected[1]}; peers waiting for it fail${advice}`]]);
  }
});

Deno.test("Gate is closed for good when the proxy says nothing, or does not even take the connection", async () => {
  for (const connections of [[new ScriptedConnection()], []]) {
    const { io, gate, deadlines, asked, warnings } = newGate(connections);
    const entering = failureOf(gate.enter(request(), deadlines.begin()));
    await until(() => asked.length === 1);
    io.clock.advance(TIMEOUT);
    assertEquals(await entering, ["proxy_unreachable", "proxy 127.0.0.1:9050: no answer within 8 s"]);
    assertEquals([gate.isLost, warnings.length], [true, 1]);
  }
});

Deno.test("Gate takes a silent proxy for dead only if it had a quarter of the time", async () => {
  for (const [had, isLost] of [[TIMEOUT / 4 - 1, false], [TIMEOUT / 4, true]] as const) {
    const { io, gate, deadlines, asked } = newGate([]);
    const deadline = deadlines.begin();
    io.clock.advance(TIMEOUT - had);
    const entering = failureOf(gate.enter(request(), deadline));
    await until(() => asked.length === 1);
    io.clock.advance(had);
    assertEquals((await entering)[0], "proxy_unreachable");
    assertEquals(gate.isLost, isLost);
    await assertRejects(() => gate.enter(request(), deadline));
    assertEquals(asked.length, 1);
  }
});

Deno.test("Gate does not take a proxy for dead that has let somebody in meanwhile, though the peer refused", async () => {
  for (const after of [0, TIMEOUT / 2]) {
    for (const reply of ["05000001 00000000 0000", "0505"]) {
      const other = new ScriptedConnection(hex("0500"), hex(reply));
      const { io, gate, deadlines, asked } = newGate([new ScriptedConnection(), other]);
      const entering = failureOf(gate.enter(request(), deadlines.begin()));
      await until(() => asked.length === 1);
      io.clock.advance(after);
      await gate.enter(request(), deadlines.begin()).catch(() => {});
      io.clock.advance(TIMEOUT - after);
      assertEquals((await entering)[0], "proxy_unreachable");
      assertEquals([gate.isLost, asked.length], [false, 2]);
    }
  }
});

Deno.test("Gate gives no advice on a proxy that has listened before", async () => {
  const granted = new ScriptedConnection(hex("0500"), hex("05000001 00000000 0000"));
  const { gate, deadlines, warnings } = newGate([granted, osError("ECONNREFUSED")]);
  await gate.enter(request(), deadlines.begin());
  await assertRejects(() => gate.enter(request(), deadlines.begin()), DialError, "connection refused");
  assertEquals(warnings, ["proxy 127.0.0.1:9050: connection refused; peers waiting for it fail"]);
});

Deno.test("Gate takes silence for the peer's once the proxy has let us in", async () => {
  const connection = new ScriptedConnection(hex("0500"));
  const { io, gate, deadlines } = newGate([connection]);
  const entering = failureOf(gate.enter(request(), deadlines.begin()));
  await until(() => connection.used);
  io.clock.advance(TIMEOUT);
  assertEquals(await entering, ["timeout", "proxy 127.0.0.1:9050: no connection to the peer within 8 s"]);
  assertEquals([gate.isLost, connection.closed], [false, 1]);
});

Deno.test("Gate leaves it to the dialler to wait for what this machine has run out of", async () => {
  const { gate, deadlines } = newGate([osError("EMFILE"), osError("ENFILE"), osError("EADDRNOTAVAIL")]);
  for (const code of ["EMFILE", "ENFILE"]) {
    await assertRejects(() => gate.enter(request(), deadlines.begin()), Error, code);
  }
  assertEquals(gate.isLost, false);
  // Before any connection there was an address to connect from, that is missing, and not a port.
  await assertRejects(() => gate.enter(request(), deadlines.begin()), DialError, "no local address");
  assertEquals(gate.isLost, true);
  const granted = new ScriptedConnection(hex("0500"), hex("05000001 00000000 0000"));
  const later = newGate([granted, osError("EADDRNOTAVAIL")]);
  await later.gate.enter(request(), later.deadlines.begin());
  await assertRejects(() => later.gate.enter(request(), later.deadlines.begin()), Error, "EADDRNOTAVAIL");
  assertEquals(later.gate.isLost, false);
});

Deno.test("Gate says which permissions its proxy takes", async () => {
  const denied = new Deno.errors.NotCapable('Requires net access to "x", run again with the --allow-net flag');
  const socket = { host: "unix:/run/tor/socks", port: 0 };
  const both = [newGate([denied]), newGate([denied], socket)];
  const failures = await Promise.all(
    both.map(({ gate, deadlines }) => failureOf(gate.enter(request(), deadlines.begin()))),
  );
  assertEquals(failures, [
    [
      "permission_denied",
      'proxy 127.0.0.1:9050: Requires net access to "x": run again with --allow-net=127.0.0.1:9050',
    ],
    [
      "permission_denied",
      'proxy unix:/run/tor/socks: Requires net access to "x": run again with --allow-read=/run/tor/socks ' +
      "--allow-write=/run/tor/socks --allow-net=unix:/run/tor/socks",
    ],
  ]);
});

Deno.test("Gate rejects with the reason of a deadline that was aborted, and is not closed by that", async () => {
  for (const connections of [[new ScriptedConnection()], []]) {
    const controller = new AbortController();
    const { io, gate, asked, warnings } = newGate(connections);
    const deadline = new Deadlines(io.clock, TIMEOUT, controller.signal).begin();
    const entering = gate.enter(request(), deadline);
    entering.catch(() => {});
    await until(() => asked.length === 1);
    controller.abort(new Error("enough"));
    await assertRejects(() => entering);
    assertEquals([gate.isLost, warnings], [false, []]);
  }
});

Deno.test("Gate lets through that the way has to be made anew, with the name of the proxy", async () => {
  const { gate, deadlines } = newGate([new ScriptedConnection(hex("00"))]);
  const losing: Negotiation = {
    awaitsPeer: true,
    rest: null,
    takeOutput: () => new Uint8Array(),
    receive: () => {
      throw new WayLostError("proxy_failure", "lost");
    },
  };
  await assertRejects(() => gate.enter(losing, deadlines.begin()), WayLostError, "proxy 127.0.0.1:9050: lost");
});
