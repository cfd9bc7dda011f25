/**
 * The program's name and version.
 *
 * @module
 */

import config from "../../deno.json" with { type: "json" };

/** The version of this program. */
export const PROGRAM_VERSION: string = config.version;

/** The user agent announced by default, in the form of BIP 14. */
export const DEFAULT_USER_AGENT: string = `/bitcoin-p2p-handshake:${PROGRAM_VERSION}/`;
