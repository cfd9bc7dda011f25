/**
 * The three questions one can ask: shake hands with a peer, resolve a seed, scan many.
 *
 * @module
 */

import { resolveName } from "../net/dns.ts";
import { denoIo, type Io } from "../net/io.ts";
import { Initiator } from "../net/initiator.ts";
import type { PeerResult, SeedResult } from "./result.ts";
import { Scan, type ScanSettings } from "./scan.ts";
import { withDefaults } from "./settings.ts";
import { parseTarget, TargetError } from "./target.ts";

/** Any of the settings, and what to run on. */
export interface Options extends Partial<ScanSettings> {
  /** Ends the work at once when it aborts. */
  readonly signal?: AbortSignal;
  /** Clock, randomness, connections and resolver; Deno's own by default. */
  readonly io?: Io;
}

/**
 * Shakes hands with the peer at an IP address, with or without port. What goes wrong is in the result.
 *
 * @throws {TargetError} when `address` is no IP address.
 * @throws the reason of `options.signal`, when that aborts.
 */
export async function handshake(address: string, options: Options = {}): Promise<PeerResult> {
  const target = parseTarget(address);
  if (target.isName) throw new TargetError(`expected an IP address, got the name ${address}: resolve it first`);
  const settings = withDefaults(options);
  const socketAddress = { ip: target.host, port: target.port ?? settings.port };
  using initiator = new Initiator(settings, options.io ?? denoIo, options.signal);
  const outcome = await initiator.shakeHands(socketAddress);
  await initiator.closed();
  return { type: "peer", target: target.text, address: socketAddress, outcome };
}

/**
 * Resolves a name to IP addresses. What goes wrong is in the result.
 *
 * @throws {TargetError} when `name` is no DNS name.
 * @throws the reason of `options.signal`, when that aborts.
 */
export async function resolveSeed(name: string, options: Options = {}): Promise<SeedResult> {
  const target = parseTarget(name);
  if (!target.isName) throw new TargetError(`expected a DNS name, got the address ${name}`);
  const io = options.io ?? denoIo;
  const resolution = await resolveName(target.host, withDefaults(options), io, undefined, options.signal);
  return { type: "seed", target: target.text, resolution };
}

/**
 * Shakes hands with every peer of every target, many at once; iterate it for the results.
 *
 * @throws {TargetError} when one of `targets` is neither a DNS name nor an IP address.
 */
export function scan(targets: Iterable<string>, options: Options = {}): Scan {
  return new Scan(Array.from(targets, parseTarget), withDefaults(options), options.io ?? denoIo, options.signal);
}
