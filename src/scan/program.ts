/**
 * What this program calls itself.
 *
 * @module
 */

import config from "../../deno.json" with { type: "json" };

/** The version of this program. */
export const PROGRAM_VERSION: string = config.version;

/** The user agent that is announced unless told otherwise, in the form that BIP 14 asks for. */
export const DEFAULT_USER_AGENT: string = `/bitcoin-p2p-handshake:${PROGRAM_VERSION}/`;
