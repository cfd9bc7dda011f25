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
 *
 * @example
 * ```ts
 * import { crawl, denoIo } from "@bitcoin-p2p/handshake";
 * import { HOSTILE_ANSWERS, HOSTILE_CLOCK, startHostilePeer } from "@bitcoin-p2p/handshake/sim";
 * import { assertEquals } from "@std/assert";
 *
 * for (const peer of HOSTILE_ANSWERS.slice(0, 2)) {
 *   await using running = await startHostilePeer(peer);
 *   for await (const result of crawl([running.target], { io: { ...denoIo, clock: HOSTILE_CLOCK } })) {
 *     if (result.type !== "addrs") continue;
 *     assertEquals(result.outcome, peer.expected.outcome, peer.name);
 *     assertEquals(result.entries, peer.expected.entries, peer.name);
 *   }
 * }
 * ```
 */
export const HOSTILE_ANSWERS: readonly HostileAnswer[] = [...READABLE, ...MALFORMED, ...ENDINGS, ...V2_ANSWERS];
