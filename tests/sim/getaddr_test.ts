import { assertEquals } from "@std/assert";
import type { MessageEvent } from "../../src/session/events.ts";
import { type Asked, nodeScript, type NodeScriptOptions, SimulatedPeer } from "../../src/sim.ts";
import { GetaddrResponder } from "../../src/sim/getaddr.ts";
import { addrMessage } from "../../src/wire/addr.ts";
import { frame, versionFrame } from "../support/raw.ts";
import { RawClient } from "../support/raw_client.ts";
import { scriptedLink } from "../support/scripted_link.ts";
import { messageTypesIn } from "../support/v1.ts";

const ENTRY = { time: 1, services: 1n, address: { network: "ipv4", host: "192.0.2.1", port: 8333 } } as const;

const PLAIN = { negotiation: [], greeting: [] };

/** The types of the messages with which a node answers these, before the initiator ends its stream. */
async function answersOf(options: NodeScriptOptions, ...types: readonly string[]): Promise<string[]> {
  await using peer = new SimulatedPeer(nodeScript({ ...PLAIN, ...options }));
  using client = await RawClient.connect(peer.address);
  for (const type of types) await client.say(type === "version" ? await versionFrame() : await frame(type));
  await client.finish();
  return messageTypesIn(await client.rest());
}

const ANSWER: NodeScriptOptions = {
  answer: ({ wantsAddrV2 }) => [addrMessage(wantsAddrV2 ? "addrv2" : "addr", [ENTRY])],
};

Deno.test("nodeScript() answers getaddr once, and after the handshake only", async () => {
  const before = ["version", "getaddr", "sendaddrv2", "verack"];
  assertEquals(await answersOf(ANSWER, ...before), ["version", "verack"]);
  assertEquals(await answersOf(ANSWER, ...before, "getaddr", "getaddr"), ["version", "verack", "addrv2"]);
});

Deno.test("nodeScript() answers in addrv2 only if it was sent sendaddrv2 before the verack", async () => {
  assertEquals(await answersOf(ANSWER, "version", "verack", "sendaddrv2", "getaddr"), ["version", "verack", "addr"]);
});

Deno.test("nodeScript() does not answer getaddr without an answer, and can close instead", async () => {
  assertEquals(await answersOf({}, "version", "verack", "getaddr", "ping"), ["version", "verack"]);
  assertEquals(await answersOf({ answer: () => null }, "version", "verack", "getaddr"), ["version", "verack"]);
});

const received = (messageType: string): MessageEvent => ({
  type: "message",
  direction: "received",
  messageType,
  size: 0,
  payload: null,
  damage: null,
  message: { type: "other", messageType, payload: null },
});

Deno.test("GetaddrResponder passes on who asks, and says nothing to any other message, or without an answer", async () => {
  const { link } = scriptedLink();
  const asked: Asked[] = [];
  const responder = new GetaddrResponder(link, (one) => (asked.push(one), [{ type: "verack" }]));
  const receive = (to: GetaddrResponder, messageType: string) => to.receive(received(messageType), true);
  assertEquals(await receive(responder, "ping"), []);
  assertEquals(asked, []);
  assertEquals(await receive(responder, "getaddr"), [{ type: "verack" }]);
  assertEquals(asked, [{ link, wantsAddrV2: false }]);
  assertEquals(await receive(new GetaddrResponder(link, undefined), "getaddr"), []);
});
