/**
 * The default settings.
 *
 * @module
 */

import type { Io } from "../net/io.ts";
import { OPTION_NAMES } from "../net/option_names.ts";
import { reachableNetworks } from "../net/reach.ts";
import { MAINNET } from "../wire/chains.ts";
import { DEFAULT_USER_AGENT } from "./program.ts";
import { DEFAULT_PROTOCOL_VERSION } from "../wire/version.ts";
import type { ScanSettings } from "./scan.ts";

/**
 * Options of a scan, all optional, with the signal and the environment.
 *
 * By default it is on mainnet over v1, announces no services, protocol version 70016, the program's own user agent and
 * height 0, wants no transactions, has 512 handshakes in flight, and holds no connection open. It dials the chain's own
 * port, in all networks that can be reached with the other options.
 */
export interface ScanOptions extends Partial<Omit<ScanSettings, "optionNames">> {
  /** Ends the work at once when it aborts. */
  readonly signal?: AbortSignal;
  /** Clock, randomness, connections and resolver; Deno's own by default. */
  readonly io?: Io;
}

/** The settings of a scan without options. */
export const DEFAULT_SETTINGS: Omit<ScanSettings, "port" | "networks"> = {
  chain: MAINNET,
  transport: "v1",
  services: 0n,
  receivingServices: 0n,
  protocolVersion: DEFAULT_PROTOCOL_VERSION,
  userAgent: DEFAULT_USER_AGENT,
  startHeight: 0,
  relay: false,
  concurrency: 512,
  hold: 0,
  optionNames: OPTION_NAMES,
};

/**
 * The settings, with defaults for those that are missing or `undefined`: the chain's own port, and all networks that can
 * be reached.
 */
export function withDefaults(options: Partial<ScanSettings> = {}): ScanSettings {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const settings: typeof DEFAULT_SETTINGS & Partial<Pick<ScanSettings, "port" | "networks">> = {
    ...DEFAULT_SETTINGS,
    ...Object.fromEntries(given),
  };
  const { port = settings.chain.port, networks = reachableNetworks(settings) } = settings;
  return { ...settings, port, networks };
}
