/**
 * The other end of a v2 connection, with its parts exposed: a test composes keys, garbage and packets itself, so it can
 * damage, delay, split, repeat or omit any of them.
 *
 * @module
 */

import { FSChaCha20, LENGTH_SIZE } from "../../src/crypto/fs_chacha20.ts";
import { FSChaCha20Poly1305, TAG_SIZE } from "../../src/crypto/fs_chacha20_poly1305.ts";
import { EllSwiftKey } from "../../src/crypto/key_agreement.ts";
import { deriveSessionKeys } from "../../src/crypto/key_schedule.ts";
import { V2Transport } from "../../src/transport/v2.ts";
import { type Chain, MAINNET } from "../../src/wire/chains.ts";
import { payloadLimit, type PayloadLimits } from "../../src/wire/messages.ts";
import { concat } from "./bytes.ts";
import { Random } from "./random.ts";
import { framesOf } from "./v1.ts";

const NOTHING = new Uint8Array();
const TERMINATOR_SIZE = 16;

/** The ignore bit in the header of a packet. */
export const IGNORE = 0x80;

/** Options of a packet. */
export interface PacketOptions {
  /** The associated data that it authenticates; none by default. */
  readonly associated?: Uint8Array;
  /** Its header byte; 0 by default. */
  readonly header?: number;
  /** The length that it announces; that of the contents by default. */
  readonly length?: number;
}

/** A packet that the transport has sent. */
export interface ReceivedPacket {
  readonly header: number;
  readonly contents: Uint8Array<ArrayBuffer>;
}

/** The ciphers of one direction. */
interface Direction {
  readonly lengths: FSChaCha20;
  readonly packets: FSChaCha20Poly1305;
  readonly terminator: Uint8Array<ArrayBuffer>;
}

/** How a connection between a transport and a tester is set up. */
export interface ConnectionOptions {
  /** Whether the transport is the initiator, as by default. */
  readonly initiating?: boolean;
  /** The chain of both; mainnet by default. */
  readonly chain?: Chain;
  /** How many bytes of garbage the transport sends; random by default. */
  readonly garbageSize?: number;
  /** Which payloads the transport keeps; by default those with a codec. */
  readonly limits?: PayloadLimits;
  /** The seed of keys and garbage. */
  readonly seed?: number;
}

/** Drives one end of a connection, piece by piece. */
export class V2Tester {
  readonly #initiating: boolean;
  readonly #chain: Chain;
  readonly #key: EllSwiftKey;
  #received = NOTHING;
  #directions: { readonly sending: Direction; readonly receiving: Direction; readonly sessionId: string } | null = null;

  /** Makes a key; `initiating` says whether this end opened the connection. */
  constructor(initiating: boolean, chain: Chain = MAINNET, seed = 1) {
    this.#initiating = initiating;
    this.#chain = chain;
    this.#key = new EllSwiftKey(seededBytes(seed));
  }

  /** The 64 bytes of our key. */
  get key(): Uint8Array<ArrayBuffer> {
    return this.#key.encoding;
  }

  /** Our garbage terminator. */
  get terminator(): Uint8Array<ArrayBuffer> {
    return this.#keyed.sending.terminator;
  }

  /** The transport's garbage terminator. */
  get theirTerminator(): Uint8Array<ArrayBuffer> {
    return this.#keyed.receiving.terminator;
  }

  /** Our session ID, in hex. */
  get sessionId(): string {
    return this.#keyed.sessionId;
  }

  /** Adds bytes that the transport has sent. */
  hear(bytes: Uint8Array): void {
    this.#received = concat(this.#received, bytes);
  }

