/**
 * Made-up `addrv2` messages of 1,000 addresses, of the networks in the proportions of the real one.
 *
 * @module
 */

import { mix } from "../src/address/key_hash.ts";

/** When the messages are sent, in seconds since 1970. */
export const NOW = 1_800_000_000;

/** How many addresses a message has. */
export const ENTRIES = 1000;

/** Networks, as BIP 155 has them, and up to which of 1,000 addresses they go. */
const NETWORKS = [
  { id: 1, size: 4, upTo: 640 },
  { id: 2, size: 16, upTo: 790 },
  { id: 4, size: 32, upTo: 970 },
  { id: 5, size: 32, upTo: 999 },
  { id: 6, size: 16, upTo: 1000 },
] as const;

/**
 * Writes the message with the number `index` to `buffer`: the first ones have one after the other of `known` addresses,
 * the others choose among these at random.
 */
export function writeMessage(buffer: Uint8Array<ArrayBuffer>, index: number, known: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(buffer.buffer, buffer.byteOffset);
  buffer[0] = 0xfd;
  view.setUint16(1, ENTRIES, true);
  let at = 3;
  for (let i = 0; i < ENTRIES; i++) {
    const next = index * ENTRIES + i;
    const chosen = next < known ? next : mix(mix(index) ^ i) % known;
    at = writeEntry(view, at, chosen, mix(index ^ chosen) % 86_400);
  }
  return buffer.subarray(0, at);
}

/** Writes the entry of an address, seen so many seconds ago; returns where the next one begins. */
function writeEntry(view: DataView, start: number, address: number, age: number): number {
  const { id, size } = NETWORKS.find(({ upTo }) => address % 1000 < upTo) ?? NETWORKS[0];
  view.setUint32(start, NOW - age, true);
  view.setUint8(start + 4, 0xfd);
  view.setUint16(start + 5, 0xc09, true);
  view.setUint8(start + 7, id);
  view.setUint8(start + 8, size);
  const at = start + 9;
  for (let i = 0; i < size; i += 4) view.setUint32(at + i, mix(address + i * 0x9e37_79b9));
  // Routable, whatever it is.
  view.setUint8(at, id === 1 ? 16 + address % 80 : id === 6 ? 0xfc : 0x2a);
  view.setUint16(at + size, id === 5 ? 0 : 8333);
  return at + size + 2;
}
