import { assertEquals } from "@std/assert";
import { answerWith, echo, handshake, node, other, silent, SimulatedPeer } from "../../src/mod.ts";
import type { NodeOptions, Script } from "../../src/mod.ts";

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
