/**
 * The targets that the library accepts: text, and addresses as objects.
 *
 * @module
 */

import { formatAddress } from "../address/address.ts";
import { AddressError } from "../address/errors.ts";
import { type IpHost, parseIpHost } from "../address/host.ts";
import type { IpNetwork } from "../address/network.ts";
import { isObject, isString, ITERABLE, objectWith, oneOf, optional, rule, STRING } from "../wire/argument.ts";
import { PORT } from "../wire/chains.ts";
import { type AddressTarget, addressTarget, type NameTarget, parseTarget, type Target, TargetError } from "./target.ts";

/** An IP address as an object. */
export interface AddressParts {
  /** The IP address in any notation, without brackets. */
  readonly host: string;
  /** The port, 1 to 65535; by default that of the options, or of the chain. */
  readonly port?: number;
  /** The network; must match the host. */
  readonly network?: IpNetwork;
}

const PARTS = objectWith("text, or an address as { host, port }", {
  host: STRING,
  port: optional(PORT),
  network: optional(oneOf("ipv4", "ipv6")),
});

const TARGETS = rule(
  ITERABLE.allowed,
  (value) => isObject(value) && (Symbol.iterator in value || Symbol.asyncIterator in value),
);

/**
 * Reads an address, as text or as an object.
 *
 * @throws {TargetError} when it is not an address.
 * @throws {TypeError} when it is neither text nor such an object.
 * @throws {RangeError} when its port is not from 1 to 65535.
 */
export function readAddress(address: string | AddressParts): AddressTarget {
  const target = targetOf("address", address);
  if (target.network !== null) return target;
  throw new TargetError(target.text, "expected an IP address, got a name: resolve it first");
}

/**
 * Parses a name.
 *
 * @throws {TargetError} when it is not a name.
 * @throws {TypeError} when it is not text.
 */
export function readName(name: string): NameTarget {
  STRING.check("name", name);
  const target = parseTarget(name);
  if (target.network === null) return target;
  throw new TargetError(name, "expected a DNS name, got an address");
}

/**
 * Reads targets, each as text or as an address object. Those of an async iterable are read as they come.
 *
 * @throws {TargetError} when one is neither a name nor an address.
 * @throws {TypeError} when they are not iterable, or one is neither text nor an address object.
 * @throws {RangeError} when the port of one is not from 1 to 65535.
 */
export function readTargets(
  targets: Iterable<string | AddressParts> | AsyncIterable<string | AddressParts>,
): Target[] | AsyncIterable<Target> {
  TARGETS.check("targets", targets);
  if (Symbol.asyncIterator in targets) return readEach(targets);
  return Array.from(targets, (target, i) => targetOf(`targets[${i}]`, target));
}

async function* readEach(targets: AsyncIterable<string | AddressParts>): AsyncGenerator<Target, void, void> {
  let i = 0;
  for await (const target of targets) yield targetOf(`targets[${i++}]`, target);
}

function targetOf(name: string, value: string | AddressParts): Target {
  if (isString(value)) return parseTarget(value);
  PARTS.check(name, value);
  const { port = null, network } = value;
  const host = ipHost(value.host);
  if (network !== undefined && network !== host.network) {
    throw new TargetError(value.host, `the network is ${network}, but the host is an ${host.network} address`);
  }
  return addressTarget(port === null ? host.host : formatAddress({ ...host, port }), host, port);
}

function ipHost(text: string): IpHost {
  try {
    const host = parseIpHost(text);
    if (host !== undefined) return host;
  } catch (error) {
    if (error instanceof AddressError) throw new TargetError(text, error.message, { cause: error });
    throw error;
  }
  throw new TargetError(text, "expected an IP address as the host");
}
