import { assert, assertEquals } from "@std/assert";
import { formatAddress, type PeerAddress } from "../../src/address/address.ts";
import { Agenda } from "../../src/crawl/agenda.ts";
import type { CrawlSettings } from "../../src/crawl/settings.ts";
import { directWay } from "../../src/net/route.ts";
import { Ways } from "../../src/net/ways.ts";
import { addressOf, entriesOf, NOW, settingsOf } from "../support/crawls.ts";
import { addrMessage } from "../../src/wire/addr.ts";
import { scriptedIo } from "../support/scripted_io.ts";

/** An agenda whose peers are all reached directly. */
function agendaOf(settings: Partial<CrawlSettings> = {}): Agenda {
  const ways = new Ways(directWay(scriptedIo({})));
  return new Agenda(settingsOf(settings), {
    routes: { to: () => ways },
    random: () => 7,
    now: 0,
    canReach: () => Promise.resolve(true),
    onReady: () => {},
    onDoubt: () => {},
  });
}

/** All peers that may be dialled at `now`. */
function next(agenda: Agenda, now = 0) {
  const peers = [];
  for (let peer; (peer = agenda.next(now)) !== null;) peers.push(peer);
  return peers;
}

const shown = (peers: readonly { readonly address: PeerAddress }[]) =>
  peers.map(({ address }) => formatAddress(address));

const FROM = ["20.1.0.1:8333", "20.2.0.1:8333", "20.3.0.1:8333"].map(addressOf);

Deno.test("Agenda dials names first, then targets, then what most network groups have named, then the freshest", () => {
  const agenda = agendaOf({ concurrency: 1 });
  const [a, b, c] = FROM;
  assert(a !== undefined && b !== undefined && c !== undefined);
  const named = (...hosts: readonly (string | { readonly host: string; readonly time: number })[]) =>
    addrMessage("addrv2", entriesOf(hosts));
  agenda.learn(named("30.1.0.1:1", "30.2.0.1:1", { host: "30.3.0.1:1", time: NOW - 60 }), a, NOW);
  agenda.learn(named("30.2.0.1:1", { host: "30.4.0.1:1", time: NOW - 30 }), b, NOW);
  agenda.learn(named("30.2.0.1:1", "30.1.0.1:1"), c, NOW);
  agenda.addTarget(addressOf("40.1.0.1:1"), "40.1.0.1:1");
  agenda.addName({ network: null, host: "seed.example", port: 1 }, "seed.example:1");
  const order: string[] = [];
  for (let peer; (peer = agenda.next(0)) !== null;) {
    order.push(...shown([peer]));
    agenda.end(peer, "failure", 0);
  }
  assertEquals(order, ["seed.example:1", "40.1.0.1:1", "30.2.0.1:1", "30.1.0.1:1", "30.4.0.1:1", "30.3.0.1:1"]);
});

Deno.test("Agenda has no more than two in flight in a subnet, and goes on with others meanwhile", () => {
  const agenda = agendaOf();
  for (const host of ["20.1.0.1", "20.1.0.2", "20.1.0.3", "20.1.1.1"]) agenda.addTarget(addressOf(`${host}:1`), host);
  const first = next(agenda);
  assertEquals([first.length, agenda.isIdle, agenda.waiting.ipv4], [3, false, 1]);
  const [peer] = first.filter(({ address }) => address.host.startsWith("20.1.0."));
  assert(peer !== undefined);
  agenda.end(peer, "success", 0);
  assertEquals(next(agenda).length, 1);
});

Deno.test("Agenda says how long the rate holds up the next peer, and counts second connections", () => {
  const agenda = agendaOf({ rate: 10 });
  for (const host of ["20.1.0.1", "20.2.0.1", "20.3.0.1"]) agenda.addTarget(addressOf(`${host}:1`), host);
  assertEquals([next(agenda, 0).length, agenda.rateWait, agenda.isIdle], [1, 100, false]);
  agenda.spend(0);
  assertEquals([next(agenda, 50).length, agenda.rateWait], [0, 150]);
  assertEquals([next(agenda, 200).length, next(agenda, 300).length, agenda.rateWait], [1, 1, 0]);
});

Deno.test("Agenda lets a peer that was dropped wait again", () => {
  const agenda = agendaOf();
  agenda.addTarget(addressOf("20.1.0.1:1"), "20.1.0.1:1");
  const [peer] = next(agenda);
  assert(peer !== undefined);
  agenda.end(peer, "dropped", 0);
  assertEquals([agenda.isWaiting, agenda.isIdle, agenda.counts(0).networks.ipv4.dialled], [true, true, 0]);
});

Deno.test("Agenda that was stopped has no next peer, and is idle when what was in flight is done", () => {
  const agenda = agendaOf();
  for (const host of ["20.1.0.1", "20.2.0.1"]) agenda.addTarget(addressOf(`${host}:1`), host);
  const peer = agenda.next(0);
  assert(peer !== null);
  agenda.stop(0);
  assertEquals([agenda.next(0), agenda.isIdle], [null, false]);
  agenda.end(peer, "success", 0);
  assertEquals([agenda.isIdle, agenda.isWaiting], [true, true]);
});
