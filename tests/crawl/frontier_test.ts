import { assertEquals } from "@std/assert";
import { type Address, formatAddress } from "../../src/address/address.ts";
import { type Network, NETWORK_NAMES } from "../../src/address/network.ts";
import type { FrontierSettings } from "../../src/crawl/choice.ts";
import { Frontier } from "../../src/crawl/frontier.ts";
import { addrMessage } from "../../src/wire/addr.ts";
import { hex } from "../support/bytes.ts";

const NOW = 1_800_000_000;
const HOUR = 3600;
const DAY = 24 * HOUR;

const SETTINGS: FrontierSettings = {
  maxAge: 2 * DAY * 1000,
  maxAddresses: 1_000_000,
  networks: NETWORK_NAMES,
  includeUnroutable: false,
};

/** A frontier with some settings changed. */
function frontierWith(settings: Partial<FrontierSettings> = {}): Frontier {
  return new Frontier({ ...SETTINGS, ...settings }, 7);
}

/** An IPv4 address; each in a subnet of its own, unless told otherwise. */
function ipv4(host: string, port = 8333): Address {
  return { network: "ipv4", host, port };
}

/** A peer in a network group of its own. */
function peer(group: number): Address {
  return ipv4(`${20 + (group >> 8)}.${group & 0xff}.0.1`);
}

/** A frontier learns addresses, seen an hour ago unless told otherwise, from a peer. */
function learn(
  frontier: Frontier,
  from: Address,
  addresses: readonly Address[],
  { time = NOW - HOUR, services = 9n, now = NOW } = {},
) {
  return frontier.learn(addrMessage("addrv2", addresses.map((address) => ({ time, services, address }))), from, now);
}

/** All that can be taken now, in their order. */
function takeAll(frontier: Frontier, networks: readonly Network[] = NETWORK_NAMES): string[] {
  const taken: string[] = [];
  for (let candidate; (candidate = frontier.take(networks)) !== undefined;) {
    taken.push(formatAddress(candidate.address));
    frontier.end(candidate, true);
  }
  return taken;
}

Deno.test("Frontier gives targets first, then what peers named, each once, and says who named it", () => {
  const frontier = frontierWith();
  learn(frontier, peer(1), [ipv4("8.8.8.8"), ipv4("9.9.9.9")]);
  frontier.addTarget(ipv4("1.2.3.4"), "seed.example");
  frontier.addTarget(ipv4("1.2.3.4"), "other.example");
  const first = frontier.take(NETWORK_NAMES);
  assertEquals([first?.address, first?.target, first?.services], [ipv4("1.2.3.4"), "seed.example", null]);
  learn(frontier, peer(2), [ipv4("9.9.9.9"), ipv4("1.2.3.4")], { services: 0x800n });
  const second = frontier.take(NETWORK_NAMES);
  assertEquals([second?.address, second?.target, second?.services], [ipv4("9.9.9.9"), "20.1.0.1:8333", 0x809n]);
  assertEquals(frontier.take(NETWORK_NAMES)?.address, ipv4("8.8.8.8"));
  assertEquals(frontier.take(NETWORK_NAMES), undefined);
});

Deno.test("Frontier gives first what most network groups have named, then the freshest", () => {
  const frontier = frontierWith();
  const [a, b, c, d] = ["5.1.1.1", "5.2.1.1", "5.3.1.1", "5.4.1.1"].map((host) => ipv4(host)) as [
    Address,
    Address,
    Address,
    Address,
  ];
  learn(frontier, peer(1), [a, b], { time: NOW - 3 * HOUR });
  learn(frontier, peer(1), [c], { time: NOW - 2 * HOUR });
  // The same group, from another address, and the same entry twice.
  learn(frontier, ipv4("20.1.255.255"), [a, a], { time: NOW - 4 * HOUR });
  learn(frontier, peer(2), [b], { time: NOW - 5 * HOUR });
  learn(frontier, peer(1), [d], { time: NOW - 1 * HOUR });
  learn(frontier, peer(1), [a], { time: NOW - 1 });
  assertEquals(takeAll(frontier), [b, a, d, c].map(formatAddress));
  const known = new Map([...frontier.addresses()].map(({ address, groups, time }) => [address.host, [groups, time]]));
  assertEquals(known.get("5.1.1.1"), [1, NOW - 1]);
  assertEquals(known.get("5.2.1.1"), [2, NOW - 3 * HOUR]);
});

