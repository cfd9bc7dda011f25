/**
 * A simulated Bitcoin network of many nodes that know each other, in all five networks: their listeners on loopback, an
 * {@linkcode Io} that connects their addresses to them, a simulated Tor and a simulated I2P.
 *
 * @module
 */

import { formatAddress, type IpAddress } from "../../address/address.ts";
import { denoIo, type Io, systemClock } from "../../net/io.ts";
import { formatEndpoint } from "../../net/endpoint.ts";
import type { RouteSettings } from "../../net/reach.ts";
import { type Chain, CHAINS, MAINNET } from "../../wire/chains.ts";
import { refusingAddress } from "../demo.ts";
import { SimulatedPeer } from "../peer.ts";
import { SimulatedSamBridge } from "../sam_bridge.ts";
import { nodeScript, silentScript } from "../scripts.ts";
import { SimulatedSocks5Proxy } from "../socks5_proxy.ts";
import { Gossip } from "./gossip.ts";
import type { DeadKind } from "./kinds.ts";
import { NetworkPlan, type PlannedAddress } from "./plan.ts";
import type { Population } from "./population.ts";

/** A running network. */
export interface SimulatedNetwork extends AsyncDisposable {
  /** What is in it. */
  readonly plan: NetworkPlan;
  /** The ways to the networks that need one. */
  readonly routes: Required<Pick<RouteSettings, "onion" | "i2psam" | "cjdns">>;
  /** Deno's own, but the addresses of the network, and no others, lead to its nodes. */
  readonly io: Io;
}

/**
 * Starts a network with nodes on `chain`. Every node is on a port of 127.0.0.1: programs without the {@linkcode Io} can
 * reach all of them, those with IP addresses too, over the SOCKS5 proxy in `routes`.
 *
 * @example
 * ```ts
 * import { crawl } from "@bitcoin-p2p/handshake";
 * import { startNetwork } from "@bitcoin-p2p/handshake/sim";
 * import { formatAddress } from "@bitcoin-p2p/handshake/wire";
 * import { assertEquals } from "@std/assert";
 *
 * await using network = await startNetwork([["core-31", { ipv4: 3, onion: 2 }], ["refuses", { ipv4: 1 }]]);
 * const { io, routes, plan: { addresses: [first] } } = network;
 *
 * const targets = first === undefined ? [] : [formatAddress(first.address)];
 * for await (const result of crawl(targets, { ...routes, io })) {
 *   if (result.type === "summary") assertEquals([result.success, result.failure], [5, 1]);
 * }
 * ```
 */
export async function startNetwork(population: Population, chain: Chain = MAINNET): Promise<SimulatedNetwork> {
  await using started = new AsyncDisposableStack();
  const plan = new NetworkPlan(population, chain.port);
  const places = await startNodes(plan, chain, started);
  const targets = new Map(Array.from(places, ([name, place]) => [name, formatAddress(place)]));
  const { address: tor } = started.use(new SimulatedSocks5Proxy({ targets }));
  const { address: i2psam } = started.use(new SimulatedSamBridge({ targets }));
  const ways = new Map([...places, ...[tor, i2psam].map((proxy) => [formatAddress(proxy), proxy] as const)]);
  const stack = started.move();
  return {
    plan,
    routes: { onion: [tor], i2psam, cjdns: true },
    io: { ...denoIo, connect: connector(ways) },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** Where the addresses of each dead kind lead. */
type DeadPlaces = { readonly [S in Exclude<DeadKind["state"], "gone">]: IpAddress };

/** A listener for each node, one for all addresses of each dead kind; by the address that leads there. */
async function startNodes(
  plan: NetworkPlan,
  chain: Chain,
  started: AsyncDisposableStack,
): Promise<ReadonlyMap<string, IpAddress>> {
  const otherChain = CHAINS.find(({ name }) => name !== chain.name) ?? chain;
  const silent = started.use(new SimulatedPeer(silentScript));
  const dead: DeadPlaces = {
    "other chain": started.use(new SimulatedPeer(nodeScript({ chain: otherChain, reads: chain }))).address,
    obsolete: started.use(new SimulatedPeer(nodeScript({ chain, protocolVersion: 209, services: 1n }))).address,
    silent: silent.address,
    refuses: await refusingAddress(silent, started),
  };
  const gossip = new Gossip(plan, Number(systemClock.unixTime()));
  const places = new Map<string, IpAddress>();
  for (const planned of plan.addresses) {
    const place = placeOf(planned, dead, () => started.use(listen(planned, gossip, chain)));
    if (place !== undefined) places.set(formatAddress(planned.address), place);
  }
  return places;
}

function placeOf(
  { kind: { state } }: PlannedAddress,
  dead: DeadPlaces,
  listen: () => SimulatedPeer,
): IpAddress | undefined {
  if (state === "gone" || state === "idle") return undefined;
  return state === "live" ? listen().address : dead[state];
}

function listen(planned: PlannedAddress, gossip: Gossip, chain: Chain): SimulatedPeer {
  const { kind } = planned;
  const node = kind.state === "live" ? kind.node : {};
  return new SimulatedPeer(nodeScript({ chain, ...node, answer: gossip.answerOf(planned) }));
}

/** Connects to where an address leads; one that leads nowhere is unreachable. */
function connector(places: ReadonlyMap<string, IpAddress>): Io["connect"] {
  return (endpoint, signal) => {
    const place = places.get(formatEndpoint(endpoint));
    if (place !== undefined) return denoIo.connect(place, signal);
    return Promise.reject(Object.assign(new Error("no simulated node has this address"), { code: "EHOSTUNREACH" }));
  };
}
