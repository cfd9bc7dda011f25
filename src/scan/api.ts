/**
 * The three questions one can ask: shake hands with a peer, resolve a seed, scan many.
 *
 * @module
 */

import { resolveName } from "../net/dns.ts";
import { Initiator } from "../net/initiator.ts";
import { denoIo } from "../net/io.ts";
import { type AddressParts, readAddress, readName, readTargets } from "./input.ts";
import type { PeerResult, SeedResult } from "./result.ts";
import { checkOptions, OPTION_RULES } from "./rules.ts";
import { Scan } from "./scan.ts";
import { type Options, withDefaults } from "./settings.ts";

/**
 * Shakes hands with the peer at an IP address: text, with or without port, or an object such as `{ host, port }`. What
 * goes wrong with the peer is in the result, which comes when the connection is closed: with `options.hold`, only after
 * that.
 *
 * @throws {TargetError} when `address` is no IP address.
 * @throws {TypeError} when `address` or an option has the wrong type, or an option is unknown.
 * @throws {RangeError} when an option is not allowed.
 * @throws the reason of `options.signal`, when that aborts.
 */
export async function handshake(address: string | AddressParts, options: Options = {}): Promise<PeerResult> {
  checkOptions(options, OPTION_RULES);
  const target = readAddress(address);
  const settings = withDefaults(options);
  const { network, host, port } = target;
  const peer = { network, host, port: port ?? settings.port };
  using initiator = new Initiator(settings, options.io ?? denoIo, options.signal);
  const outcome = await initiator.shakeHands(peer);
  await initiator.closed();
  return { type: "peer", target: target.text, address: peer, outcome };
}

/**
 * Resolves the name of a seed to IP addresses. What goes wrong with that is in the result.
 *
 * @throws {TargetError} when `name` is no DNS name.
 * @throws {TypeError} when `name` or an option has the wrong type, or an option is unknown.
 * @throws {RangeError} when an option is not allowed.
 * @throws the reason of `options.signal`, when that aborts.
 */
export async function resolve(name: string, options: Options = {}): Promise<SeedResult> {
  checkOptions(options, OPTION_RULES);
  const { text, host } = readName(name);
  const { io = denoIo, signal } = options;
  const resolution = await resolveName(host, withDefaults(options), io, undefined, signal);
  return { type: "seed", target: text, resolution };
}

/**
 * Shakes hands with every peer of every target, many at once; iterate it for the results. A target is text, or an
 * address as an object. Targets of an async iterable are dialled as they come; when one is none, or the iterable fails,
 * the iteration throws that, after the summary.
 *
 * @throws {TargetError} when one of `targets` is neither a DNS name nor an IP address.
 * @throws {TypeError} when `targets` or an option has the wrong type, or an option is unknown.
 * @throws {RangeError} when an option is not allowed.
 */
export function scan(
  targets: Iterable<string | AddressParts> | AsyncIterable<string | AddressParts>,
  options: Options = {},
): Scan {
  checkOptions(options, OPTION_RULES);
  return new Scan(readTargets(targets), withDefaults(options), options.io ?? denoIo, options.signal);
}
