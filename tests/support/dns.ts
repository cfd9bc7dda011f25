/**
 * Name servers for tests that run the program.
 *
 * @module
 */

import { formatAddress } from "../../src/address/address.ts";
import { DnsServer, type DnsServerOptions } from "../../src/sim/dns_server.ts";
import type { DnsZoneEntry } from "../../src/sim/dns_zone.ts";

/** Starts a name server with these names. */
export function startDns(
  names: Readonly<Record<string, DnsZoneEntry>>,
  options: Omit<DnsServerOptions, "zone"> = {},
): Promise<DnsServer> {
  return DnsServer.start({ zone: new Map(Object.entries(names)), ...options });
}

/** The options that make the program use that name server. */
export function asking(server: DnsServer): readonly string[] {
  return ["--dns-server", formatAddress(server.address)];
}
