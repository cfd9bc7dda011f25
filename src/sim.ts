/**
 * A Bitcoin network on loopback, for tests: {@linkcode SimulatedPeer} is a peer that follows a script, such as
 * {@linkcode nodeScript}; {@linkcode DnsServer} is a seed with the answers and faults you choose;
 * {@linkcode HOSTILE_PEERS} are hundreds of peers that attack the initiator of a handshake, each with the expected
 * outcome. {@linkcode SimulatedSocks5Proxy} and {@linkcode SimulatedSamBridge} connect any name, such as that of an onion
 * service, to a simulated peer; {@linkcode HOSTILE_PROXIES} are hundreds of hostile ones. {@linkcode startNetwork} is a
 * whole network of nodes that know each other, for crawlers; {@linkcode HOSTILE_ANSWERS} are what a crawler may get.
 *
 * @example
 * ```ts
 * import { scan } from "@bitcoin-p2p/handshake";
 * import { DnsServer, nodeScript, SimulatedPeer } from "@bitcoin-p2p/handshake/sim";
 * import { assertEquals } from "@std/assert";
 *
 * await using peer = new SimulatedPeer(nodeScript());
 * await using seed = await DnsServer.start({ zone: new Map([["seed.test", { a: [peer.address.host] }]]) });
 *
 * const nameServer = { ipAddr: seed.address.host, port: seed.address.port };
 * for await (const result of scan(["seed.test"], { nameServer, port: peer.address.port })) {
 *   if (result.type === "summary") assertEquals(result.success, 1);
 * }
 * ```
 *
 * @module
 */

export { type PeerScript, SimulatedPeer, type SimulatedPeerOptions } from "./sim/peer.ts";
export {
  answerScript,
  CORE_GREETING,
  CORE_NEGOTIATION,
  echoScript,
  nodeScript,
  type NodeScriptOptions,
  otherMessage,
  silentScript,
} from "./sim/scripts.ts";
export type { Asked, GetaddrAnswer } from "./sim/getaddr.ts";
export { type AcceptedConnection, PeerLink } from "./sim/link.ts";

export { DnsServer, type DnsServerOptions, type ReceivedQuery } from "./sim/dns_server.ts";
export type { DnsAnswer, DnsZone, DnsZoneEntry } from "./sim/dns_zone.ts";

export {
  type ExpectedRecord,
  HOSTILE_CLOCK,
  HOSTILE_PEERS,
  type HostilePeer,
  type RunningPeer,
  startHostilePeer,
} from "./sim/hostile.ts";

export { type SimulatedNetwork, startNetwork } from "./sim/network/network.ts";
export { NetworkPlan, type PlannedAddress } from "./sim/network/plan.ts";
export { DEMO_POPULATION, type Population } from "./sim/network/population.ts";
export type { Answer, DeadKind, IdleKind, Kind, KindName, LiveKind } from "./sim/network/kinds.ts";

export { type ExpectedAnswer, HOSTILE_ANSWERS, type HostileAnswer } from "./sim/hostile_answers.ts";

export { SimulatedSocks5Proxy, type SimulatedSocks5ProxyOptions, type Socks5Request } from "./sim/socks5_proxy.ts";
export { type SamStreamRequest, SimulatedSamBridge, type SimulatedSamBridgeOptions } from "./sim/sam_bridge.ts";
export type { Destination, Socks5AddressType } from "./sim/proxies/socks5_messages.ts";
export type { ProxyTargets } from "./sim/proxies/targets.ts";

export {
  type ExpectedProxyRecord,
  fastClock,
  HOSTILE_PROXIES,
  type HostileProxy,
  type RunningProxy,
  startHostileProxy,
} from "./sim/hostile_proxies.ts";
