/** Properties of what peers say about other peers: `addr`, `addrv2`, and what a crawl makes of them. */

import { assert, assertEquals } from "@std/assert";
import { type Address, formatAddress } from "../../src/address/address.ts";
import { hostOf, ipHost, withoutZone } from "../../src/address/host.ts";
import { NETWORK_NAMES, networkOfId, NETWORKS } from "../../src/address/network.ts";
import { networkGroup } from "../../src/address/network_group.ts";
import { Frontier } from "../../src/crawl/frontier.ts";
import { type AddrEntry, addrMessage, decodeAddr, decodeAddrV2 } from "../../src/wire/addr.ts";
import { type AddrMessageType, AddrReader } from "../../src/wire/addr_reader.ts";
import { WireError } from "../../src/wire/errors.ts";
import { concat } from "../support/bytes.ts";
import type { Random } from "../support/random.ts";
import { anyAddress } from "./addresses.ts";
import { allocations } from "./allocations.ts";
import { resultOf, wireErrorOf } from "./expect.ts";
import type { Properties } from "./property.ts";

const DECODERS = { addr: decodeAddr, addrv2: decodeAddrV2 };

const TYPES = ["addr", "addrv2"] as const;

/** An entry that a message of this type can have. */
function anyEntry(random: Random, type: AddrMessageType): AddrEntry {
  const any = anyAddress(random);
  const isIp = any.network === "ipv4" || any.network === "ipv6";
  const address = type === "addr" && !isIp ? { ...ipHost(random.bytes(16)), port: any.port } : any;
  return { time: random.uint32(), services: random.uint64(), address: { ...address, host: withoutZone(address.host) } };
}

/** The entry that a reader has read; `null` if it is to be skipped. */
function entryIn(reader: AddrReader, payload: Uint8Array): AddrEntry | null {
  const { networkId, offset, size, port, time, servicesLow, servicesHigh } = reader;
  const network = networkOfId(networkId);
  if (network === undefined) return null;
  const bytes = payload.subarray(offset, offset + size);
  const { host } = network === "ipv4" ? { host: bytes.join(".") } : hostOf(network, bytes);
  const services = BigInt(servicesHigh) << 32n | BigInt(servicesLow);
  return { time, services, address: { network, host, port } };
}

function entriesOf(type: AddrMessageType, payload: Uint8Array): (AddrEntry | null)[] {
  const reader = new AddrReader(type, payload);
  const entries: (AddrEntry | null)[] = [];
  while (reader.next()) entries.push(entryIn(reader, payload));
  return entries;
}

const NOW = 1_800_000_000;
const MAX_AGE = 1000;

/** What a model knows of an address. */
interface Known {
  time: number;
  services: bigint;
  readonly groups: Set<number>;
  state: "waiting" | "inFlight" | "dialled" | "too_old";
}

/** A few addresses in a few subnets of a block, so that most are named again and again. */
function gossipAddress(random: Random, block: number): Address {
  return { network: "ipv4", host: `${block}.8.${random.below(4)}.${random.below(8)}`, port: 1 + random.below(3) };
}

/** A block that is routable, so that two of a subnet may be in flight, and one that is not. */
const [ROUTABLE, UNROUTABLE] = [8, 10];

function subnetOf({ host }: Address): string {
  return host.slice(0, host.lastIndexOf("."));
}

/** The same as a frontier, in plain objects. */
class Model {
  readonly known = new Map<string, Known>();

  learn(entries: readonly AddrEntry[], from: Address): number {
    const before = this.known.size;
    for (const { time, services, address } of entries) {
      const text = formatAddress(address);
      const known = this.known.get(text) ?? { time: 0, services: 0n, groups: new Set(), state: "too_old" };
      this.known.set(text, known);
      known.time = Math.max(known.time, time);
      known.services |= services;
      known.groups.add(networkGroup(from));
      if (known.state === "too_old" && NOW - known.time <= MAX_AGE) known.state = "waiting";
    }
    return this.known.size - before;
  }