Deno.test("Frontier counts what a message names: its networks, what was new, what was skipped", () => {
  const frontier = frontierWith();
  const onion: Address = {
    network: "onion",
    host: "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion",
    port: 8333,
  };
  const addresses = [ipv4("8.8.8.8"), ipv4("8.8.8.8"), ipv4("8.8.4.4"), onion];
  const learnt = learn(frontier, peer(1), addresses);
  assertEquals(learnt, { networks: { ipv4: 3, ipv6: 0, onion: 1, i2p: 0, cjdns: 0 }, new: 3, skipped: 0 });
  const skipped = { type: "addrv2", count: 1, payload: hex("01 00000000 00 03 00 0000") } as const;
  assertEquals(frontier.learn(skipped, peer(1), NOW).skipped, 1);
  assertEquals(learn(frontier, peer(2), addresses).new, 0);
  assertEquals([frontier.size, frontier.waiting("ipv4"), frontier.waiting("onion")], [3, 2, 1]);
});

Deno.test("Frontier takes only from the networks that are asked for", () => {
  const frontier = frontierWith();
  const cjdns: Address = { network: "cjdns", host: "fc00:1:2:3:4:5:6:7", port: 8333 };
  learn(frontier, peer(1), [ipv4("8.8.8.8"), cjdns]);
  assertEquals(takeAll(frontier, ["cjdns", "onion"]), [formatAddress(cjdns)]);
  assertEquals(takeAll(frontier, ["ipv4", "ipv6"]), ["8.8.8.8:8333"]);
});

Deno.test("Frontier says why what it does not give is not dialled: the first reason that holds", () => {
  const i2p: Address = {
    network: "i2p",
    host: "ukeu3k5oycgaauneqgtnvselmt4yemvoilkln7jpvamvfx7dnkdq.b32.i2p",
    port: 0,
  };
  const frontier = frontierWith({
    networks: ["ipv4", "i2p"],
    excludes: ({ host }) => ["6.6.6.6", "10.0.0.1", "7.7.7.7", "2a00::1"].includes(host),
  });
  learn(frontier, peer(1), [ipv4("10.0.0.1", 0), ipv4("240.0.0.1"), ipv4("192.0.0.1"), ipv4("7.7.7.7", 0)]);
  learn(frontier, peer(1), [ipv4("7.7.7.8", 0), { ...i2p, port: 1 }, i2p]);
  learn(frontier, peer(1), [{ network: "ipv6", host: "2002:a00:1::", port: 8333 }]);
  learn(frontier, peer(1), [ipv4("6.6.6.6"), { network: "ipv6", host: "2a00::1", port: 8333 }]);
  learn(frontier, peer(1), [{ network: "ipv6", host: "2a00::2", port: 8333 }]);
  learn(frontier, peer(1), [{ network: "cjdns", host: "fd00::1", port: 8333 }]);
  learn(frontier, peer(1), [ipv4("6.6.6.7")], { time: NOW - 2 * DAY - 1 });
  learn(frontier, peer(1), [ipv4("6.6.6.8")], { time: NOW - 2 * DAY });
  assertEquals(takeAll(frontier), [formatAddress(i2p), "6.6.6.8:8333"]);
  const { known, notDialled, waiting, networks } = frontier.counts();
  assertEquals([known, waiting], [14, 0]);
  assertEquals(
    [...notDialled],
    [["unroutable", 5], ["port_zero", 3], ["too_old", 1], ["excluded", 2], ["network", 1]],
  );
  assertEquals([networks.ipv4, networks.i2p], [{ known: 8, dialled: 1 }, { known: 2, dialled: 1 }]);
});

