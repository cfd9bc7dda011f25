/**
 * What hostile peers send over the v2 transport, part by part, so that each can be damaged, truncated or omitted. The
 * keys are valid: without valid keys a peer could only send noise.
 *
 * @module
 */

import type { DirectionKeys } from "../../crypto/key_schedule.ts";
import type { PacketWriter } from "../../transport/v2_packets.ts";
import { HEADER_SIZE } from "../../transport/v1.ts";
import { MAINNET } from "../../wire/chains.ts";
import type { PeerLink } from "../link.ts";
import type { PeerScript } from "../peer.ts";
import { type Part, utf8 } from "./parts.ts";

const KEY_SIZE = 64;
const NOTHING = new Uint8Array();

/** A peer that has received the initiator's key, and so has the session's keys. */
export class V2Speaker {
  /** Our key, 64 bytes. */
  readonly key: Uint8Array;
  /** Our garbage terminator. */
  readonly terminator: Uint8Array;
  /** The time for a `version`'s payload, in seconds since 1970. */
  readonly now: bigint;
  readonly #startWriting: (garbage: Uint8Array) => PacketWriter;
  readonly #encode: (messageType: string, payload: Uint8Array) => readonly Uint8Array[];
  #garbage: Uint8Array = NOTHING;
  #writer: PacketWriter | null = null;

  private constructor(key: Uint8Array, { garbageTerminator }: DirectionKeys, now: bigint, tools: Tools) {
    this.key = key;
    this.terminator = garbageTerminator.slice();
    this.now = now;
    this.#startWriting = tools.startWriting;
    this.#encode = tools.encode;
  }

  /** Reads the initiator's key. */
  static async meet(link: PeerLink): Promise<V2Speaker> {
    const { EllSwiftKey } = await import("../../crypto/key_agreement.ts");
    const { deriveSessionKeys } = await import("../../crypto/key_schedule.ts");
    const { PacketWriter } = await import("../../transport/v2_packets.ts");
    const { encodeContents } = await import("../../transport/v2_contents.ts");
    const ours = new EllSwiftKey((length) => crypto.getRandomValues(new Uint8Array(length)));
    const keys = deriveSessionKeys(ours.agree(await readKey(link), false), MAINNET.magic).responder;
    const startWriting = (garbage: Uint8Array) => new PacketWriter(keys, garbage);
    return new V2Speaker(ours.encoding, keys, link.now, { startWriting, encode: encodeContents });
  }

  /** Sets the garbage that the first packet authenticates. */
  authenticate(garbage: Uint8Array): void {
    this.#garbage = garbage;
  }

  /** The next packet, empty. */
  emptyPacket(): Uint8Array {
    return this.#packets.write([]);
  }

  /** The next packet, a decoy with `size` bytes of contents. */
  decoy(size: number): Uint8Array {
    return this.#packets.writeDecoy(size);
  }

  /** The next packet, a message. */
  message(messageType: string, payload: Uint8Array): Uint8Array {
    return this.#packets.write(this.#encode(messageType, payload));
  }

  get #packets(): PacketWriter {
    return this.#writer ??= this.#startWriting(this.#garbage);
  }
}

/** The modules needed to write packets. */
interface Tools {
  readonly startWriting: (garbage: Uint8Array) => PacketWriter;
  readonly encode: (messageType: string, payload: Uint8Array) => readonly Uint8Array[];
}

/** Makes bytes when they are sent, in this order, as the keys change with each packet. */
export type V2Part = (speaker: V2Speaker) => Promise<Uint8Array> | Uint8Array;

/** Our key. */
export const key: V2Part = (speaker) => speaker.key;

/** `size` bytes of garbage, which the first packet authenticates. */
export function garbage(size: number): V2Part {
  return (speaker) => {
    const bytes = new Uint8Array(size).fill(0x67);
    speaker.authenticate(bytes);
    return bytes;
  };
}

/** The garbage terminator. */
export const terminator: V2Part = (speaker) => speaker.terminator;

/** The version packet, after which the initiator has a session. */
export const versionPacket: V2Part = (speaker) => speaker.emptyPacket();

/** A decoy. */
export function decoy(size = 0): V2Part {
  return (speaker) => speaker.decoy(size);
}

/** A message with the payload of a v1 message. */
export function v2Message(messageType: string, v1Message: Part): V2Part {
  return async (speaker) => speaker.message(messageType, (await v1Message(speaker.now)).subarray(HEADER_SIZE));
}

/** The given bytes. */
export function plain(content: string | Uint8Array): V2Part {
  return () => typeof content === "string" ? utf8(content) : content;
}

/** A part with one bit flipped; a negative place counts from its end. */
export function damaged(part: V2Part, place: number, bit = 0): V2Part {
  return async (speaker) => {
    const bytes = (await part(speaker)).slice();
    const at = place < 0 ? bytes.length + place : place;
    bytes[at] = (bytes[at] ?? 0) ^ 1 << bit;
    return bytes;
  };
}

/** The first `count` bytes of a part; a negative number counts from its end. */
export function firstOf(count: number, part: V2Part): V2Part {
  return async (speaker) => (await part(speaker)).subarray(0, count);
}

/** Everything before the messages. */
export const OPENING: readonly V2Part[] = [key, garbage(50), terminator, versionPacket];

/** Sends parts once it has keys, and then calls `end`. */
export function speaking(parts: readonly V2Part[], end: (link: PeerLink) => Promise<void> | void): PeerScript {
  return async (link) => {
    const speaker = await V2Speaker.meet(link);
    for (const part of parts) await link.sendBytes(await part(speaker));
    await end(link);
  };
}

async function readKey(link: PeerLink): Promise<Uint8Array> {
  const theirs = new Uint8Array(KEY_SIZE);
  let length = 0;
  for await (const bytes of link.bytes()) {
    const part = bytes.subarray(0, KEY_SIZE - length);
    theirs.set(part, length);
    length += part.length;
    if (length === KEY_SIZE) return theirs;
  }
  throw new Deno.errors.UnexpectedEof("the initiator sent no key");
}