  /** The ranks of what may be taken. */
  ranks(inFlight: readonly Address[]): number[] {
    return [...this.known].filter(([text, { state }]) => {
      const subnet = text.slice(0, text.lastIndexOf("."));
      if (text.startsWith(`${UNROUTABLE}.`)) return state === "waiting";
      return state === "waiting" && inFlight.filter((address) => subnetOf(address) === subnet).length < 2;
    }).map(([, known]) => rankOf(known));
  }

  count(state: Known["state"]): number {
    return [...this.known.values()].filter((known) => known.state === state).length;
  }
}

function rankOf({ groups, time }: Known): number {
  return groups.size * 2 ** 32 + time;
}

/** The properties, by name. */
export const GOSSIP_PROPERTIES: Properties = {
  "addr-round-trip": {
    says: "The addresses of an addr or addrv2 are read as they were written, whatever is behind them",
    weight: 20,
    check(random) {
      const type = random.pick(TYPES);
      const entries = random.list(0, random.pick([3, 300]), () => anyEntry(random, type));
      const { payload } = addrMessage(type, entries);
      const bytes = random.embedded(concat(payload, random.bytes(random.below(9))));
      assertEquals(DECODERS[type](bytes), { type, count: entries.length, payload: bytes });
      for (const [i, read] of entriesOf(type, bytes).entries()) {
        if (read !== null) assertEquals(read, entries[i]);
        else assertEquals(entries[i]?.address.host.startsWith("fd87:d87e:eb43:"), true);
      }
      const end = random.below(payload.length);
      assertEquals(wireErrorOf(() => DECODERS[type](payload.subarray(0, end))), "truncated");
    },
  },
  "addr-garbage": {
    says:
      "Any bytes are an addr or addrv2 with at most 1,000 addresses, all within them and of the right size, or a WireError",
    weight: 40,
    check(random) {
      const type = random.pick(TYPES);
      const entries = random.list(0, 5, () => anyEntry(random, random.pick(TYPES) === type ? type : "addr"));
      const bytes = random.chance(0.2)
        ? random.bytes(random.below(200))
        : random.damaged(addrMessage(type, entries).payload);
      const sizes = allocations(() => void resultOf(() => DECODERS[type](bytes), WireError));
      assertEquals(sizes, []);
      const message = resultOf(() => DECODERS[type](bytes), WireError);
      if (message instanceof WireError) return;
      assert(message.count <= 1000);
      const reader = new AddrReader(type, bytes);
      while (reader.next()) {
        const network = networkOfId(reader.networkId);
        assert(reader.offset + reader.size + 2 <= bytes.length, "an address reaches past the end");
        assert(network !== undefined || reader.networkId === 0, `a network of ${reader.networkId}`);
        if (network !== undefined) assertEquals(reader.size, NETWORKS[network].size);
      }
    },
  },
  "frontier-model": {
    says: "A frontier knows what was named by whom, and gives the most named first, as plain objects would",
    weight: 2,
    check(random) {
      const settings = { maxAge: MAX_AGE * 1000, maxAddresses: 1000, networks: NETWORK_NAMES, includeUnroutable: true };
      const block = random.pick([ROUTABLE, UNROUTABLE]);
      const frontier = new Frontier(settings, random.uint32());
      const model = new Model();
      const inFlight: { address: Address; number: number }[] = [];
      for (let step = 0; step < 60; step++) {
        if (random.chance(0.4)) {
          const from: Address = { network: "ipv4", host: `20.${random.below(5)}.0.${random.below(9)}`, port: 8333 };
          const entries = random.list(0, 12, () => ({
            time: NOW - random.below(MAX_AGE + 200),
            services: 1n << BigInt(random.below(64)),
            address: gossipAddress(random, block),
          }));
          const learnt = frontier.learn(addrMessage("addrv2", entries), from, NOW);
          assertEquals([learnt.new, learnt.networks.ipv4], [model.learn(entries, from), entries.length]);
        } else if (random.chance(0.6)) {
          const candidate = frontier.take(NETWORK_NAMES);
          const ranks = model.ranks(inFlight.map(({ address }) => address));
          assertEquals(candidate === undefined, ranks.length === 0);
          if (candidate === undefined) continue;
          const known = model.known.get(formatAddress(candidate.address));
          if (known === undefined) throw new Error(`never named ${formatAddress(candidate.address)}`);
          assert(known.state === "waiting" && ranks.includes(rankOf(known)));
          // What was held back in a full subnet comes back in the order in which it was held.
          if (block === UNROUTABLE) assertEquals(rankOf(known), Math.max(...ranks));
          assertEquals(candidate.services, known.services);
          known.state = "inFlight";
          inFlight.push(candidate);
        } else if (inFlight.length > 0) {
          const [candidate] = inFlight.splice(random.below(inFlight.length), 1);
          const dialled = random.chance(0.8);
          if (candidate === undefined) continue;
          frontier.end(candidate, dialled);
          const known = model.known.get(formatAddress(candidate.address));
          if (known !== undefined) known.state = dialled ? "dialled" : "waiting";
        }
        const { known, waiting, notDialled, networks } = frontier.counts();
        assertEquals([known, waiting], [model.known.size, model.count("waiting") + model.count("inFlight")]);
        assertEquals(notDialled.get("too_old") ?? 0, model.count("too_old"));
        assertEquals(networks.ipv4.dialled, model.count("dialled"));
      }
      for (const { address, groups, time, services } of frontier.addresses()) {
        const known = model.known.get(formatAddress(address));
        assertEquals([groups, time, services], [known?.groups.size, known?.time, known?.services]);
      }
    },
  },
  "frontier-bounds": {
    says:
      "A frontier keeps as many addresses as it may, each is dialled, waits or has a reason, and all that wait are given",
    weight: 2,
    check(random) {
      const maxAddresses = random.integer(1, 80);
      const settings = { maxAge: MAX_AGE * 1000, maxAddresses, networks: NETWORK_NAMES, includeUnroutable: false };
      const frontier = new Frontier(settings, random.uint32());
      const checkCounts = (): number => {
        const { known, waiting, notDialled, networks } = frontier.counts();
        const refused = [...notDialled].filter(([reason]) => reason !== "over_quota").map(([, count]) => count);
        assertEquals(known, networks.ipv4.dialled + waiting + refused.reduce((a, b) => a + b, 0));
        assertEquals([known <= maxAddresses, [...frontier.addresses()].length], [true, known]);
        return waiting;
      };
      for (let step = 0; step < 40; step++) {
        const from: Address = { network: "ipv4", host: `20.${random.below(4)}.0.1`, port: 8333 };
        const entries = random.list(0, 30, () => ({
          time: NOW - random.below(MAX_AGE + 300),
          services: 9n,
          address: gossipAddress(random, random.pick([ROUTABLE, ROUTABLE, UNROUTABLE])),
        }));
        frontier.learn(addrMessage("addrv2", entries), from, NOW);
        const candidate = random.chance(0.3) ? frontier.take(NETWORK_NAMES) : undefined;
        if (candidate !== undefined) frontier.end(candidate, random.chance(0.5));
        checkCounts();
      }
      let taken = 0;
      for (const left = checkCounts(); taken < left; taken++) {
        const candidate = frontier.take(NETWORK_NAMES);
        if (candidate === undefined) throw new Error(`expected ${left - taken} more`);
        frontier.end(candidate, true);
      }
      assertEquals([frontier.take(NETWORK_NAMES), checkCounts()], [undefined, 0]);
      for (const { groups } of frontier.addresses()) assert(groups >= 1 && groups <= 4, `${groups} groups`);
    },
  },
};
