/**
 * The targets that the library accepts: text, and addresses as objects.
 *
 * @module
 */

import { formatAddress } from "../address/address.ts";
import { AddressError } from "../address/errors.ts";
import { type Host, parseHost } from "../address/host.ts";
import { type Network, NETWORK_NAMES } from "../address/network.ts";
import { OPTION_NAMES } from "../net/option_names.ts";
import { integer, isObject, isString, ITERABLE, objectWith, oneOf, optional, rule, STRING } from "../wire/argument.ts";
import { PORT } from "../wire/chains.ts";
import { i2pPort, overlayHost } from "./overlay.ts";
import { type AddressTarget, addressTarget, type NameTarget, parseTarget, type Target, TargetError } from "./target.ts";

/** An address as an object. */
export interface AddressParts {
  /** The IP address, in any notation, without brackets, or the onion or I2P name. */
  readonly host: string;
  /** The port, 1 to 65535; by default that of the options, or of the chain. */
  readonly port?: number;
  /** The network; must match the host. */
  readonly network?: Network;
}

/** The port of an I2P address is 0, which is not allowed for others. */
const ANY_PORT = integer(0, 65_535);

const PARTS = objectWith("text, or an address as { host, port }", {
  host: STRING,
  port: optional(ANY_PORT),
  network: optional(oneOf(...NETWORK_NAMES)),
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
export function readAddress(address: string | AddressParts, networks: readonly Network[]): AddressTarget {
  const target = targetOf("address", address, networks);
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
  networks: readonly Network[],
): Target[] | AsyncIterable<Target> {
  TARGETS.check("targets", targets);
  if (Symbol.asyncIterator in targets) return readEach(targets, networks);
  return Array.from(targets, (target, i) => targetOf(`targets[${i}]`, target, networks));
}

async function* readEach(
  targets: AsyncIterable<string | AddressParts>,
  networks: readonly Network[],
): AsyncGenerator<Target, void, void> {
  let i = 0;
  for await (const target of targets) yield targetOf(`targets[${i++}]`, target, networks);
}

function targetOf(name: string, value: string | AddressParts, networks: readonly Network[]): Target {
  if (isString(value)) return parseTarget(value, { networks });
  PARTS.check(name, value);
  const { network } = value;
  const refuse = (reason: string, options?: ErrorOptions) => new TargetError(value.host, reason, options);
  const host = hostOf(value.host, networks, refuse);
  if (network !== undefined && network !== host.network) {
    throw refuse(`the network is ${network}, but that of the host is ${host.network}`);
  }
  if (host.network === "i2p") return addressTarget(host.host, host, i2pPort(value.port?.toString(), refuse));
  if (value.port !== undefined) PORT.check(`${name}.port`, value.port);
  const { port = null } = value;
  return addressTarget(port === null ? host.host : formatAddress({ ...host, port }), host, port);
}

function hostOf(
  text: string,
  networks: readonly Network[],
  refuse: (reason: string, options?: ErrorOptions) => TargetError,
): Host {
  try {
    const host = overlayHost(text, { networks, optionNames: OPTION_NAMES }, refuse) ??
      parseHost(text, { cjdns: networks.includes("cjdns") });
    if (host !== undefined) return host;
  } catch (error) {
    throw error instanceof AddressError ? refuse(error.message, { cause: error }) : error;
  }
  throw refuse("expected an IP address, or an onion or I2P name, as the host");
}
