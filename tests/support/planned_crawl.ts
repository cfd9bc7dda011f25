/** What a crawl of a simulated network must find: what was built into it. */

import { type Network, NETWORK_NAMES } from "../../src/address/network.ts";
import type { AnswerOutcome, NotDialledReason } from "../../src/crawl/result.ts";
import { errorOf, OUTCOMES } from "../../src/sim/network/kinds.ts";
import type { NetworkPlan, PlannedAddress } from "../../src/sim/network/plan.ts";

/** The counts of a summary that do not depend on time or order, if these networks are enabled. */
export function plannedCounts(plan: NetworkPlan, networks: readonly Network[] = NETWORK_NAMES) {
  const isEnabled = ({ address }: PlannedAddress) => networks.includes(address.network);
  const poisons = plan.addresses.some((one) => one.kindName === "poisoner" && isEnabled(one));
  const addresses = plan.addresses.filter(({ kind }) => poisons || !kind.invented);
  const dialled = addresses.filter((one) => one.kind.state !== "idle" && isEnabled(one));
  const live = dialled.filter(({ kind }) => kind.state === "live");
  const outcomes = countBy(live, ({ kind }): AnswerOutcome => kind.state === "live" ? OUTCOMES[kind.answer] : "silent");
  const inNetwork = (all: readonly PlannedAddress[], network: Network) =>
    all.filter(({ address }) => address.network === network).length;
  return {
    peers: dialled.length,
    success: live.length,
    errors: countBy(dialled, ({ kind, address }) => errorOf(kind, address.network)),
    known: addresses.length,
    networks: Object.fromEntries(NETWORK_NAMES.map((network) => [network, {
      known: inNetwork(addresses, network),
      dialled: inNetwork(dialled, network),
      success: inNetwork(live, network),
    }])),
    notDialled: countBy(
      addresses,
      (one): NotDialledReason | null => one.kind.state === "idle" ? one.kind.reason : isEnabled(one) ? null : "network",
    ),
    asked: live.length,
    answered: outcomes.answered ?? 0,
    selfOnly: outcomes.self_only ?? 0,
    silent: outcomes.silent ?? 0,
    malformed: outcomes.malformed ?? 0,
    closed: outcomes.closed ?? 0,
    entries: live.reduce((sum, node) => sum + entriesOf(plan, node), 0),
  };
}

/** How many entries a node gives out. */
function entriesOf(plan: NetworkPlan, node: PlannedAddress): number {
  const { kind, kindName } = node;
  if (kind.state !== "live" || kind.answer !== "table" && kind.answer !== "itself") return 0;
  const named = [node, ...plan.table(node)];
  // The one kind that cannot be asked for addrv2.
  return kindName === "core-0.20"
    ? named.filter(({ address: { network } }) => /^ipv/.test(network)).length
    : named.length;
}

/** How many of `items` have each value that is not `null`. */
function countBy<T, V extends string>(items: readonly T[], valueOf: (item: T) => V | null): { [W in V]?: number } {
  const counts: { [W in V]?: number } = {};
  for (const item of items) {
    const value = valueOf(item);
    if (value !== null) counts[value] = (counts[value] ?? 0) + 1;
  }
  return counts;
}
