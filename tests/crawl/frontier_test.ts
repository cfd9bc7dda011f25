import { assertEquals } from "@std/assert";
import { type Address, formatAddress } from "../../src/address/address.ts";
import { byNetwork, NETWORK_NAMES } from "../../src/address/network.ts";
import type { Frontier } from "../../src/crawl/frontier.ts";
import { hex } from "../support/bytes.ts";
import { DAY, frontierWith, HOUR, ipv4, learn, NOW, peer, takeAll } from "../support/frontiers.ts";

Deno.test("Frontier knows nothing yet", () => {
  const frontier = frontierWith();
  const none = { known: 0, dialled: 0 };
  const networks = byNetwork(() => none);
  assertEquals(frontier.counts(), { known: 0, networks, waiting: 0, notDialled: new Map() });
  assertEquals([frontier.size, frontier.take(NETWORK_NAMES), [...frontier.addresses()]], [0, undefined, []]);
});

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
  // It may have been the same one both times.
  learn(frontier, peer(1), [ipv4("9.9.9.9")], { time: NOW - 3 * DAY });
  learn(frontier, peer(1), [ipv4("9.9.9.9")], { time: NOW - DAY });
  assertEquals(takeAll(frontier), ["9.9.9.9:8333"]);
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

/** What each address that is known has come to. */
const states = (frontier: Frontier) =>
  Array.from(frontier.addresses(), ({ address: { host }, dialled, reason }) => [host, dialled, reason]);

Deno.test("Frontier dials a target once, whatever it knew of it before", () => {
  const frontier = frontierWith();
  const near = ["8.8.8.1", "8.8.8.2", "8.8.8.3"].map((host) => ipv4(host));
  learn(frontier, peer(1), [...near, ipv4("10.0.0.1")]);
  const [first, second] = [frontier.take(NETWORK_NAMES), frontier.take(NETWORK_NAMES)];
  // The third of the subnet is held back.
  assertEquals(frontier.take(NETWORK_NAMES), undefined);
  for (const address of [...near, ipv4("10.0.0.1")]) frontier.addTarget(address, "file");
  assertEquals([frontier.size, frontier.waiting("ipv4"), frontier.counts().waiting], [4, 2, 4]);
  for (const candidate of [first, second]) if (candidate !== undefined) frontier.end(candidate, true);
  for (const address of near) frontier.addTarget(address, "other file");
  assertEquals([takeAll(frontier).length, takeAll(frontier).length], [2, 0]);
  assertEquals(states(frontier).every(([, dialled]) => dialled), true);
  assertEquals([frontier.size, frontier.counts().networks.ipv4], [4, { known: 4, dialled: 4 }]);
});

Deno.test("Frontier keeps a target that is not dialled, and says why", () => {
  const frontier = frontierWith({ networks: ["ipv4"], excludes: ({ host }) => host === "6.6.6.6" });
  frontier.addTarget(ipv4("6.6.6.6"), "6.6.6.6");
  frontier.addTarget({ network: "ipv6", host: "2600::1", port: 8333 }, "2600::1");
  assertEquals(takeAll(frontier), []);
  assertEquals(states(frontier), [["6.6.6.6", false, "excluded"], ["2600::1", false, "network"]]);
  assertEquals([...frontier.counts().notDialled], [["excluded", 1], ["network", 1]]);
});

Deno.test("Frontier still dials what others name in a network that was not left out", () => {
  const frontier = frontierWith();
  frontier.leaveOut("ipv4");
  learn(frontier, peer(1), [ipv4("8.8.8.8"), { network: "ipv6", host: "2600::1", port: 8333 }]);
  assertEquals(takeAll(frontier), ["[2600::1]:8333"]);
  assertEquals(states(frontier), [["8.8.8.8", false, "network"], ["2600::1", true, null]]);
});

Deno.test("Frontier says why what was too old is not dialled, though it has been seen since", () => {
  const frontier = frontierWith({ excludes: ({ host }) => host === "6.6.6.6" });
  learn(frontier, peer(1), [ipv4("6.6.6.6")], { time: NOW - 3 * DAY });
  assertEquals(states(frontier), [["6.6.6.6", false, "too_old"]]);
  learn(frontier, peer(2), [ipv4("6.6.6.6")]);
  assertEquals(states(frontier), [["6.6.6.6", false, "excluded"]]);
});

Deno.test("Frontier.learnt() is empty if nobody wants to know", () => {
  const frontier = frontierWith();
  learn(frontier, peer(1), [ipv4("8.8.8.8")], { time: NOW - 3 * DAY });
  learn(frontier, peer(2), [ipv4("8.8.8.8"), ipv4("9.9.9.9")]);
  assertEquals(frontier.learnt(), []);
});
