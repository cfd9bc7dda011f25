/**
 * The v2 transport: keys first, then encrypted and authenticated packets, some of them decoys. Both ends do the same.
 *
 * ```text
 *    receiving                                    sending
 *
 *       key                                       awaiting_key: our key and garbage go out, decoys and messages wait
 *        │                                             │
 *    64 bytes received: both ends have keys ───────────┤
 *        ▼                                             │
 *     garbage ◄── anything, up to 4095 bytes      in one write: our garbage terminator, the decoys, the version packet,
 *        │                                             │         the messages
 *    the peer's garbage terminator                     ▼
 *        ▼                                           ready: a message is a packet
 *     version ◄── decoy: ignored
 *        │
 *    any other packet, whatever its contents
 *        ▼
 *    application ◄── decoy: ignored; any other packet: yielded as a message
 * ```
 *
 * In every state an error or disposal leads to `closed`, and the keys are overwritten.
 *
 * Source: BIP 324; Bitcoin Core `net.cpp` (`V2Transport`).
 *
 * @module
 */

import { ELLSWIFT_SIZE, type RandomBytes } from "../crypto/ellswift.ts";
import { EllSwiftKey } from "../crypto/key_agreement.ts";
import { deriveSessionKeys } from "../crypto/key_schedule.ts";
import { BOOLEAN, COUNT, FUNCTION } from "../wire/argument.ts";
import { CHAIN, type Chain } from "../wire/chains.ts";
import { payloadLimit, type PayloadLimits } from "../wire/messages.ts";
import { ByteBuffer } from "./byte_buffer.ts";
import { TransportError } from "./errors.ts";
import { refuseOtherProtocol, refuseText } from "./other_protocol.ts";
import { Outbox } from "./outbox.ts";
import type { Frame, Transport } from "./transport.ts";
import { refuseV1 } from "./v1_beginning.ts";
import { decodeContents, encodeContents, needsPayload } from "./v2_contents.ts";
import { IncomingGarbage, randomGarbage } from "./v2_garbage.ts";
import { type KeepsContents, PacketReader, PacketWriter } from "./v2_packets.ts";

/** Default limit on the number of decoys a peer may send. */
export const MAX_DECOYS = 10_000;

const NOTHING = new Uint8Array();

/** The session, once both ends have keys. */
interface Keyed {
  readonly sessionId: string;
  readonly reader: PacketReader;
  readonly writer: PacketWriter;
}

/** The state of receiving, and its data. */
type Receiving =
  | { readonly state: "key"; readonly theirs: ByteBuffer; readonly ours: EllSwiftKey; readonly ourGarbage: Uint8Array }
  | { readonly state: "garbage"; readonly garbage: IncomingGarbage; readonly keyed: Keyed }
  | { readonly state: "version" | "application"; readonly keyed: Keyed }
  | { readonly state: "closed"; readonly error: unknown };

/** How to start a {@linkcode V2Transport}. */
export interface V2Options {
  /** The chain of both nodes. */
  readonly chain: Chain;
  /** Whether this end opened the connection. */
  readonly initiating: boolean;
  /** Fresh random bytes, for a key and garbage. */
  readonly randomBytes: RandomBytes;
  /** Which payloads are kept; by default those that a codec decodes. */
  readonly limits?: PayloadLimits;
  /** How many decoys the peer may send; {@linkcode MAX_DECOYS} by default. */
  readonly maxDecoys?: number;
}

