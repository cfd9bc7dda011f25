/**
 * The packets of the v2 transport, each of which hides its length, whether it is a decoy, and its contents.
 *
 * ```text
 *  0        3        4                    4 + length    20 + length
 *  | length | header | contents …         | tag         |
 *           └──── ChaCha20Poly1305 ───────┘
 * ```
 *
 * Source: BIP 324, "Packet encryption overview" and `v2_enc_packet`, `v2_receive_packet`.
 *
 * @module
 */

import { FSChaCha20, LENGTH_SIZE } from "../crypto/fs_chacha20.ts";
import { FSChaCha20Poly1305, type PacketDecryption, TAG_SIZE } from "../crypto/fs_chacha20_poly1305.ts";
import type { DirectionKeys } from "../crypto/key_schedule.ts";
import { ByteBuffer } from "./byte_buffer.ts";
import { TransportError } from "./errors.ts";
import { MAX_PAYLOAD_SIZE } from "./transport.ts";
import { LONG_TYPE_SIZE } from "./v2_contents.ts";

/** Maximum size of a packet's contents, in bytes, as in Bitcoin Core's `V2Transport`. */
export const MAX_CONTENTS_SIZE: number = LONG_TYPE_SIZE + MAX_PAYLOAD_SIZE;

const HEADER_SIZE = 1;
const IGNORE_BIT = 0x80;
const NOTHING = new Uint8Array();

/** Encrypts the packets that this end sends. */
export class PacketWriter implements Disposable {
  readonly #lengths: FSChaCha20;
  readonly #packets: FSChaCha20Poly1305;
  #associated: Uint8Array;

  /** The first packet authenticates the garbage sent before it. */
  constructor(keys: DirectionKeys, garbage: Uint8Array) {
    this.#lengths = new FSChaCha20(keys.lengthKey);
    this.#packets = new FSChaCha20Poly1305(keys.packetKey);
    this.#associated = garbage;
  }

  /**
   * Encrypts the next packet, its contents given in parts.
   *
   * @throws {RangeError} when the contents exceed 2^24 - 1 bytes.
   */
  write(contents: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
    return this.#write(0, contents);
  }

  /** Encrypts the next packet as a decoy with `size` bytes of contents. */
  writeDecoy(size: number): Uint8Array<ArrayBuffer> {
    return this.#write(IGNORE_BIT, [new Uint8Array(size)]);
  }

  /** Overwrites the keys. */
  [Symbol.dispose](): void {
    this.#lengths[Symbol.dispose]();
    this.#packets[Symbol.dispose]();
  }

  #write(header: number, contents: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
    const size = contents.reduce((length, part) => length + part.length, 0);
    if (size >= 2 ** 24) {
      throw new RangeError(`Cannot write a packet: expected contents of at most 2^24 - 1 bytes, got ${size}`);
    }
    const packet = new Uint8Array(LENGTH_SIZE + HEADER_SIZE + size + TAG_SIZE);
    const length = packet.subarray(0, LENGTH_SIZE);
    length.set([size, size >> 8, size >> 16]);
    this.#lengths.crypt(length);
    const body = packet.subarray(LENGTH_SIZE);
    body[0] = header;
    let offset = HEADER_SIZE;
    for (const part of contents) {
      body.set(part, offset);
      offset += part.length;
    }
    const { ciphertext, tag } = this.#packets.encrypt(this.#associated, body.subarray(0, offset));
    this.#associated = NOTHING;
    body.set(ciphertext);
    body.set(tag, offset);
    return packet;
  }
}

/** An authentic packet from the peer. */
export interface Packet {
  /** Whether to ignore it. */
  readonly decoy: boolean;
  /** The size of its contents, in bytes. */
  readonly size: number;
  /** The contents, or their first {@linkcode LONG_TYPE_SIZE} bytes if they were not kept. */
  readonly contents: Uint8Array<ArrayBuffer>;
}

/**
 * Whether to keep the whole contents of a packet, given their first {@linkcode LONG_TYPE_SIZE} bytes and their size.
 */
export type KeepsContents = (beginning: Uint8Array, size: number) => boolean;

/** Decrypts the packets that the other end sends. Nothing of a packet is released before all of it is authenticated. */
export class PacketReader implements Disposable {
  readonly #lengths: FSChaCha20;
  readonly #packets: FSChaCha20Poly1305;
  readonly #keeps: KeepsContents;
  #associated: Uint8Array = NOTHING;
  #length = new ByteBuffer(LENGTH_SIZE);
  #incoming: IncomingPacket | null = null;

