/**
 * What is done unless told otherwise.
 *
 * @module
 */

import { MAINNET } from "../wire/chains.ts";
import { DEFAULT_USER_AGENT } from "../wire/user_agent.ts";
import { DEFAULT_PROTOCOL_VERSION } from "../wire/version.ts";
import type { ScanSettings } from "./scan.ts";

/** The settings of a scan with no option given; the port is then the chain's own. */
export const DEFAULT_SETTINGS: Omit<ScanSettings, "port"> = {
  chain: MAINNET,
  transport: "v1",
  services: 0n,
  receivingServices: 0n,
  protocolVersion: DEFAULT_PROTOCOL_VERSION,
  userAgent: DEFAULT_USER_AGENT,
  startHeight: 0,
  relay: false,
  timeout: 10_000,
  networks: ["ipv4", "ipv6"],
  concurrency: 512,
  hold: 0,
};

/** Settings with the defaults filled in. */
export function withDefaults(options: Partial<ScanSettings> = {}): ScanSettings {
  const settings = { ...DEFAULT_SETTINGS, ...options };
  return { ...settings, port: settings.port ?? settings.chain.port };
}
