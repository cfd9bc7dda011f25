/**
 * Which addresses are dialled, and why the others are not.
 *
 * @module
 */

import type { Address } from "../address/address.ts";
import { keyNetwork, keyPort } from "../address/key.ts";
import type { Network } from "../address/network.ts";
import { whyKeyUnroutable } from "../address/routability.ts";
import { type KnownAddresses, STATE, type State } from "./known_addresses.ts";
import type { NotDialledReason } from "./result.ts";

/** Which addresses are kept, and which are dialled. */
export interface FrontierSettings {
  /** An address that nobody has seen for longer is not dialled, in milliseconds. */
  readonly maxAge: number;
  /** How many addresses are kept at most. */
  readonly maxAddresses: number;
  /** The networks that are dialled. */
  readonly networks: readonly Network[];
  /** Whether an address must not be dialled; none by default. */
  readonly excludes?: ((address: Address) => boolean) | undefined;
  /** Whether addresses that are not routable on the public internet are dialled. */
  readonly includeUnroutable: boolean;
  /** Whether {@linkcode Frontier.learnt} is called; false by default. */
  readonly tracks?: boolean;
}

/** Why addresses in these states are not dialled; those in all others are. */
export const REASONS: ReadonlyMap<State, NotDialledReason> = new Map<State, NotDialledReason>([
  [STATE.unroutable, "unroutable"],
  [STATE.portZero, "port_zero"],
  [STATE.tooOld, "too_old"],
  [STATE.excluded, "excluded"],
  [STATE.network, "network"],
  [STATE.backOff, "back_off"],
]);

/** What becomes of an address that is no target, and that was seen at `time`; `now` too is in seconds since 1970. */
export function stateOf(
  known: KnownAddresses,
  number: number,
  time: number,
  now: number,
  { includeUnroutable, maxAge, excludes, networks }: FrontierSettings,
): State {
  const { bytes } = known;
  const offset = known.keyOffset(number);
  const network = keyNetwork(bytes, offset);
  if (!includeUnroutable && whyKeyUnroutable(bytes, offset) !== undefined) return STATE.unroutable;
  if ((keyPort(bytes, offset) === 0) !== (network === "i2p")) return STATE.portZero;
  if (now - time > maxAge / 1000) return STATE.tooOld;
  if (excludes?.(known.at(number))) return STATE.excluded;
  return networks.includes(network) ? STATE.waiting : STATE.network;
}
