/**
 * All message types in one table, each with its codec.
 *
 * @module
 */

import { decodePing, decodePong, encodePing, encodePong, type PingMessage, type PongMessage } from "./ping.ts";
import { decodeReject, encodeReject, type RejectMessage } from "./reject.ts";
import { decodeVersion, encodeVersion, MAX_VERSION_SIZE, type VersionMessage } from "./version.ts";

/** Accepts the peer's `version`. It has no payload; one that comes all the same is ignored. */
export interface VerackMessage {
  /** The message type. */
  readonly type: "verack";
}

/** A message whose payload this program does not read: see {@linkcode NEGOTIATION_MESSAGE_TYPES}, `inv`, any other name. */
export interface OtherMessage {
  /** Not a message type: says that `messageType` is none of the table's. */
  readonly type: "other";
  /** The message type, escaped by {@linkcode escapeBytes} where it came from a peer. */
  readonly messageType: string;
  /** The payload to send; `null` in a message received, where it is skipped. */
  readonly payload: Uint8Array<ArrayBuffer> | null;
}

/** Any message. */
export type Message = VersionMessage | VerackMessage | PingMessage | PongMessage | RejectMessage | OtherMessage;

/** The messages with a codec of their own, by type. */
interface MessageByType {
  version: VersionMessage;
  verack: VerackMessage;
  ping: PingMessage;
  pong: PongMessage;
  reject: RejectMessage;
}

/** How much is read of a message type's payload. */
export interface PayloadLimit {
  /** The longest payload that is read, in bytes. */
  readonly maxSize: number;
  /** What becomes of a message with a longer one: it is the peer's fault, or nobody reads it, or it counts all the same. */
  readonly overlong: "malformed" | "ignored" | "accepted";
}

/** The limit of a message type; `undefined` where nobody reads the payload. */
export type PayloadLimits = (messageType: string) => PayloadLimit | undefined;

/** How one message type is read and written. */
interface Codec<M> extends PayloadLimit {
  readonly decode: (payload: Uint8Array) => M;
  readonly encode: (message: M) => Uint8Array<ArrayBuffer>;
}

/** How much of a payload is kept where no codec needs more, in bytes; ten thousand connections so keep 40 MB at most. */
export const MAX_KEPT_PAYLOAD = 4096;

/** The messages that are neither `version` nor `verack` and that nodes send between the two, in Bitcoin Core's order. */
export const NEGOTIATION_MESSAGE_TYPES: readonly string[] = [
  "wtxidrelay", // BIP 339
  "sendaddrv2", // BIP 155
  "sendtxrcncl", // BIP 330
  "feature", // BIP 434
  "sendheaders", // BIP 130
  "sendcmpct", // BIP 152
  "feefilter", // BIP 133
];

const VERACK: VerackMessage = { type: "verack" };

const NOTHING = new Uint8Array();

const CODECS: { readonly [T in keyof MessageByType]: Codec<MessageByType[T]> } = {
  version: { maxSize: MAX_VERSION_SIZE, overlong: "malformed", decode: decodeVersion, encode: encodeVersion },
  // Its payload, where there is one, means nothing.
  verack: { maxSize: MAX_KEPT_PAYLOAD, overlong: "accepted", decode: () => VERACK, encode: () => NOTHING },
  ping: { maxSize: MAX_KEPT_PAYLOAD, overlong: "ignored", decode: decodePing, encode: encodePing },
  pong: { maxSize: MAX_KEPT_PAYLOAD, overlong: "ignored", decode: decodePong, encode: encodePong },
  reject: { maxSize: MAX_KEPT_PAYLOAD, overlong: "ignored", decode: decodeReject, encode: encodeReject },
};

/** The limit of a message type's codec: a payload is kept where, and as far as, one reads it. */
export function payloadLimit(messageType: string): PayloadLimit | undefined {
  return hasCodec(messageType) ? CODECS[messageType] : undefined;
}

const SHOWN: PayloadLimit = { maxSize: MAX_KEPT_PAYLOAD, overlong: "ignored" };

/** {@linkcode payloadLimit}, and {@linkcode MAX_KEPT_PAYLOAD} bytes of what no codec reads, to show them. */
export function tracedPayloadLimit(messageType: string): PayloadLimit {
  return payloadLimit(messageType) ?? SHOWN;
}

/**
 * Reads a message. A type that is not in the table is an {@linkcode OtherMessage}, and so is a message of which the
 * payload was skipped, `null`, unless it counts all the same.
 *
 * @throws {WireError} when the payload is malformed.
 */
export function decodeMessage(messageType: string, payload: Uint8Array | null): Message {
  if (hasCodec(messageType)) {
    const { decode, overlong } = CODECS[messageType];
    if (payload !== null || overlong === "accepted") return decode(payload ?? NOTHING);
  }
  return { type: "other", messageType, payload: null };
}

/**
 * Writes a message: its type and its payload, as a transport takes them.
 *
 * @throws {WireError} when a field cannot hold its value.
 */
export function encodeMessage(message: Message): { messageType: string; payload: Uint8Array<ArrayBuffer> } {
  return message.type === "other"
    ? { messageType: message.messageType, payload: message.payload ?? NOTHING }
    : { messageType: message.type, payload: encodePayload(message.type, message) };
}

function encodePayload<T extends keyof MessageByType>(type: T, message: MessageByType[T]): Uint8Array<ArrayBuffer> {
  return CODECS[type].encode(message);
}

function hasCodec(messageType: string): messageType is keyof MessageByType {
  return Object.hasOwn(CODECS, messageType);
}
