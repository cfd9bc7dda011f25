/**
 * How a v1 connection begins, which no v2 connection does: a magic, and a message type with NULs up to 12 bytes. The
 * initiator's is `version`.
 *
 * Source: BIP 324, "Overview and design", the responder; Bitcoin Core `net.cpp` (`ProcessReceivedMaybeV1Bytes`,
 * `ProcessReceivedKeyBytes`).
 *
 * @module
 */

import { type Chain, formatMagic, nameOfOther } from "../wire/chains.ts";
import { TransportError } from "./errors.ts";
import { isCommonType, readMessageType } from "./message_type.ts";

/** How many bytes show whether a connection is v1. */
export const V1_BEGINNING_SIZE = 16;

const MAGIC_SIZE = 4;
const VERSION = new TextEncoder().encode("version\0\0\0\0\0");

/** The bytes with which the initiator of a v1 connection to a node of `chain` begins. */
export function v1Beginning(chain: Pick<Chain, "magic">): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(V1_BEGINNING_SIZE);
  new DataView(bytes.buffer).setUint32(0, chain.magic);
  bytes.set(VERSION, MAGIC_SIZE);
  return bytes;
}

/**
 * Refuses bytes of a key that are the beginning of a v1 message: a chain's magic and the name of a message, or no chain's
 * and a name that connections begin with. A random key is with a chance of 2^-44.
 *
 * @throws {TransportError} `v2_not_supported` when the peer is of `chain`, or else what v1 would say.
 */
export function refuseV1(bytes: Uint8Array<ArrayBuffer>, chain: Chain): void {
  if (bytes.length < V1_BEGINNING_SIZE) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const messageType = readMessageType(view, MAGIC_SIZE);
  const magic = view.getUint32(0);
  const isOurs = magic === chain.magic;
  const other = isOurs ? undefined : nameOfOther(magic, chain);
  const isName = isOurs || other !== undefined ? /^[!-[\]-~]{1,12}$/.test(messageType) : isCommonType(messageType);
  if (!isName) return;
  const came = `Expected a key of the v2 transport, got a v1 ${messageType}`;
  if (isOurs) throw new TransportError("v2_not_supported", came);
  throw other === undefined
    ? new TransportError("not_bitcoin", `${came} with the magic of no chain, ${formatMagic(magic)}`)
    : new TransportError("wrong_network", `${came} of ${other}, expected one of ${chain.name}`);
}