/**
 * The v2 transport of one connection. Its output begins with our key and garbage, even if nothing is queued.
 *
 * @example
 * ```ts
 * import { V2Transport } from "@bitcoin-p2p/handshake/protocol";
 * import { MAINNET } from "@bitcoin-p2p/handshake/wire";
 * import { assertEquals } from "@std/assert";
 *
 * const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
 * using initiator = new V2Transport({ chain: MAINNET, initiating: true, randomBytes });
 * using responder = new V2Transport({ chain: MAINNET, initiating: false, randomBytes });
 *
 * initiator.send("ping", new Uint8Array(8));
 * responder.receive(initiator.takeOutput());
 * assertEquals(responder.takeFrame(), null);
 * initiator.receive(responder.takeOutput());
 * assertEquals(initiator.takeFrame(), null);
 * responder.receive(initiator.takeOutput());
 * const frame = responder.takeFrame();
 *
 * assertEquals([frame?.messageType, frame?.size], ["ping", 8]);
 * assertEquals(initiator.sessionId, responder.sessionId);
 * ```
 */
export class V2Transport implements Transport {
  readonly #chain: Chain;
  readonly #initiating: boolean;
  readonly #limits: PayloadLimits;
  readonly #maxDecoys: number;
  readonly #outbox = new Outbox();
  readonly #waitingDecoys: number[] = [];
  readonly #waitingMessages: (readonly Uint8Array[])[] = [];
  /** Bytes received but not yet read. */
  #input: Uint8Array = NOTHING;
  #receiving: Receiving;
  #sessionId: string | null = null;
  #decoysReceived = 0;

  /**
   * Makes a key and garbage for this connection.
   *
   * @throws {TypeError} when an option has the wrong type.
   * @throws {RangeError} when `maxDecoys` is not a non-negative integer.
   */
  constructor({ chain, initiating, randomBytes, limits = payloadLimit, maxDecoys = MAX_DECOYS }: V2Options) {
    CHAIN.check("chain", chain);
    BOOLEAN.check("initiating", initiating);
    FUNCTION.check("randomBytes", randomBytes);
    COUNT.check("maxDecoys", maxDecoys);
    this.#chain = chain;
    this.#initiating = initiating;
    this.#limits = limits;
    this.#maxDecoys = maxDecoys;
    const ours = new EllSwiftKey(randomBytes);
    const ourGarbage = randomGarbage(randomBytes);
    this.#outbox.add(ours.encoding);
    this.#outbox.add(ourGarbage);
    this.#receiving = { state: "key", theirs: new ByteBuffer(ELLSWIFT_SIZE), ours, ourGarbage };
  }

  /** Always `v2`. */
  get type(): "v2" {
    return "v2";
  }

  /** 64 hex digits; `null` until the peer has proved that it has the keys, which it does before its first message. */
  get sessionId(): string | null {
    return this.#sessionId;
  }

  receive(bytes: Uint8Array): void {
    this.#input = bytes;
  }

  takeFrame(): Frame | null {
    while (this.#input.length > 0) {
      const { taken, frame } = this.#receiveNext(this.#input);
      this.#input = this.#input.subarray(taken);
      if (frame !== null) return frame;
    }
    return null;
  }

  send(messageType: string, payload: Uint8Array): void {
    const contents = encodeContents(messageType, payload);
    const writer = this.#writer();
    if (writer === null) this.#waitingMessages.push(contents);
    else this.#outbox.add(writer.write(contents));
  }

  /**
   * Queues a packet that the peer ignores, with `size` bytes of contents. Decoys queued before there are keys go out
   * before the version packet.
   */
  sendDecoy(size: number): void {
    const writer = this.#writer();
    if (writer === null) this.#waitingDecoys.push(size);
    else this.#outbox.add(writer.writeDecoy(size));
  }

  takeOutput(): Uint8Array<ArrayBuffer> {
    return this.#outbox.take();
  }

