/**
 * The library's functions: shake hands with a peer, resolve a seed, scan many peers.
 *
 * @module
 */

import { resolveName } from "../net/dns.ts";
import { Initiator } from "../net/initiator.ts";
import { denoIo } from "../net/io.ts";
import { reachableNetworks } from "../net/reach.ts";
import { type AddressParts, readAddress, readName, readTargets } from "./input.ts";
import type { PeerResult, SeedResult } from "./result.ts";
import { checkNameServer, readOptions } from "./options.ts";
import { Scan } from "./scan.ts";
import type { ScanOptions } from "./settings.ts";

/**
 * Shakes hands with the peer at an address, not a DNS name: text, with or without port, or an object such as
 * `{ host, port }`. Errors of the peer are in the result, which comes when the connection is closed: with
 * `options.hold`, only after that time. Onion and I2P names need the same options as in {@linkcode scan}.
 *
 * @example
 * ```ts
 * import { handshake } from "@bitcoin-p2p/handshake";
 * import { nodeScript, SimulatedPeer } from "@bitcoin-p2p/handshake/sim";
 * import { assertEquals } from "@std/assert";
 *
 * await using peer = new SimulatedPeer(nodeScript());
 *
 * const { outcome } = await handshake(peer.address, { transport: "auto" });
 * assertEquals([outcome.error, outcome.transport], [null, "v2"]);
 * ```
 *
 * @throws {TargetError} when `address` is not an address, or is on a network that cannot be reached.
 * @throws {TypeError} when `address` or an option has the wrong type, or an option is unknown.
 * @throws {RangeError} when an option is not allowed.
 * @throws the reason of `options.signal`, when that aborts.
 */
export async function handshake(address: string | AddressParts, options: ScanOptions = {}): Promise<PeerResult> {
  const settings = readOptions(options);
  const target = readAddress(address, reachableNetworks(settings));
  const { network, host, port } = target;
  const peer = { network, host, port: port ?? settings.port };
  using initiator = new Initiator(settings, options.io ?? denoIo, options.signal);
  const outcome = await initiator.shakeHands(peer);
  await initiator.closed();
  return { type: "peer", target: target.text, address: peer, outcome };
}

/**
 * Resolves the name of a seed to IP addresses. Errors of the resolution are in the result.
 *
 * @example
 * ```ts
 * import { resolve } from "@bitcoin-p2p/handshake";
 * import { DnsServer } from "@bitcoin-p2p/handshake/sim";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = await DnsServer.start({ zone: new Map([["seed.test", { a: ["192.0.2.1"] }]]) });
 * const { host: ipAddr, port } = server.address;
 *
 * const { resolution } = await resolve("seed.test", { nameServer: { ipAddr, port } });
 * assertEquals(resolution.addresses, [{ network: "ipv4", host: "192.0.2.1" }]);
 * ```
 *
 * @throws {TargetError} when `name` is not a DNS name.
 * @throws {TypeError} when `name` or an option has the wrong type, or an option is unknown.
 * @throws {RangeError} when an option is not allowed.
 * @throws the reason of `options.signal`, when that aborts.
 */
export async function resolve(name: string, options: ScanOptions = {}): Promise<SeedResult> {
  const settings = readOptions(options);
  checkNameServer(settings);
  const { text, host } = readName(name);
  const { io = denoIo, signal } = options;
  const resolution = await resolveName(host, settings, io, undefined, signal);
  return { type: "seed", target: text, resolution };
}

/**
 * Shakes hands with every peer of every target, many at once; iterate it for the results. A target is text, or an
 * address as an object. Targets of an async iterable are dialled as they come; if one is invalid, or the iterable
 * throws, the iteration throws that error after the summary.
 *
 * Onion and I2P names need the options `onion` (or `proxy`) and `i2psam`, CJDNS addresses `cjdns`. With `proxy`, DNS
 * names are sent to it unresolved, and each is one peer.
 *
 * @example
 * ```ts
 * import { scan } from "@bitcoin-p2p/handshake";
 * import { nodeScript, silentScript, SimulatedPeer } from "@bitcoin-p2p/handshake/sim";
 * import { assertEquals } from "@std/assert";
 *
 * await using peer = new SimulatedPeer(nodeScript());
 * await using mute = new SimulatedPeer(silentScript);
 *
 * for await (const result of scan([peer.target, mute.address], { timeout: 500 })) {
 *   if (result.type === "peer") assertEquals(result.outcome.error === null, result.target === peer.target);
 * }
 * ```
 *
 * @example Onion services, through Tor's SOCKS5 proxy
 * ```ts
 * import { scan } from "@bitcoin-p2p/handshake";
 * import { nodeScript, SimulatedPeer, SimulatedSocks5Proxy } from "@bitcoin-p2p/handshake/sim";
 * import { assertEquals } from "@std/assert";
 *
 * const onion = "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion:8333";
 * await using peer = new SimulatedPeer(nodeScript());
 * await using tor = new SimulatedSocks5Proxy({ targets: new Map([[onion, peer.target]]) });
 *
 * for await (const result of scan([onion], { onion: [tor.address] })) {
 *   if (result.type === "peer") assertEquals([result.address.network, result.outcome.error], ["onion", null]);
 * }
 * ```
 *
 * @throws {TargetError} when one of `targets` is invalid, or on a network that cannot be reached.
 * @throws {TypeError} when `targets` or an option has the wrong type, or an option is unknown.
 * @throws {RangeError} when an option is not allowed.
 */
export function scan(
  targets: Iterable<string | AddressParts> | AsyncIterable<string | AddressParts>,
  options: ScanOptions = {},
): Scan {
  const settings = readOptions(options);
  const read = readTargets(targets, reachableNetworks(settings));
  return new Scan(read, settings, options.io ?? denoIo, options.signal);
}