  /**
   * Starts at the first packet. Contents that `keeps` does not want are decrypted, authenticated and dropped as they
   * come.
   */
  constructor(keys: DirectionKeys, keeps: KeepsContents) {
    this.#lengths = new FSChaCha20(keys.lengthKey);
    this.#packets = new FSChaCha20Poly1305(keys.packetKey);
    this.#keeps = keeps;
  }

  /** Sets the garbage that came before the first packet, which must authenticate it. */
  expectGarbage(garbage: Uint8Array): void {
    this.#associated = garbage;
  }

  /**
   * Takes bytes up to the end of a packet, and returns how many.
   *
   * @throws {TransportError} `v2_protocol_error` when the packet is too long or not authentic; nothing can be read
   * after that.
   */
  take(bytes: Uint8Array): number {
    if (this.#incoming !== null) return this.#incoming.take(bytes);
    const taken = this.#length.add(bytes);
    if (this.#length.isFull) this.#incoming = this.#startPacket();
    return taken;
  }

  /** The packet, if it is now complete; to be called after each {@linkcode PacketReader.take}. */
  takeComplete(): Packet | null {
    const packet = this.#incoming?.complete() ?? null;
    if (packet !== null) this.#incoming = null;
    return packet;
  }

  /** Overwrites the keys. */
  [Symbol.dispose](): void {
    this.#incoming?.[Symbol.dispose]();
    this.#lengths[Symbol.dispose]();
    this.#packets[Symbol.dispose]();
  }

  #startPacket(): IncomingPacket {
    const length = this.#length.bytes;
    this.#length = new ByteBuffer(LENGTH_SIZE);
    this.#lengths.crypt(length);
    const [low = 0, middle = 0, high = 0] = length;
    const size = low | middle << 8 | high << 16;
    if (size > MAX_CONTENTS_SIZE) {
      throw new TransportError(
        "v2_protocol_error",
        `Expected a packet with contents of at most ${MAX_CONTENTS_SIZE} bytes, got one that announces ${size}`,
      );
    }
    const decryption = this.#packets.decrypt(this.#associated, HEADER_SIZE + size);
    this.#associated = NOTHING;
    return new IncomingPacket(size, decryption, this.#keeps);
  }
}

/** A packet whose length is known, and part of the rest. */
class IncomingPacket implements Disposable {
  readonly #size: number;
  readonly #decryption: PacketDecryption;
  readonly #keeps: KeepsContents;
  readonly #contents = new ByteBuffer(LONG_TYPE_SIZE);
  /** Whether it has been decided if the rest of the contents is kept. */
  #decided = false;
  readonly #tag = new ByteBuffer(TAG_SIZE);
  #header: number | null = null;
  #decrypted = 0;

  constructor(size: number, decryption: PacketDecryption, keeps: KeepsContents) {
    this.#size = size;
    this.#decryption = decryption;
    this.#keeps = keeps;
  }

  take(bytes: Uint8Array): number {
    const missing = HEADER_SIZE + this.#size - this.#decrypted;
    if (missing === 0) return this.#tag.add(bytes);
    const plaintext = this.#decryption.update(bytes.subarray(0, missing));
    this.#header ??= plaintext[0] ?? null;
    this.#addContents(this.#decrypted === 0 ? plaintext.subarray(HEADER_SIZE) : plaintext);
    this.#decrypted += plaintext.length;
    return plaintext.length;
  }

  get #isDecoy(): boolean {
    return this.#header !== null && (this.#header & IGNORE_BIT) !== 0;
  }

  /** Keeps the contents up to the message type, which decides whether to keep the rest. */
  #addContents(bytes: Uint8Array): void {
    const taken = this.#contents.add(bytes);
    if (taken === bytes.length || this.#decided) return;
    this.#decided = true;
    if (this.#isDecoy || !this.#keeps(this.#contents.bytes, this.#size)) return;
    this.#contents.raiseLimit(this.#size);
    this.#contents.add(bytes.subarray(taken));
  }

  complete(): Packet | null {
    if (!this.#tag.isFull) return null;
    if (!this.#decryption.finish(this.#tag.bytes)) {
      throw new TransportError(
        "v2_protocol_error",
        "Expected an authentic packet, got one that was not encrypted with our keys",
      );
    }
    return { decoy: this.#isDecoy, size: this.#size, contents: this.#contents.bytes };
  }

  [Symbol.dispose](): void {
    this.#decryption[Symbol.dispose]();
  }
}
