/**
 * Hostile answers to `getaddr`: peers with which every handshake succeeds, but that answer a crawler in every way there
 * is. Meant for testing other implementations as much as this one.
 *
 * @module
 */

import type { HostileAnswer } from "./hostile/answers/answer.ts";
import { ENDINGS } from "./hostile/answers/endings.ts";
import { MALFORMED } from "./hostile/answers/malformed.ts";
import { READABLE } from "./hostile/answers/readable.ts";
import { V2_ANSWERS } from "./hostile/answers/v2.ts";

export type { ExpectedAnswer, HostileAnswer } from "./hostile/answers/answer.ts";

/**
 * The answers. Start each peer with {@linkcode startHostilePeer}. An answer ends within two seconds, or with the time it
 * has: a few seconds are enough. All addresses in them are for documentation or in overlay networks.
 */
export const HOSTILE_ANSWERS: readonly HostileAnswer[] = [...READABLE, ...MALFORMED, ...ENDINGS, ...V2_ANSWERS];
