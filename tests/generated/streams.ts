/** Random streams of v1 messages, together with what a transport must make of them. */

import type { TransportErrorCode } from "../../src/transport/errors.ts";
import { CHAINS, MAINNET } from "../../src/wire/chains.ts";
import { ascii, concat } from "../support/bytes.ts";
import type { Random } from "../support/random.ts";
import { v1Message } from "../support/v1.ts";

/** The messages whose payloads are kept, and up to how many bytes; a longer version is an error of the peer. */
const KEPT: readonly string[] = ["version", "verack", "ping", "pong", "sendaddrv2", "getaddr"];
const KEPT_SIZE = 4096;

/** The longest payload that may be announced. */
export const MAX_PAYLOAD_SIZE = 4_000_000;

/** Bytes to take unimportant payloads from: generating each would take most of the time. */
const PAYLOAD = Uint8Array.from({ length: 10_000 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 24);

/** One message of a stream, and its frame. */
export interface StreamMessage {
  readonly bytes: Uint8Array;
  /** The bytes of the type, without its NUL padding. */
  readonly type: Uint8Array;
  readonly size: number;
  /** The payload; `null` if it is skipped. */
  readonly payload: Uint8Array | null;
  readonly checksum: number;
}

/** The end of a stream: bytes that break it, and the error code; `null` for a stream that just ends. */
export interface StreamEnd {
  readonly bytes: Uint8Array;
  readonly error: TransportErrorCode | null;
}

/** A message type: one that is kept, one that nodes send, or up to 12 bytes of any value. */
function anyType(random: Random): Uint8Array {
  const unknown = random.pick([
    "inv",
    "wtxidrelay",
    "addr",
    "addrv2",
    "Version",
    "verack ",
    "versionx",
    "",
    "constructor",
  ]);
  if (random.chance(0.6)) return ascii(random.pick(KEPT));
  if (random.chance(0.5)) return ascii(unknown);
  const bytes = random.bytes(random.below(13));
  const end = bytes.findLastIndex((byte) => byte !== 0) + 1;
  return bytes.subarray(0, end);
}

/** Any message that does not break a stream; if `large`, of about the maximum size that is kept. */
export function anyStreamMessage(random: Random, large: boolean): StreamMessage {
  const type = anyType(random);
  const name = new TextDecoder().decode(type);
  const most = name === "version" ? KEPT_SIZE : KEPT_SIZE + 3;
  const size = large ? random.integer(KEPT_SIZE - 3, most) : random.below(random.pick([1, 9, 40, 300]));
  const start = random.below(PAYLOAD.length - size + 1);
  const payload = PAYLOAD.subarray(start, start + size);
  const checksum = random.uint32();
  const isKept = KEPT.includes(name) && size <= KEPT_SIZE;
  return { bytes: v1Message(type, payload, { checksum }), type, size, payload: isKept ? payload : null, checksum };
}

/** A random end of a stream after `count` messages. */
export function anyStreamEnd(random: Random, count: number): StreamEnd {
  const garbage = random.bytes(random.below(60));
  return random.pick<() => StreamEnd>([
    () => ({ bytes: new Uint8Array(), error: null }),
    () => ({ bytes: unfinished(random), error: null }),
    () => {
      const size = random.integer(garbage.length + 1, MAX_PAYLOAD_SIZE);
      return { bytes: concat(v1Message("block", undefined, { size }), garbage), error: null };
    },
    () => {
      const magic = anyMagic(random);
      const known = CHAINS.some((chain) => chain.magic === magic);
      const code = count > 0 ? "malformed_message" : known ? "wrong_network" : "not_bitcoin";
      return { bytes: concat(v1Message(anyType(random), undefined, { magic }), garbage), error: code };
    },
    () => {
      const size = random.integer(MAX_PAYLOAD_SIZE + 1, 0xffff_ffff);
      const bytes = concat(v1Message(anyType(random), undefined, { size }), garbage);
      return { bytes, error: "oversized_message" };
    },
    () => {
      const size = random.integer(KEPT_SIZE + 1, MAX_PAYLOAD_SIZE);
      return { bytes: concat(v1Message("version", undefined, { size }), garbage), error: "malformed_message" };
    },
  ])();
}

/** A magic other than mainnet's: another chain's, one bit off, or anything. */
function anyMagic(random: Random): number {
  const magic = random.pick([
    ...CHAINS.map(({ magic }) => magic),
    (MAINNET.magic ^ (1 << random.below(32))) >>> 0,
    random.uint32(),
  ]);
  return magic === MAINNET.magic ? anyMagic(random) : magic;
}

/** The start of a message, at least one byte short of the whole. */
function unfinished(random: Random): Uint8Array {
  const { bytes } = anyStreamMessage(random, false);
  return bytes.subarray(0, random.below(bytes.length));
}
