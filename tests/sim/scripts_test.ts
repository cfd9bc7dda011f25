import { assertEquals, assertRejects } from "@std/assert";
import { answerWith, echo, handshake, node, other, silent, SimulatedPeer } from "../../src/mod.ts";
import { Link, type NodeOptions, type Script } from "../../src/mod.ts";
import { ScriptedConnection } from "../support/scripted_io.ts";
import { VirtualClock } from "../support/virtual_clock.ts";

const TIMEOUT = 500;

/** The record of a handshake with a peer of that script, without the fields that vary. */
async function recordOf(script: Script) {
  await using peer = new SimulatedPeer(script);
  const { success, verack, subver, messages, error } = await handshake(peer.target, { timeout: TIMEOUT });
  return { success, verack, subver, messages, code: error?.code, phase: error?.phase };
}

Deno.test("node() is Bitcoin Core by default", async () => {
  assertEquals(await recordOf(node()), {
    success: true,
    verack: true,
    subver: "/Satoshi:31.0.0/",
    messages: ["version", "wtxidrelay", "sendaddrv2", "verack"],
    code: undefined,
    phase: undefined,
  });
});

Deno.test("node() sends what it is told to, late, or not at all", async () => {
  const cases: [NodeOptions, Partial<Awaited<ReturnType<typeof recordOf>>>][] = [
    [{ negotiation: [other("inv", 0)] }, { success: true, messages: ["version", "inv", "verack"] }],
    [{ verackDelay: 20 }, { success: true, verack: true }],
    [{ instead: "close" }, { success: true, verack: false }],
    [{ instead: "stay silent" }, { success: false, code: "timeout", phase: "verack" }],
    [{ protocolVersion: 31_799 }, { success: false, code: "obsolete_version", phase: "version" }],
  ];
  for (const [options, expected] of cases) {
    const record = await recordOf(node(options));
    assertEquals({ ...record, ...expected }, record);
  }
});

Deno.test("silent(), echo() and answerWith() are no nodes", async () => {
  const cases: [Script, string][] = [
    [silent, "timeout"],
    [echo, "self_connection"],
    [answerWith("SSH-2.0-OpenSSH_10.0\r\n"), "not_bitcoin"],
  ];
  for (const [script, code] of cases) assertEquals((await recordOf(script)).code, code);
});

Deno.test("A script may keep the bytes that came while it waits for more", async () => {
  const connection = Object.assign(new ScriptedConnection(Uint8Array.of(1, 2), Uint8Array.of(3), "end"), {
    remoteAddr: { hostname: "127.0.0.1", port: 1 },
    closeWrite: () => Promise.resolve(),
    setNoDelay: () => {},
  });
  const link = new Link(connection, new VirtualClock(), new AbortController().signal);
  assertEquals((await Array.fromAsync(link.bytes())).map((bytes) => [...bytes]), [[1, 2], [3]]);
});

Deno.test("SimulatedPeer that is closed closes the connections of its scripts, and accepts no more", async () => {
  const accepted = Promise.withResolvers<void>();
  const peer = new SimulatedPeer((link) => (accepted.resolve(), silent(link)));
  using connection = await Deno.connect({ hostname: peer.address.ip, port: peer.address.port });
  await accepted.promise;
  await peer.close();
  assertEquals(await connection.read(new Uint8Array(1)), null);
  await assertRejects(
    () => Deno.connect({ hostname: peer.address.ip, port: peer.address.port }),
    Deno.errors.ConnectionRefused,
  );
});
