import { assertEquals, assertGreaterOrEqual } from "@std/assert";
import { formatAddress } from "../../../src/address/address.ts";
import { networkGroup } from "../../../src/address/network_group.ts";
import { whyUnroutable } from "../../../src/address/routability.ts";
import type { KindName } from "../../../src/sim/network/kinds.ts";
import { isGiver, NetworkPlan, type PlannedAddress } from "../../../src/sim/network/plan.ts";
import { inventAddress } from "../../../src/sim/network/invented.ts";
import { DEMO_POPULATION, type Population } from "../../../src/sim/network/population.ts";

const plan = new NetworkPlan(DEMO_POPULATION, 8333);

/** Everything that a crawl from `start` gets to know, if it asks every node that gives out its table. */
function reachedFrom(start: PlannedAddress): Set<PlannedAddress> {
  const known = new Set([start]);
  // A set also iterates over what is added on the way.
  for (const one of known) {
    const isOld = one.kindName === "core-0.20";
    for (const next of plan.table(one)) if (!isOld || next.address.network.startsWith("ipv")) known.add(next);
  }
  return known;
}

Deno.test("NetworkPlan has as many different addresses as its population", () => {
  const wanted = DEMO_POPULATION.flatMap(([, counts]) => Object.values(counts)).reduce((sum, count) => sum + count);
  assertEquals(plan.addresses.length, wanted);
  assertEquals(new Set(plan.addresses.map(({ address }) => formatAddress(address))).size, wanted);
});

Deno.test("NetworkPlan leads from every kind of node with a table to every address", () => {
  const nodes = plan.addresses.filter(({ kind }) => isGiver(kind) && !kind.poisons);
  for (const [node] of Map.groupBy(nodes, ({ kindName }) => kindName).values()) {
    if (node !== undefined) assertEquals(reachedFrom(node).size, plan.addresses.length, node.kindName);
  }
});

Deno.test("NetworkPlan has invented addresses that only the poisoner knows", () => {
  const knows = plan.addresses.filter((node) => plan.table(node).some(({ kind }) => kind.invented));
  assertEquals(knows.map(({ kindName }) => kindName), ["poisoner"]);
});

Deno.test("NetworkPlan has routable addresses in many network groups, except for those that must not", () => {
  const unroutable = plan.addresses.filter(({ address }) => whyUnroutable(address) !== undefined);
  assertEquals(new Set(unroutable.map(({ kindName }) => kindName)), new Set(["unroutable"]));
  const live = plan.addresses.filter(({ kind }) => kind.state === "live");
  assertGreaterOrEqual(live.length, 250);
  assertGreaterOrEqual(new Set(live.map(({ address }) => networkGroup(address))).size, 100);
});

Deno.test("NetworkPlan is the same every time", () => {
  const again = new NetworkPlan(DEMO_POPULATION, 8333);
  assertEquals(again.addresses.map(({ address }) => address), plan.addresses.map(({ address }) => address));
});

/** The texts of addresses. */
const textsOf = (planned: readonly PlannedAddress[]): string[] => planned.map(({ address }) => formatAddress(address));

/** The texts of all addresses of a kind in a network of which there are 300 others before them. */
function textsOfKind(kind: KindName): string[] {
  const everywhere = { ipv4: 1, ipv6: 1, i2p: 1, cjdns: 1 };
  const { addresses } = new NetworkPlan([["gone", { ipv4: 300, ipv6: 299 }], [kind, everywhere]], 18_444);
  const those = addresses.filter(({ kindName }) => kindName === kind);
  return textsOf(those).toSorted();
}

