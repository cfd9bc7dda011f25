/**
 * A network address as in `version`: services, IP address and port, 26 bytes, without the time that `addr` adds.
 *
 * Source: Bitcoin Core `protocol.h` (`CAddress`, the serialization before version 31402) and `netaddress.h`
 * (`CService`).
 *
 * @module
 */

import type { IpAddress } from "../address/address.ts";
import { ipHost, withoutZone } from "../address/host.ts";
import { parseIp, UNSPECIFIED_IP } from "../address/ip.ts";
import { WireError } from "./errors.ts";
import type { PayloadReader } from "./reader.ts";
import type { PayloadWriter } from "./writer.ts";

/** Size of a network address, in bytes. */
export const NETWORK_ADDRESS_SIZE = 26;

/** The address of a node, with its services. */
export interface NetworkAddress extends IpAddress {
  /** 64 service bits. */
  readonly services: bigint;
}

/** The unspecified address: no services, `::`, port 0. */
export const UNSPECIFIED_ADDRESS: NetworkAddress = {
  services: 0n,
  network: "ipv6",
  host: UNSPECIFIED_IP,
  port: 0,
};

/** Reads a network address; `field` names it in errors. */
export function readNetworkAddress(reader: PayloadReader, field: string): NetworkAddress {
  const services = reader.uint64(`${field}.services`);
  const { network, host } = ipHost(reader.bytes(16, `${field}.ip`));
  const port = reader.uint16BigEndian(`${field}.port`);
  return { services, network, host, port };
}

/**
 * Writes a network address; `field` names it in errors.
 *
 * @throws {WireError} `out_of_range` when `host` is not an IP address or a number does not fit.
 */
export function writeNetworkAddress(writer: PayloadWriter, address: NetworkAddress, field: string): void {
  const ip = parseIp(withoutZone(address.host));
  if (ip === undefined) {
    throw new WireError(
      "out_of_range",
      `Cannot write ${field}.ip: expected an IPv4 or IPv6 address, got ${address.host}`,
    );
  }
  writer.uint64(address.services, `${field}.services`);
  writer.bytes(ip, `${field}.ip`);
  writer.uint16BigEndian(address.port, `${field}.port`);
}
