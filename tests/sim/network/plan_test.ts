import { assertEquals, assertGreaterOrEqual } from "@std/assert";
import { formatAddress } from "../../../src/address/address.ts";
import { networkGroup } from "../../../src/address/network_group.ts";
import { whyUnroutable } from "../../../src/address/routability.ts";
import { isGiver, NetworkPlan, type PlannedAddress } from "../../../src/sim/network/plan.ts";
import { DEMO_POPULATION } from "../../../src/sim/network/population.ts";

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
