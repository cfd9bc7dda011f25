/**
 * Which versions of Deno the program runs on. It imports no package, so that it can tell even when none can be loaded.
 *
 * @module
 */

/** The oldest one: older ones have no `Uint8Array.fromHex`, or other names for errors. */
const OLDEST = "2.9";

/** What is wrong with a version of Deno, such as `2.4.0`, and what to do; `null` if it is not too old. */
export function whyTooOld(version: string): string | null {
  if (version.localeCompare(OLDEST, "en", { numeric: true }) >= 0) return null;
  return `Deno ${OLDEST} or later is needed, this is ${version}: run deno upgrade, or npm install -g deno@latest`;
}