  /**
   * Takes the end of the peer's stream.
   *
   * @throws {TransportError} `not_bitcoin` when the peer sent only text.
   */
  end(): void {
    if (this.#receiving.state === "key") refuseText(this.#receiving.theirs.bytes);
  }

  /** Overwrites the keys. Nothing can be sent or received after that. */
  [Symbol.dispose](): void {
    this.#close(new TypeError("Cannot use the transport: it has been disposed of"));
  }

  /** Takes bytes up to the end of a message at most. */
  #receiveNext(bytes: Uint8Array): { taken: number; frame: Frame | null } {
    try {
      return { taken: this.#take(bytes), frame: this.#takeMessage() };
    } catch (error) {
      this.#close(error);
      throw error;
    }
  }

  #take(bytes: Uint8Array): number {
    const receiving = this.#receiving;
    switch (receiving.state) {
      case "key": {
        const { theirs } = receiving;
        const taken = theirs.add(bytes);
        refuseV1(theirs.bytes, this.#chain);
        refuseOtherProtocol(theirs.bytes);
        if (theirs.isFull) this.#startEncryption(theirs.bytes, receiving.ours, receiving.ourGarbage);
        return taken;
      }
      case "garbage": {
        const { keyed } = receiving;
        const { taken, garbage } = receiving.garbage.take(bytes);
        if (garbage !== null) {
          keyed.reader.expectGarbage(garbage);
          this.#receiving = { state: "version", keyed };
        }
        return taken;
      }
      case "version":
      case "application":
        return receiving.keyed.reader.take(bytes);
      case "closed":
        throw receiving.error;
    }
  }

  /** Both ends have keys: everything queued can go out. */
  #startEncryption(theirs: Uint8Array, ours: EllSwiftKey, ourGarbage: Uint8Array): void {
    const keys = deriveSessionKeys(ours.agree(theirs, this.#initiating), this.#chain.magic);
    const [sending, receiving] = this.#initiating ? [keys.initiator, keys.responder] : [keys.responder, keys.initiator];
    const writer = new PacketWriter(sending, ourGarbage);
    const keyed = { sessionId: keys.sessionId.toHex(), reader: new PacketReader(receiving, this.#keeps), writer };
    this.#receiving = { state: "garbage", garbage: new IncomingGarbage(receiving.garbageTerminator), keyed };
    this.#outbox.add(sending.garbageTerminator);
    for (const size of this.#waitingDecoys) this.#outbox.add(writer.writeDecoy(size));
    const versionPacket = writer.write([]);
    this.#outbox.add(versionPacket);
    for (const contents of this.#waitingMessages) this.#outbox.add(writer.write(contents));
  }

  /** The message, if it is now complete. */
  #takeMessage(): Frame | null {
    const receiving = this.#receiving;
    if (receiving.state !== "version" && receiving.state !== "application") return null;
    const packet = receiving.keyed.reader.takeComplete();
    if (packet === null) return null;
    if (packet.decoy) {
      this.#decoysReceived++;
      if (this.#decoysReceived > this.#maxDecoys) {
        throw new TransportError(
          "message_flood",
          `Expected at most ${this.#maxDecoys} decoys, but the peer sent more`,
        );
      }
      return null;
    }
    if (receiving.state === "application") return decodeContents(packet.contents, packet.size, this.#limits);
    this.#sessionId = receiving.keyed.sessionId;
    this.#receiving = { state: "application", keyed: receiving.keyed };
    return null;
  }

  /** The contents of the version packet are ignored. */
  readonly #keeps: KeepsContents = (beginning, size) =>
    this.#receiving.state === "application" && needsPayload(beginning, size, this.#limits);

  /** The packet writer, once there are keys. */
  #writer(): PacketWriter | null {
    const receiving = this.#receiving;
    if (receiving.state === "closed") throw receiving.error;
    return receiving.state === "key" ? null : receiving.keyed.writer;
  }

  #close(error: unknown): void {
    const receiving = this.#receiving;
    if (receiving.state === "closed") return;
    if (receiving.state === "key") {
      receiving.ours[Symbol.dispose]();
    } else {
      receiving.keyed.reader[Symbol.dispose]();
      receiving.keyed.writer[Symbol.dispose]();
    }
    this.#receiving = { state: "closed", error };
  }
}
