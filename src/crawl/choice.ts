/**
 * Whether an address is dialled, and if not, why.
 *
 * @module
 */

import type { Address } from "../address/address.ts";
import { keyNetwork, keyPort } from "../address/key.ts";
import type { Network } from "../address/network.ts";
import { whyKeyUnroutable } from "../address/routability.ts";
import { type KnownAddresses, STATE, type State } from "./known_addresses.ts";

/** Which addresses are dialled. */
export interface ChoiceSettings {
  /** An address that nobody has seen for longer is not dialled, in milliseconds. */
  readonly maxAge: number;
  /** The networks that are dialled. */
  readonly networks: readonly Network[];
  /** Whether an address must not be dialled; none by default. */
  readonly excludes?: ((address: Address) => boolean) | undefined;
  /** Whether addresses that are not routable on the public internet are dialled. */
  readonly includeUnroutable: boolean;
}

/** Two times in seconds since 1970: when an address was last seen, and now. */
export interface Seen {
  /** When somebody has seen it last. */
  readonly time: number;
  /** The time now. */
  readonly now: number;
}

/** What becomes of an address that is no target: {@linkcode STATE.waiting}, or why it is not dialled. */
export function stateFor(known: KnownAddresses, number: number, { time, now }: Seen, settings: ChoiceSettings): State {
  const { includeUnroutable, maxAge, excludes, networks } = settings;
  const { bytes } = known;
  const offset = known.keyOffset(number);
  const network = keyNetwork(bytes, offset);
  if (!includeUnroutable && whyKeyUnroutable(bytes, offset) !== undefined) return STATE.unroutable;
  if ((keyPort(bytes, offset) === 0) !== (network === "i2p")) return STATE.portZero;
  if (now - time > maxAge / 1000) return STATE.tooOld;
  if (excludes?.(known.at(number))) return STATE.excluded;
  return networks.includes(network) ? STATE.waiting : STATE.network;
}