  /** Takes the transport's key, 64 bytes, from which the session keys are derived. */
  takeKey(): Uint8Array {
    const theirs = this.#take(64);
    const keys = deriveSessionKeys(this.#key.agree(theirs, this.#initiating), this.#chain.magic);
    const [initiator, responder] = [keys.initiator, keys.responder].map((
      { lengthKey, packetKey, garbageTerminator },
    ) => ({
      lengths: new FSChaCha20(lengthKey),
      packets: new FSChaCha20Poly1305(packetKey),
      terminator: garbageTerminator.slice(),
    }));
    if (initiator === undefined || responder === undefined) throw new Error("Expected keys for both directions");
    const [sending, receiving] = this.#initiating ? [initiator, responder] : [responder, initiator];
    this.#directions = { sending, receiving, sessionId: keys.sessionId.toHex() };
    return theirs;
  }

  /** Takes the transport's garbage and its terminator; returns the garbage. */
  takeGarbage(): Uint8Array {
    const terminator = this.theirTerminator.toHex();
    for (let size = 0; size + TERMINATOR_SIZE <= this.#received.length; size++) {
      if (this.#received.subarray(size, size + TERMINATOR_SIZE).toHex() === terminator) {
        return this.#take(size + TERMINATOR_SIZE).subarray(0, size);
      }
    }
    throw new Error(`Expected a garbage terminator in ${this.#received.length} bytes`);
  }

  /** Takes a packet of the transport. */
  takePacket(associated: Uint8Array = NOTHING): ReceivedPacket {
    const { lengths, packets } = this.#keyed.receiving;
    const length = this.#take(LENGTH_SIZE);
    lengths.crypt(length);
    const [low = 0, middle = 0, high = 0] = length;
    const ciphertext = this.#take(1 + (low | middle << 8 | high << 16));
    const decryption = packets.decrypt(associated, ciphertext.length);
    const [header = 0, ...contents] = decryption.update(ciphertext);
    if (!decryption.finish(this.#take(TAG_SIZE))) throw new Error("Expected an authentic packet of the transport's");
    return { header, contents: Uint8Array.from(contents) };
  }

  /** Takes all packets that the transport has sent; the first authenticates its garbage. */
  takePackets(garbage: Uint8Array = NOTHING): ReceivedPacket[] {
    const packets: ReceivedPacket[] = [];
    while (this.#received.length > 0) packets.push(this.takePacket(packets.length === 0 ? garbage : NOTHING));
    return packets;
  }

  /** Our next packet. */
  packet(
    contents: Uint8Array,
    { associated = NOTHING, header = 0, length }: PacketOptions = {},
  ): Uint8Array<ArrayBuffer> {
    const { lengths, packets } = this.#keyed.sending;
    const size = length ?? contents.length;
    const announced = Uint8Array.of(size, size >> 8, size >> 16);
    lengths.crypt(announced);
    const { ciphertext, tag } = packets.encrypt(associated, concat(Uint8Array.of(header), contents));
    return concat(announced, ciphertext, tag);
  }

  /** Our next packet, a decoy. */
  decoy(size: number, associated: Uint8Array = NOTHING): Uint8Array<ArrayBuffer> {
    return this.packet(new Uint8Array(size), { header: IGNORE, associated });
  }

  get #keyed() {
    if (this.#directions === null) throw new Error("Expected the transport's key to be taken first");
    return this.#directions;
  }

  #take(size: number): Uint8Array<ArrayBuffer> {
    if (this.#received.length < size) throw new Error(`Expected ${size} bytes, got ${this.#received.length}`);
    const taken = this.#received.slice(0, size);
    this.#received = this.#received.slice(size);
    return taken;
  }
}

/** Deterministic bytes in place of random ones. The two that determine the garbage size give `garbageSize`. */
export function seededBytes(seed: number, garbageSize?: number): (length: number) => Uint8Array<ArrayBuffer> {
  const random = new Random(seed);
  return (length) =>
    length === 2 && garbageSize !== undefined
      ? Uint8Array.of(garbageSize & 0xff, garbageSize >> 8)
      : random.bytes(length);
}

/** Only the transport of {@linkcode connectTester}, as making a tester takes as long again. */
export function startTransport(
  { initiating = true, chain = MAINNET, garbageSize, limits = payloadLimit, seed = 1 }: ConnectionOptions = {},
): V2Transport {
  return new V2Transport({ chain, initiating, limits, randomBytes: seededBytes(2 * seed, garbageSize) });
}

/** A transport and a tester that has its key; the transport does not have the tester's yet. */
export function connectTester(
  options: ConnectionOptions = {},
): { readonly transport: V2Transport; readonly tester: V2Tester } {
  const { initiating = true, chain = MAINNET, seed = 1 } = options;
  const transport = startTransport(options);
  const tester = new V2Tester(!initiating, chain, 2 * seed + 1);
  tester.hear(transport.takeOutput());
  tester.takeKey();
  return { transport, tester };
}

/** Everything a tester sends before its messages. */
export function opening(tester: V2Tester, garbage: Uint8Array = NOTHING): Uint8Array<ArrayBuffer> {
  return concat(tester.key, garbage, tester.terminator, tester.packet(NOTHING, { associated: garbage }));
}

/** A transport that is ready for messages and has sent none, and the tester at the other end. */
export function establish(initiating = true): { readonly transport: V2Transport; readonly tester: V2Tester } {
  const ends = connectTester({ initiating });
  for (const _ of framesOf(ends.transport, opening(ends.tester)));
  ends.tester.hear(ends.transport.takeOutput());
  ends.tester.takePackets(ends.tester.takeGarbage());
  return ends;
}
