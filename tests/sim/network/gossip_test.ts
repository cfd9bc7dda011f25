import { assertEquals } from "@std/assert";
import { inventAddress } from "../../../src/sim/network/invented.ts";
import { Gossip } from "../../../src/sim/network/gossip.ts";
import { NetworkPlan, type PlannedAddress } from "../../../src/sim/network/plan.ts";
import type { Population } from "../../../src/sim/network/population.ts";
import { type AddrEntry, addrMessage } from "../../../src/wire/addr.ts";
import type { AddrMessageType } from "../../../src/wire/addr_reader.ts";
import type { Message } from "../../../src/wire/messages.ts";
import { scriptedLink } from "../../support/scripted_link.ts";
import { hex } from "../../support/bytes.ts";
import { turns, until } from "../../support/scripted_io.ts";

const NOW = 1_700_000_000;

/** A node of each kind of answer in a network of these. */
const POPULATION: Population = [
  ["core-25", { ipv4: 1, ipv6: 1, onion: 1, i2p: 1, cjdns: 1 }],
  ["late", { ipv4: 1 }],
  ["alone", { onion: 1 }],
  ["mute", { ipv4: 1 }],
  ["shy", { ipv4: 1 }],
  ["garbler", { ipv4: 1 }],
  ["gone", { ipv4: 1 }],
];

const plan = new NetworkPlan(POPULATION, 8333);
const gossip = new Gossip(plan, NOW);

const nodeOf = (kindName: string, network: string): PlannedAddress => {
  const node = plan.addresses.find((one) => one.kindName === kindName && one.address.network === network);
  if (node === undefined) throw new Error(`no ${kindName} in ${network}`);
  return node;
};

/** What a node answers, and to the same question again. */
async function answersOf(node: PlannedAddress, type: AddrMessageType): Promise<readonly Message[] | null> {
  const ask = () => gossip.answerOf(node)({ link: scriptedLink().link, wantsAddrV2: type === "addrv2" });
  const answer = await ask();
  assertEquals(await ask(), answer);
  return answer;
}

/** The message in which these are named. */
function naming(type: AddrMessageType, named: readonly PlannedAddress[]): Message {
  const entries = named.map(({ address, kind, age }): AddrEntry => (
    { time: NOW - age, services: kind.services, address }
  ));
  return addrMessage(type, entries);
}

Deno.test("Gossip of a node with a table is its own address, and then its table, in addrv2", async () => {
  for (const network of ["ipv4", "onion"]) {
    const node = nodeOf("core-25", network);
    assertEquals(await answersOf(node, "addrv2"), [naming("addrv2", [node]), naming("addrv2", plan.table(node))]);
  }
});

Deno.test("Gossip in addr has IP addresses alone, and no message for none of them", async () => {
  const isIp = ({ address: { network } }: PlannedAddress) => network === "ipv4" || network === "ipv6";
  for (const network of ["ipv4", "ipv6"]) {
    const node = nodeOf("core-25", network);
    assertEquals(await answersOf(node, "addr"), [
      naming("addr", [node]),
      naming("addr", plan.table(node).filter(isIp)),
    ]);
  }
  const hidden = nodeOf("core-25", "onion");
  assertEquals(await answersOf(hidden, "addr"), [naming("addr", plan.table(hidden).filter(isIp))]);
  assertEquals(await answersOf(nodeOf("alone", "onion"), "addr"), []);
});

Deno.test("Gossip has a node without a table name itself, say nothing, send what is malformed, or close", async () => {
  const alone = nodeOf("alone", "onion");
  assertEquals(await answersOf(alone, "addrv2"), [naming("addrv2", [alone])]);
  assertEquals(await answersOf(nodeOf("mute", "ipv4"), "addrv2"), []);
  assertEquals(await answersOf(nodeOf("shy", "ipv4"), "addrv2"), null);
  assertEquals(await answersOf(nodeOf("gone", "ipv4"), "addrv2"), []);
  // 1,001 entries are announced, one more than a message may have.
  const malformed = { type: "other", messageType: "addrv2", payload: hex("fd e903") } as const;
  assertEquals(await answersOf(nodeOf("garbler", "ipv4"), "addrv2"), [malformed]);
});

Deno.test("Gossip of a node that takes its time comes when that is over", async () => {
  const node = nodeOf("late", "ipv4");
  const delay = node.kind.state === "live" ? node.kind.delay ?? 0 : 0;
  const { link, clock } = scriptedLink();
  let answer: readonly Message[] | null = null;
  Promise.resolve(gossip.answerOf(node)({ link, wantsAddrV2: true })).then((messages) => answer = messages);
  clock.advance(delay - 1);
  await turns();
  assertEquals(answer, null);
  clock.advance(1);
  await until(() => answer !== null);
  assertEquals(answer, [naming("addrv2", [node]), naming("addrv2", plan.table(node))]);
});

Deno.test("Gossip of a node that knows more than 252 addresses announces them in three bytes, and no more than 1,000", async () => {
  const large = new NetworkPlan([["core-31", { ipv4: 1 }], ["too old", { ipv4: 1200 }]], 8333);
  const [node] = large.addresses;
  if (node === undefined) throw new Error("no node");
  assertEquals(node.address, inventAddress("ipv4", 0, 8333));
  const answer = await new Gossip(large, NOW).answerOf(node)({ link: scriptedLink().link, wantsAddrV2: true });
  assertEquals(answer, [naming("addrv2", [node]), naming("addrv2", large.table(node))]);
  assertEquals(large.table(node).length, 1000);
});
