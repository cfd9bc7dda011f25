/**
 * The user agent, which names a node's software.
 *
 * Source: BIP 14.
 *
 * @module
 */

import { isString, rule, type ValueRule } from "./argument.ts";

/** The longest user agent Bitcoin Core accepts, in bytes (`MAX_SUBVERSION_LENGTH` in `net.h`). */
export const MAX_USER_AGENT_LENGTH = 256;

/** A user agent to announce. */
export const USER_AGENT: ValueRule<string> = rule(
  `a string of at most ${MAX_USER_AGENT_LENGTH} bytes in UTF-8`,
  isString,
  (text) => new TextEncoder().encode(text).length <= MAX_USER_AGENT_LENGTH,
);