Deno.test("Frontier dials what is unroutable if it is to, and any target but an excluded one", () => {
  const unroutable = ipv4("127.0.0.1");
  const all = frontierWith({ includeUnroutable: true });
  learn(all, peer(1), [unroutable]);
  assertEquals(takeAll(all), ["127.0.0.1:8333"]);
  const frontier = frontierWith({ excludes: ({ host }) => host === "6.6.6.6" });
  learn(frontier, peer(1), [unroutable, ipv4("6.6.6.6")]);
  assertEquals(takeAll(frontier), []);
  frontier.addTarget(unroutable, "localhost");
  frontier.addTarget(ipv4("6.6.6.6"), "6.6.6.6");
  assertEquals(takeAll(frontier), ["127.0.0.1:8333"]);
  assertEquals([...frontier.counts().notDialled], [["excluded", 1]]);
});

Deno.test("Frontier takes a time that is none, or far ahead of ours, for five days ago", () => {
  const frontier = frontierWith({ maxAge: 10 * DAY * 1000 });
  const times = [0, 100_000_000, 100_000_001, NOW + 600, NOW + 601, 0xffff_ffff];
  for (const [i, time] of times.entries()) learn(frontier, peer(1), [ipv4("8.8.8.8", i + 1)], { time });
  const known = [...frontier.addresses()].map(({ time }) => time);
  assertEquals(known, [NOW - 5 * DAY, NOW - 5 * DAY, 100_000_001, NOW + 600, NOW - 5 * DAY, NOW - 5 * DAY]);
});

Deno.test("Frontier dials what was too old once somebody has seen it", () => {
  const frontier = frontierWith();
  const address = ipv4("8.8.8.8");
  learn(frontier, peer(1), [address], { time: NOW - 3 * DAY });
  learn(frontier, peer(2), [address], { time: NOW - 3 * DAY + 1 });
  assertEquals([...frontier.counts().notDialled], [["too_old", 1]]);
  learn(frontier, peer(2), [address], { time: NOW - DAY });
  assertEquals(takeAll(frontier), ["8.8.8.8:8333"]);
  learn(frontier, peer(3), [address], { time: NOW });
  assertEquals(takeAll(frontier), []);
});

Deno.test("Frontier has two of a routable subnet in flight, and goes on with it as they end", () => {
  const frontier = frontierWith({ includeUnroutable: true });
  const near = [1, 2, 3, 4].map((last) => ipv4(`8.8.8.${last}`));
  const far = ipv4("9.9.9.9");
  learn(frontier, peer(2), near);
  learn(frontier, peer(1), near);
  learn(frontier, peer(1), [far], { time: NOW - 2 * HOUR });
  const [first, second, third] = [1, 2, 3].map(() => frontier.take(NETWORK_NAMES));
  assertEquals([first, second].every((taken) => taken?.address.host.startsWith("8.8.8.")), true);
  assertEquals(third?.address, far);
  assertEquals([frontier.take(NETWORK_NAMES), frontier.waiting("ipv4"), frontier.counts().waiting], [undefined, 2, 5]);
  if (first === undefined || second === undefined) throw new Error("nothing was taken");
  frontier.end(first, true);
  assertEquals(frontier.take(NETWORK_NAMES)?.address.host.startsWith("8.8.8."), true);
  assertEquals(frontier.take(NETWORK_NAMES), undefined);
  // One that was not dialled after all waits again.
  frontier.end(second, false);
  const again = [frontier.take(NETWORK_NAMES), frontier.take(NETWORK_NAMES)];
  assertEquals(again.map((taken) => taken === undefined), [false, true]);
  learn(frontier, peer(1), [1, 2, 3].map((last) => ipv4(`127.0.0.${last}`)));
  assertEquals([1, 2, 3].map(() => frontier.take(NETWORK_NAMES)?.address.host.startsWith("127.")), [true, true, true]);
});

