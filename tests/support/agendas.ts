/**
 * Agendas, and what is done with them.
 *
 * @module
 */

import { assert } from "@std/assert";
import { formatAddress, type PeerAddress } from "../../src/address/address.ts";
import { NETWORK_NAMES } from "../../src/address/network.ts";
import { Agenda, type AgendaOptions, type Peer } from "../../src/crawl/agenda.ts";
import type { Ending } from "../../src/crawl/ending.ts";
import type { CrawlSettings } from "../../src/crawl/settings.ts";
import { directWay, type Way } from "../../src/net/route.ts";
import { Ways } from "../../src/net/ways.ts";
import { addrMessage } from "../../src/wire/addr.ts";
import { addressOf, entriesOf, NOW, settingsOf } from "./crawls.ts";
import { scriptedIo } from "./scripted_io.ts";

/** An agenda whose peers are reached directly, those in the onion network over a way of their own, which `onion` becomes. */
export function agendaOf(
  settings: Partial<CrawlSettings> = {},
  { onion = {} as Partial<Way>, ...options }: Partial<AgendaOptions & { onion: Partial<Way> }> = {},
): Agenda {
  const way = directWay(scriptedIo({}));
  const [direct, overlay] = [new Ways(way), new Ways(Object.assign(onion, { ...way, ...onion }))];
  return new Agenda(settingsOf({ networks: NETWORK_NAMES, ...settings }), {
    routes: { to: (network) => network === "onion" ? overlay : direct },
    random: () => 7,
    now: 0,
    canReach: () => Promise.resolve(true),
    onReady: () => {},
    onDoubt: () => {},
    ...options,
  });
}

/** An agenda with one line, which notes what it says of its way. */
export function watched(options: Partial<AgendaOptions> = {}) {
  const messages: string[] = [];
  const onDoubt = (message: string) => void messages.push(message);
  return { messages, agenda: agendaOf({ networks: ["ipv4"], concurrency: 32 }, { onDoubt, ...options }) };
}

/** All peers that may be dialled at `now`. */
export function next(agenda: Agenda, now = 0): Peer[] {
  const peers: Peer[] = [];
  for (let peer; (peer = agenda.next(now)) !== null;) peers.push(peer);
  return peers;
}

/** Their addresses as text. */
export const shown = (peers: readonly { readonly address: PeerAddress }[]) =>
  peers.map(({ address }) => formatAddress(address));

/** Addresses far apart, so that none waits for its neighbours. */
export const far = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `30.${i >> 8}.${i & 255}.1:8333`);

/** Has a peer name addresses. */
export function name(agenda: Agenda, hosts: readonly string[], from = addressOf("20.1.0.1:8333")): void {
  for (let i = 0; i < hosts.length; i += 1000) {
    agenda.learn(addrMessage("addrv2", entriesOf(hosts.slice(i, i + 1000))), from, NOW);
  }
}

/** Dials so many peers one after the other, which all end the same way. */
export function dial(agenda: Agenda, count: number, ending: Ending): void {
  for (let i = 0; i < count; i++) {
    const peer = agenda.next(0);
    assert(peer !== null);
    agenda.end(peer, ending, 0);
  }
}
