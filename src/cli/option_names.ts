/**
 * The names of options in messages of scans and audits.
 *
 * @module
 */

import type { OptionNames } from "../net/option_names.ts";
import type { OPTIONS } from "./options.ts";

/** Their names on the command line. */
export const OPTION_NAMES = {
  chain: "--chain",
  port: "--port",
  nameServer: "--dns-server",
  proxy: "--proxy",
  onion: "--onion",
  i2psam: "--i2psam",
  cjdns: "--cjdns",
  concurrency: "--concurrency",
  hold: "--hold",
} as const satisfies { readonly [N in keyof OptionNames]: `--${keyof typeof OPTIONS}` };

/** The same for a signet, which may be a custom one. */
export const SIGNET_OPTION_NAMES: OptionNames = { ...OPTION_NAMES, chain: "--chain, --signet-challenge" };
