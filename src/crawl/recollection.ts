/**
 * Bringing to mind what earlier runs knew.
 *
 * @module
 */

import type { KnownAddresses } from "./known_addresses.ts";
import type { Remembered } from "./memory.ts";
import type { Namers } from "./namers.ts";

/** Adds addresses to those that are known, which are none yet; gives the number of each. */
export function* recollect(
  addresses: Iterable<Remembered>,
  known: KnownAddresses,
  namers: Namers,
): Generator<readonly [number: number, one: Remembered], void, void> {
  const group = namers.openMemory();
  namers.close();
  for (const one of addresses) {
    const { address, services, time, groups } = one;
    const number = known.add(address);
    known.setSource(number, number);
    if (groups > 0) known.setGroups(number, group, groups);
    known.addTime(number, time ?? 0);
    const bits = services ?? 0n;
    known.addServices(number, Number(bits & 0xffff_ffffn), Number(bits >> 32n));
    yield [number, one];
  }
  // A set takes only numbers of addresses that are there when it is opened.
  namers.openMemory();
  for (let number = 0; number < known.end; number++) if (known.isSingle(number)) namers.name(number);
  namers.close();
}
