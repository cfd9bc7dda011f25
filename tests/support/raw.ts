/**
 * Bytes as peers send them, valid and invalid, and scripts that send them.
 *
 * @module
 */

import { checksum } from "../../src/crypto/checksum.ts";
import type { PeerScript } from "../../src/sim/peer.ts";
import { encodeV1 } from "../../src/transport/v1.ts";
import { type Chain, MAINNET } from "../../src/wire/chains.ts";
import { UNSPECIFIED_ADDRESS } from "../../src/wire/network_address.ts";
import { encodeVersion, type VersionMessage } from "../../src/wire/version.ts";
import { ascii } from "./bytes.ts";
import { versionMessage } from "./messages.ts";

/** Faults in a frame. */
export interface FrameFaults {
  /** The chain whose magic it begins with; mainnet's by default. */
  readonly chain?: Pick<Chain, "magic">;
  /** The twelve bytes of the message type. */
  readonly typeBytes?: Uint8Array;
  /** The length that the header announces. */
  readonly size?: number;
  /** Whether the checksum is wrong. */
  readonly badChecksum?: boolean;
}

/** The bytes of a message. */
export async function frame(
  messageType: string,
  payload: Uint8Array<ArrayBuffer> = new Uint8Array(),
  { chain = MAINNET, typeBytes, size, badChecksum }: FrameFaults = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = encodeV1(chain, messageType, payload, await checksum(payload));
  if (typeBytes !== undefined) bytes.set(typeBytes, 4);
  if (size !== undefined) new DataView(bytes.buffer).setUint32(16, size, true);
  if (badChecksum) bytes[20] = (bytes[20] ?? 0) ^ 0xff;
  return bytes;
}

/** The `version` of a current node, which does not tell its address. */
export function nodeVersion(changes: Partial<VersionMessage> = {}): VersionMessage {
  return versionMessage({
    timestamp: BigInt(Math.floor(Date.now() / 1000)),
    addrRecv: UNSPECIFIED_ADDRESS,
    addrFrom: UNSPECIFIED_ADDRESS,
    userAgent: ascii("/Satoshi:31.0.0/"),
    ...changes,
  });
}

/** The bytes of a `version` message. */
export function versionFrame(changes: Partial<VersionMessage> = {}, faults: FrameFaults = {}): Promise<Uint8Array> {
  return frame("version", encodeVersion(nodeVersion(changes)), faults);
}

/** A peer that sends this once it has received something, and then waits for the initiator to close. */
export function speak(...parts: readonly Uint8Array[]): PeerScript {
  return async (link) => {
    await link.bytes().next();
    for (const part of parts) await link.sendBytes(part);
    await link.waitForClose();
  };
}

/** A peer that sends this once it has received something, and closes. */
export function speakAndClose(...parts: readonly Uint8Array[]): PeerScript {
  return async (link) => {
    await link.bytes().next();
    for (const part of parts) await link.sendBytes(part);
  };
}

/** A peer that sends this once it has received something, and closes when it has received the answer. */
export function speakAndHear(...parts: readonly Uint8Array[]): PeerScript {
  return async (link) => {
    await speakAndClose(...parts)(link);
    await link.bytes().next();
  };
}