Deno.test("NetworkPlan gives out the invented addresses in turn, with a port except for those that must have none", () => {
  const { addresses } = new NetworkPlan([["core-31", { ipv4: 2, i2p: 1 }], ["silent", { ipv4: 1 }]], 18_444);
  const invented = [...[0, 1, 2].map((n) => inventAddress("ipv4", n, 18_444)), inventAddress("i2p", 0, 18_444)];
  assertEquals(textsOf(addresses).toSorted(), invented.map(formatAddress).toSorted());
  const textsAt = (port: number, portOfI2p: number) =>
    [
      `30.44.1.1:${port}`,
      `[3fff:12b::1]:${port}`,
      `[${inventAddress("cjdns", 0, port).host}]:${port}`,
      `${inventAddress("i2p", 0, port).host}:${portOfI2p}`,
    ].toSorted();
  assertEquals(textsOfKind("too old"), textsAt(18_444, 0));
  // In I2P it is the other way round.
  assertEquals(textsOfKind("port zero"), textsAt(0, 18_444));
});

Deno.test("NetworkPlan has unroutable addresses in networks for private use, all different", () => {
  const population: Population = [["gone", { ipv4: 300, ipv6: 299 }], ["unroutable", { ipv4: 2, ipv6: 2, cjdns: 1 }]];
  const { addresses } = new NetworkPlan(population, 8333);
  const unroutable = addresses.filter(({ kindName }) => kindName === "unroutable");
  assertEquals(textsOf(unroutable).toSorted(), [
    "192.168.1.44:8333",
    "192.168.1.45:8333",
    "[fd00::12c]:8333",
    "[fd00::12d]:8333",
    "[fd00::1]:8333",
  ]);
});

Deno.test("NetworkPlan has nodes that know the addresses that follow their own, at most 1,000 or as many as theirs are", () => {
  const small = new NetworkPlan([["core-31", { ipv4: 3, onion: 2 }], ["gone", { ipv6: 2 }]], 8333);
  for (const [i, node] of small.addresses.entries()) {
    const following = [...small.addresses.slice(i + 1), ...small.addresses.slice(0, i + 1)];
    assertEquals(small.table(node), isGiver(node.kind) ? following : []);
  }
  const large = new NetworkPlan([
    ["core-31", { ipv4: 1 }],
    ["young", { ipv4: 1 }],
    ["poisoner", { ipv4: 1 }],
    ["mute", { ipv4: 1 }],
    ["invented", { ipv4: 1001 }],
    ["too old", { ipv6: 1001 }],
  ], 8333);
  const tables = new Map(large.addresses.map((node) => [node.kindName, large.table(node)]));
  const sizes = ["core-31", "young", "poisoner", "mute", "too old"] as const;
  assertEquals(sizes.map((name) => tables.get(name)?.length), [1000, 150, 1000, 0, 0]);
  assertEquals(tables.get("poisoner"), large.addresses.filter(({ kind }) => kind.invented).slice(0, 1000));
});

Deno.test("NetworkPlan has each address once, and those of a kind far apart, whatever its size", () => {
  for (let size = 1; size < 50; size++) {
    const { addresses } = new NetworkPlan([["core-31", { ipv4: size }], ["gone", { ipv4: size }]], 8333);
    assertEquals(new Set(textsOf(addresses)).size, 2 * size);
    const row = addresses.map(({ kindName }) => kindName === "gone" ? "g" : "c").join("");
    assertEquals(/c{4}|g{4}/.exec(row + row.slice(0, 3)), null, row);
  }
});

Deno.test("NetworkPlan has nodes seen within half a day, others within a day and a half, and those too old later", () => {
  const HOUR = 3600;
  const range = (kind: KindName, count: number) => {
    const ages = new NetworkPlan([[kind, { ipv4: count }]], 8333).addresses.map(({ age }) => age);
    return [Math.min(...ages), Math.max(...ages)].map((age) => Math.round(age / HOUR * 10) / 10);
  };
  assertEquals(range("core-31", 1000), [0, 12]);
  assertEquals(range("silent", 3000), [0, 36]);
  assertEquals(range("unroutable", 3000), [0, 36]);
  assertEquals(range("too old", 30_000), [72, 23 * 24]);
});
