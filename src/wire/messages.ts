/**
 * All messages that this program decodes, in one table with their codecs.
 *
 * @module
 */

import {
  type AddrMessage,
  decodeAddr,
  decodeAddrV2,
  encodeAddr,
  type GetaddrMessage,
  MAX_ADDR_PAYLOAD,
  MAX_ADDRV2_PAYLOAD,
  type SendaddrV2Message,
} from "./addr.ts";
import { decodePing, decodePong, encodePing, encodePong, type PingMessage, type PongMessage } from "./ping.ts";
import { decodeReject, encodeReject, type RejectMessage } from "./reject.ts";
import { decodeVersion, encodeVersion, MAX_VERSION_SIZE, type VersionMessage } from "./version.ts";

/** Accepts the peer's `version`. It has no payload; if it has one all the same, that is ignored. */
export interface VerackMessage {
  /** The message type. */
  readonly type: "verack";
}

/** A message whose payload this program does not decode: `sendcmpct`, `inv`, or any other. */
export interface OtherMessage {
  /** Not a message type, but a mark that `messageType` has no codec. */
  readonly type: "other";
  /** The message type; that of a received message is escaped by {@linkcode escapeBytes}. */
  readonly messageType: string;
  /** The payload to send; `null` in a received message, whose payload is skipped. */
  readonly payload: Uint8Array<ArrayBuffer> | null;
}

/** Any message. */
export type Message =
  | VersionMessage
  | VerackMessage
  | PingMessage
  | PongMessage
  | RejectMessage
  | SendaddrV2Message
  | GetaddrMessage
  | AddrMessage
  | OtherMessage;

/** The messages with a codec, by type. */
interface MessageByType {
  version: VersionMessage;
  verack: VerackMessage;
  ping: PingMessage;
  pong: PongMessage;
  reject: RejectMessage;
  sendaddrv2: SendaddrV2Message;
  getaddr: GetaddrMessage;
  addr: AddrMessage;
  addrv2: AddrMessage;
}

/** The limit on the payload of a message type. */
export interface PayloadLimit {
  /** The longest payload that is decoded, in bytes. */
  readonly maxSize: number;
  /**
   * What happens to a message with a longer payload: it is an error of the peer, it is ignored, or it is accepted all
   * the same.
   */
  readonly overlong: "malformed" | "ignored" | "accepted";
}

/** Returns the limit for a message type; `undefined` if its payload is not decoded. */
export type PayloadLimits = (messageType: string) => PayloadLimit | undefined;

/** How a message type is decoded and encoded. */
interface Codec<M> extends PayloadLimit {
  readonly decode: (payload: Uint8Array) => M;
  readonly encode: (message: M) => Uint8Array<ArrayBuffer>;
}

/** The longest payload that is kept if no codec needs more, in bytes: 40 MB for ten thousand connections. */
export const MAX_KEPT_PAYLOAD = 4096;

/** The messages by which nodes say what they support: the first four before their `verack`, the others after it. */
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
const SENDADDRV2: SendaddrV2Message = { type: "sendaddrv2" };
const GETADDR: GetaddrMessage = { type: "getaddr" };

const NOTHING = new Uint8Array();

const CODECS: { readonly [T in keyof MessageByType]: Codec<MessageByType[T]> } = {
  version: { maxSize: MAX_VERSION_SIZE, overlong: "malformed", decode: decodeVersion, encode: encodeVersion },
  // A payload, if there is one, means nothing.
  verack: { maxSize: MAX_KEPT_PAYLOAD, overlong: "accepted", decode: () => VERACK, encode: () => NOTHING },
  ping: { maxSize: MAX_KEPT_PAYLOAD, overlong: "ignored", decode: decodePing, encode: encodePing },
  pong: { maxSize: MAX_KEPT_PAYLOAD, overlong: "ignored", decode: decodePong, encode: encodePong },
  reject: { maxSize: MAX_KEPT_PAYLOAD, overlong: "ignored", decode: decodeReject, encode: encodeReject },
  sendaddrv2: { maxSize: MAX_KEPT_PAYLOAD, overlong: "accepted", decode: () => SENDADDRV2, encode: () => NOTHING },
  getaddr: { maxSize: MAX_KEPT_PAYLOAD, overlong: "accepted", decode: () => GETADDR, encode: () => NOTHING },
  addr: { maxSize: MAX_ADDR_PAYLOAD, overlong: "ignored", decode: decodeAddr, encode: encodeAddr },
  addrv2: { maxSize: MAX_ADDRV2_PAYLOAD, overlong: "ignored", decode: decodeAddrV2, encode: encodeAddr },
};

/**
 * The limit of a message type's codec: only payloads that are decoded are kept. Those of `addr` and `addrv2` are not,
 * as nobody has asked for them.
 */
export function payloadLimit(messageType: string): PayloadLimit | undefined {
  return messageType === "addr" || messageType === "addrv2" ? undefined : askingPayloadLimit(messageType);
}

/** As {@linkcode payloadLimit}, for a session that sends `getaddr`: it also keeps `addr` and `addrv2`. */
export function askingPayloadLimit(messageType: string): PayloadLimit | undefined {
  return hasCodec(messageType) ? CODECS[messageType] : undefined;
}

const SHOWN: PayloadLimit = { maxSize: MAX_KEPT_PAYLOAD, overlong: "ignored" };

/** As {@linkcode payloadLimit}, but also keeps up to 4,096 bytes of payloads without a codec, for the trace. */
export function tracedPayloadLimit(messageType: string): PayloadLimit {
  return payloadLimit(messageType) ?? SHOWN;
}

/**
 * Decodes a message. One without a codec becomes an {@linkcode OtherMessage}, and so does one whose payload was skipped
 * (`null`), unless its limit says `accepted`.
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
 * Encodes a message as the message type and payload that a transport sends.
 *
 * @throws {WireError} when a field cannot hold its value.
 * @throws {TypeError} when there is no codec for its type.
 */
export function encodeMessage(message: Message): { messageType: string; payload: Uint8Array<ArrayBuffer> } {
  const { type } = message;
  if (type === "other") return { messageType: message.messageType, payload: message.payload ?? NOTHING };
  if (!hasCodec(type)) throw new TypeError(withoutCodec(type));
  return { messageType: type, payload: encodePayload(type, message) };
}

function withoutCodec(type: string): string {
  const instead = `{ type: "other", messageType, payload }, or a type of ${Object.keys(CODECS).join(", ")}`;
  return `Cannot encode a message of type ${type}: expected ${instead}`;
}

function encodePayload<T extends keyof MessageByType>(type: T, message: MessageByType[T]): Uint8Array<ArrayBuffer> {
  return CODECS[type].encode(message);
}

function hasCodec(messageType: string): messageType is keyof MessageByType {
  return Object.hasOwn(CODECS, messageType);
}
