import { checksum } from "../../src/crypto/checksum.ts";
import type { Frame, Transport } from "../../src/transport/transport.ts";
import { V1Transport } from "../../src/transport/v1.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { decodeVersion, type VersionMessage } from "../../src/wire/version.ts";
import { ascii, concat } from "./bytes.ts";
import { codeOf } from "./errors.ts";

/** What a v1 header says; by default the truth, except for the checksum. */
export interface HeaderFields {
  readonly magic?: number;
  readonly size?: number;
  readonly checksum?: number;
}

/** A v1 message encoded by hand. A type given as bytes is used as is, padded with NULs. */
export function v1Message(
  messageType: string | Uint8Array,
  payload: Uint8Array = new Uint8Array(),
  { magic = 0xf9beb4d9, size = payload.length, checksum = 0x5df6e0e2 }: HeaderFields = {},
): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(24);
  const view = new DataView(header.buffer);
  view.setUint32(0, magic);
  header.set(typeof messageType === "string" ? ascii(messageType) : messageType, 4);
  view.setUint32(16, size, true);
  view.setUint32(20, checksum);
  return concat(header, payload);
}

/** Whether a frame has the checksum of its payload; one that was skipped counts as if it had. */
export async function isIntact(frame: Frame): Promise<boolean> {
  return frame.payload === null || await checksum(frame.payload) === frame.checksum;
}

/** The frames that a transport returns for the bytes; it reads only as far as they are iterated. */
export function* framesOf(transport: Transport, bytes: Uint8Array): Generator<Frame, void, void> {
  transport.receive(bytes);
  for (let frame; (frame = transport.takeFrame()) !== null;) yield frame;
}

/** All frames that a transport returns for the parts, and the code of the error that ended it, if any. */
export function receiveAll(
  transport: Transport,
  parts: Iterable<Uint8Array>,
): { readonly frames: Frame[]; readonly error: string | null } {
  const frames: Frame[] = [];
  try {
    for (const part of parts) {
      for (const frame of framesOf(transport, part)) frames.push(frame);
    }
    return { frames, error: null };
  } catch (error) {
    return { frames, error: codeOf(error) };
  }
}

/** The types of the v1 messages in some bytes. */
export function messageTypesIn(bytes: Iterable<number>): string[] {
  return Array.from(framesOf(new V1Transport(MAINNET), Uint8Array.from(bytes)), ({ messageType }) => messageType);
}

/** The `version` that they begin with. */
export function versionIn(bytes: Iterable<number>): VersionMessage {
  const [frame] = framesOf(new V1Transport(MAINNET), Uint8Array.from(bytes));
  return decodeVersion(frame?.payload ?? new Uint8Array());
}
