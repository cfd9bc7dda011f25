/**
 * The options of the library as settings.
 *
 * @module
 */

import { reachableNetworks } from "../net/reach.ts";
import { invalid, type Rule } from "../wire/argument.ts";
import { checkOptions, OPTION_RULES } from "./rules.ts";
import type { ScanSettings } from "./scan.ts";
import { type ScanOptions, withDefaults } from "./settings.ts";

/**
 * Checks the given options, by `rules` if they are not those of a scan.
 *
 * @throws {TypeError} when one is unknown, or of the wrong type.
 * @throws {RangeError} when one is not allowed.
 */
export function readOptions(
  options: ScanOptions,
  rules: { readonly [name: string]: Rule } = OPTION_RULES,
): ScanSettings {
  checkOptions(options, rules);
  const settings = withDefaults(options);
  const reachable = reachableNetworks(settings);
  const [unreachable] = settings.networks.filter((network) => !reachable.includes(network));
  if (unreachable === undefined) return settings;
  const expected = `reachable networks (${reachable.join(", ")}; others need proxy, onion, i2psam or cjdns)`;
  throw new RangeError(invalid("networks", expected, unreachable));
}

/**
 * Checks that names can be resolved: with a proxy, the system's name server must not be used.
 *
 * @throws {TypeError} when a name server is needed and not given.
 */
export function checkNameServer({ proxy, nameServer }: ScanSettings): void {
  if (proxy === undefined || nameServer !== undefined) return;
  throw new TypeError(invalid("nameServer", "a name server, as a proxy cannot list addresses", nameServer));
}