Deno.test("Frontier has two of an IPv6 /48 in flight", () => {
  const frontier = frontierWith();
  const ipv6 = (host: string): Address => ({ network: "ipv6", host, port: 8333 });
  learn(frontier, peer(1), ["2a00:1:1::1", "2a00:1:1:2::1", "2a00:1:1:3::1", "2a00:1:2::1"].map(ipv6));
  const taken = [1, 2, 3, 4].map(() => frontier.take(NETWORK_NAMES)?.address.host);
  assertEquals(taken.filter((host) => host?.startsWith("2a00:1:1:")).length, 2);
  assertEquals([taken.includes("2a00:1:2::1"), taken.at(-1)], [true, undefined]);
});

/** Some IPv4 addresses that `group` alone names; they are in no other such list. */
function many(group: number, count: number): Address[] {
  return Array.from({ length: count }, (_, i) => ipv4(`${120 + group}.${i >> 16}.${i >> 8 & 0xff}.${i & 0xff}`));
}

/** A frontier learns any number of addresses from a peer, in messages of 1,000. */
function learnAll(frontier: Frontier, from: Address, addresses: readonly Address[], time?: number): number {
  let added = 0;
  for (let i = 0; i < addresses.length; i += 1000) {
    added += learn(frontier, from, addresses.slice(i, i + 1000), time === undefined ? {} : { time }).new;
  }
  return added;
}

Deno.test("Frontier keeps 20,000 waiting that only one group has named, counts what it drops, and forgets it", () => {
  const frontier = frontierWith();
  const liar = many(1, 21_500);
  assertEquals(learnAll(frontier, peer(1), liar), 20_000);
  assertEquals([frontier.size, frontier.waiting("ipv4")], [20_000, 20_000]);
  assertEquals([...frontier.counts().notDialled], [["over_quota", 1500]]);
  // Another peer of the group is no other group, and another group has room of its own.
  assertEquals(learnAll(frontier, ipv4("20.1.9.9"), liar.slice(20_000)), 0);
  assertEquals(learnAll(frontier, peer(2), liar.slice(20_000)), 1500);
  // What two have named counts for neither.
  learnAll(frontier, peer(2), liar.slice(0, 1000));
  assertEquals(learnAll(frontier, peer(1), many(2, 1001)), 1000);
  assertEquals([...frontier.counts().notDialled], [["over_quota", 1500 + 1500 + 1]]);
});

Deno.test("Frontier has room for more of a group as what waits is dialled", () => {
  const frontier = frontierWith();
  const addresses = many(1, 20_100);
  learnAll(frontier, peer(1), addresses);
  for (let i = 0; i < 100; i++) {
    const candidate = frontier.take(NETWORK_NAMES);
    if (candidate !== undefined) frontier.end(candidate, true);
  }
  assertEquals(learnAll(frontier, peer(1), addresses.slice(20_000)), 100);
  assertEquals(learnAll(frontier, peer(1), many(2, 1)), 0);
});

Deno.test("Frontier serves a liar with a million addresses last, and keeps 20,000 of them", () => {
  const frontier = frontierWith();
  const [liar, honest] = [many(1, 30_000), many(2, 50)];
  learnAll(frontier, peer(1), liar, NOW);
  for (const group of [2, 3]) learn(frontier, peer(group), honest, { time: NOW - DAY });
  assertEquals(frontier.size, 20_050);
  const first = Array.from(honest, () => {
    const candidate = frontier.take(NETWORK_NAMES);
    if (candidate !== undefined) frontier.end(candidate, true);
    return candidate?.address.host.split(".")[0];
  });
  assertEquals(new Set(first), new Set(["122"]));
});

