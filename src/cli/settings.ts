/**
 * The settings of handshakes, from the options.
 *
 * @module
 */

import type { ScanSettings } from "../scan/scan.ts";
import { type Chain, SIGNET } from "../wire/chains.ts";
import { signetChain } from "../wire/signet.ts";
import { routeSettings, wantedNetworks } from "./networks.ts";
import { OPTION_NAMES, SIGNET_OPTION_NAMES } from "./option_names.ts";
import type { CommandLine } from "./options.ts";

/** The chain that the options choose. */
export async function chainOf(
  { chain, "signet-challenge": challenge }: Pick<CommandLine, "chain" | "signet-challenge">,
): Promise<Chain> {
  return challenge === undefined ? chain : await signetChain(challenge);
}

/** The settings of all handshakes, from the options. */
export async function scanSettings(options: CommandLine): Promise<ScanSettings> {
  return {
    chain: await chainOf(options),
    transport: options.transport,
    port: options.port ?? options.chain.port,
    services: options.services,
    receivingServices: options["receiving-services"],
    protocolVersion: options["protocol-version"],
    userAgent: options["user-agent"],
    startHeight: options["start-height"],
    relay: options.relay,
    timeout: options.timeout,
    concurrency: options.concurrency,
    hold: options.hold,
    networks: wantedNetworks(options),
    ...routeSettings(options),
    nameServer: options["dns-server"],
    optionNames: options.chain.name === SIGNET.name ? SIGNET_OPTION_NAMES : OPTION_NAMES,
  };
}
