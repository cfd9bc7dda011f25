/**
 * The user agent that this program announces.
 *
 * Source: BIP 14.
 *
 * @module
 */

import config from "../../deno.json" with { type: "json" };
import { isString, rule, type ValueRule } from "./argument.ts";

/** The version of this program. */
export const VERSION: string = config.version;

/** The longest user agent Bitcoin Core accepts, in bytes (`MAX_SUBVERSION_LENGTH` in `net.h`). */
export const MAX_USER_AGENT_LENGTH = 256;

/** What is announced unless told otherwise, in the form that BIP 14 asks for. */
export const DEFAULT_USER_AGENT: string = `/bitcoin-p2p-handshake:${VERSION}/`;

/** What a user agent to announce can be. */
export const USER_AGENT: ValueRule<string> = rule(
  `a string of at most ${MAX_USER_AGENT_LENGTH} bytes in UTF-8`,
  isString,
  (text) => new TextEncoder().encode(text).length <= MAX_USER_AGENT_LENGTH,
);
