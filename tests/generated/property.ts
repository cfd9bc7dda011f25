/**
 * Properties that hold for every input, checked on random ones. Each case has its own seed, so that one line replays it
 * alone.
 *
 * @module
 */

import { Random } from "../support/random.ts";

/** A property that holds for every input. */
export interface Property {
  /** The property, as a sentence. */
  readonly says: string;
  /** Its share of a run's cases, relative to the others: lower for slow ones. */
  readonly weight: number;
  /** Generates an input and checks it; throws if the property does not hold. */
  readonly check: (random: Random) => void | Promise<void>;
}

/** Properties by the short names used to replay them. */
export type Properties = Readonly<Record<string, Property>>;

/** A case in which a property did not hold. */
export class PropertyFailure extends Error {
  override readonly name = "PropertyFailure";

  /** Says how to replay the case. */
  constructor(property: string, seed: number, index: number, cause: unknown) {
    const what = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super(
      `Property ${property} does not hold in case ${index} of seed ${seed}. Replay it with\n` +
        `    deno task fuzz --seed ${seed} --property ${property} --case ${index}\n${what}`,
      { cause },
    );
  }
}

/**
 * Checks one case of a property.
 *
 * @throws {PropertyFailure} when the property does not hold.
 */
export async function checkCase(name: string, property: Property, seed: number, index: number): Promise<void> {
  try {
    // Most properties are synchronous, and a turn of the event loop for each case would take most of the time.
    const pending = property.check(new Random(seed, hash(name), index));
    if (pending !== undefined) await pending;
  } catch (cause) {
    throw new PropertyFailure(name, seed, index, cause);
  }
}

/** How many of `total` cases each property gets, by weight; at least one. */
export function shares(properties: Properties, total: number): Map<string, number> {
  const entries = Object.entries(properties);
  const weights = entries.reduce((sum, [, { weight }]) => sum + weight, 0);
  return new Map(entries.map(([name, { weight }]) => [name, Math.ceil(total * weight / weights)]));
}

/** A seed that most likely no run had before. */
export function freshSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}

/** A 32-bit hash of a text: FNV-1a. */
function hash(text: string): number {
  let bits = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) bits = Math.imul(bits ^ byte, 0x01000193);
  return bits;
}
