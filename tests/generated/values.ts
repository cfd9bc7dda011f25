/** Random values of the protocol. */

import { ipHost } from "../../src/address/host.ts";
import type { NetworkAddress } from "../../src/wire/network_address.ts";
import type { VersionMessage } from "../../src/wire/version.ts";
import type { Random } from "../support/random.ts";

const INT32 = [-0x8000_0000, 0x7fff_ffff] as const;

/** The optional fields of a version after the mandatory ones, in groups that come and go together. */
export const VERSION_TAILS = [0, 1, 2, 3, 4] as const;

/** The 16 bytes of an IP address: IPv4, or IPv6 with many zero groups. */
export function ipBytes(random: Random): Uint8Array<ArrayBuffer> {
  const bytes = random.bytes(16);
  if (random.chance(0.3)) bytes.set(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff));
  else {
    const zeros = random.below(256);
    for (let group = 0; group < 8; group++) {
      if ((zeros >> group) & 1) bytes.fill(0, 2 * group, 2 * group + 2);
      else if (random.chance(0.3)) bytes[2 * group] = 0;
    }
  }
  return bytes;
}

/** An address with its services. */
export function networkAddress(random: Random): NetworkAddress {
  return { services: random.uint64(), ...ipHost(ipBytes(random)), port: random.integer(0, 65_535) };
}

/** A user agent of any bytes, mostly short, sometimes of the maximum length. */
export function userAgent(random: Random): Uint8Array<ArrayBuffer> {
  const length = random.chance(0.8) ? random.below(24) : random.pick([252, 253, 254, 255, 256, random.below(257)]);
  return random.bytes(length);
}

/** A version message that ends after `tail` of the four groups of optional fields. */
export function versionMessage(random: Random, tail: number = random.pick(VERSION_TAILS)): VersionMessage {
  return {
    type: "version",
    protocolVersion: random.integer(...INT32),
    services: random.uint64(),
    timestamp: random.int64(),
    addrRecv: networkAddress(random),
    addrFrom: tail >= 1 ? networkAddress(random) : null,
    nonce: tail >= 1 ? random.uint64() : null,
    userAgent: tail >= 2 ? userAgent(random) : null,
    startHeight: tail >= 3 ? random.integer(...INT32) : null,
    relay: tail >= 4 ? random.chance(0.5) : null,
  };
}