Deno.test("Frontier drops what was too old and is seen again while its group has no room", () => {
  const frontier = frontierWith();
  const [waiting, old] = [many(1, 20_000), many(2, 1000)];
  learnAll(frontier, peer(1), old, NOW - 3 * DAY);
  learnAll(frontier, peer(1), waiting);
  assertEquals(learnAll(frontier, peer(1), old), 0);
  assertEquals([frontier.size, ...frontier.counts().notDialled], [20_000, ["over_quota", 1000]]);
  assertEquals(learnAll(frontier, peer(2), old), 1000);
});

Deno.test("Frontier keeps as many addresses as it may: what is not to be dialled goes first", () => {
  const frontier = frontierWith({ maxAddresses: 100 });
  learn(frontier, peer(1), many(1, 60), { time: NOW - 3 * DAY });
  learn(frontier, peer(1), many(2, 40));
  assertEquals(learn(frontier, peer(2), many(3, 50)).new, 50);
  const { known, waiting, notDialled } = frontier.counts();
  assertEquals([known, waiting, ...notDialled], [100, 90, ["too_old", 10], ["over_quota", 50]]);
  assertEquals(learn(frontier, peer(2), many(4, 1), { time: NOW - 3 * DAY }).new, 0);
});

Deno.test("Frontier makes room for what few have named of what many, from the group that has named most", () => {
  const frontier = frontierWith({ maxAddresses: 1000 });
  learn(frontier, peer(1), many(1, 1000));
  assertEquals(learn(frontier, peer(2), many(2, 300)).new, 300);
  assertEquals(learn(frontier, peer(3), many(3, 600)).new, 350);
  // 350, 300 and 350: nobody has to make room for anybody.
  assertEquals(learn(frontier, peer(1), many(4, 100)).new, 0);
  assertEquals(frontier.size, 1000);
  // What two have named stays.
  learn(frontier, peer(4), [...frontier.addresses()].map(({ address }) => address));
  assertEquals(learn(frontier, peer(5), many(5, 100)).new, 0);
  const { waiting, notDialled } = frontier.counts();
  assertEquals([waiting, ...notDialled], [1000, ["over_quota", 300 + 350 + 250 + 100 + 100]]);
});

Deno.test("Frontier keeps targets and what was dialled, however much that is", () => {
  const frontier = frontierWith({ maxAddresses: 3 });
  for (const address of many(1, 5)) frontier.addTarget(address, "file");
  takeAll(frontier);
  assertEquals(learn(frontier, peer(1), many(2, 1)).new, 0);
  assertEquals([frontier.size, frontier.counts().networks.ipv4], [5, { known: 5, dialled: 5 }]);
});

Deno.test("Frontier gives no more of a network that was left out, old or new, but its targets, and keeps what it knows", () => {
  const frontier = frontierWith();
  // Of these four in one subnet, two wait until the others are done.
  const subnet = ["8.8.8.1", "8.8.8.2", "8.8.8.3", "8.8.8.4"].map((host) => ipv4(host));
  const ipv6: Address = { network: "ipv6", host: "2600::1", port: 8333 };
  learn(frontier, peer(1), [...subnet, ipv6]);
  const inFlight = frontier.take(["ipv4"]);
  frontier.take(["ipv4"]);
  frontier.take(["ipv4"]);
  frontier.addTarget(ipv4("1.2.3.4"), "1.2.3.4");
  frontier.leaveOut("ipv4");
  learn(frontier, peer(2), [ipv4("9.9.9.9"), ...subnet]);
  frontier.addTarget(ipv4("1.2.3.5"), "1.2.3.5");
  if (inFlight !== undefined) frontier.end(inFlight, true);
  assertEquals(takeAll(frontier), ["1.2.3.4:8333", "1.2.3.5:8333", "[2600::1]:8333"]);
  const { known, waiting, notDialled } = frontier.counts();
  assertEquals([known, waiting, notDialled], [8, 1, new Map([["network", 3] as const])]);
});
