/**
 * Custom signets: test chains whose blocks are signed for a challenge, from which their magic is derived.
 *
 * Source: BIP 325, "Message start"; Bitcoin Core `kernel/chainparams.cpp` (`SigNetParams`).
 *
 * @module
 */

import { checksum } from "../crypto/checksum.ts";
import { type Chain, SIGNET } from "./chains.ts";
import { compactSizeLength, writeCompactSize } from "./compact_size.ts";
import { PayloadWriter } from "./writer.ts";

/**
 * The longest challenge, in bytes: a longer script cannot be satisfied (`MAX_SCRIPT_SIZE` in Bitcoin Core's
 * `script.h`).
 */
export const MAX_CHALLENGE_SIZE = 10_000;

/**
 * The signet with a challenge. Its magic is the first four bytes of the double SHA-256 of the challenge, serialized as
 * a script with its length; everything else is as in the default signet.
 *
 * @example
 * ```ts
 * import { signetChain } from "@bitcoin-p2p/handshake/wire";
 * import { assertEquals } from "@std/assert";
 *
 * const { magic, port } = await signetChain(Uint8Array.of(0x51));
 * assertEquals([magic.toString(16), port], ["54d26fbd", 38333]);
 * ```
 *
 * @param challenge A script of 1 to 10,000 bytes.
 * @throws {RangeError} when the challenge has another length.
 */
export async function signetChain(challenge: Uint8Array): Promise<Chain> {
  const { length } = challenge;
  if (length < 1 || length > MAX_CHALLENGE_SIZE) {
    throw new RangeError(
      `Invalid signet challenge: expected 1 to ${MAX_CHALLENGE_SIZE} bytes, got ${length}`,
    );
  }
  const writer = new PayloadWriter(compactSizeLength(length) + length);
  writeCompactSize(writer, length, "the length of the challenge");
  writer.bytes(challenge, "the challenge");
  return { ...SIGNET, magic: await checksum(writer.finish()) };
}
