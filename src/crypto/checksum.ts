/**
 * The checksum of v1 messages: the first four bytes of the double SHA-256 of the payload, by Web Crypto.
 *
 * @module
 */

/** The checksum of an empty payload, which every `verack` has: `5d f6 e0 e2`. */
export const EMPTY_CHECKSUM = 0x5df6e0e2;

/**
 * The checksum of `payload`, as one number in network byte order.
 *
 * @example
 * ```ts
 * import { checksum } from "@bitcoin-p2p/handshake/protocol";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await checksum(new Uint8Array()), 0x5df6e0e2);
 * ```
 */
export async function checksum(payload: Uint8Array<ArrayBuffer>): Promise<number> {
  const once = await crypto.subtle.digest("SHA-256", payload);
  const twice = await crypto.subtle.digest("SHA-256", once);
  return new DataView(twice).getUint32(0);
}
