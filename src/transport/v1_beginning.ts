/**
 * How a v1 connection begins, and no v2 connection does: a magic, and a message type padded with NULs to 12 bytes. The
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

/** How many bytes it takes to tell whether a connection is v1. */
export const V1_BEGINNING_SIZE = 16;

const MAGIC_SIZE = 4;
const VERSION = new TextEncoder().encode("version\0\0\0\0\0");

/** The first bytes of the initiator of a v1 connection on `chain`. */
export function v1Beginning(chain: Pick<Chain, "magic">): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(V1_BEGINNING_SIZE);
  new DataView(bytes.buffer).setUint32(0, chain.magic);
  bytes.set(VERSION, MAGIC_SIZE);
  return bytes;
}

/**
 * Refuses the first bytes of a key if they are a v1 message: a known magic and any message type, or an unknown one and
 * a message type that connections usually begin with. A random key looks like one with a probability of 2^-44.
 *
 * @throws {TransportError} `v2_not_supported` if the peer is on `chain`, otherwise the error that v1 would throw.
 */
export function refuseV1(bytes: Uint8Array<ArrayBuffer>, chain: Chain): void {
  if (bytes.length < V1_BEGINNING_SIZE) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const messageType = readMessageType(view, MAGIC_SIZE);
  const magic = view.getUint32(0);
  const isOurs = magic === chain.magic;
  const other = nameOfOther(magic, chain);
  const isName = isOurs || other !== undefined ? /^[!-[\]-~]{1,12}$/.test(messageType) : isCommonType(messageType);
  if (!isName) return;
  const came = `Expected a v2 key, got a v1 ${messageType}`;
  if (isOurs) throw new TransportError("v2_not_supported", came);
  throw other === undefined
    ? new TransportError("not_bitcoin", `${came} with unknown magic ${formatMagic(magic)}`)
    : new TransportError("wrong_network", `${came} on ${other}, not ${chain.name}`);
}
