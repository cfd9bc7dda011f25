/**
 * What a peer sends, up to a bound.
 *
 * @module
 */

import { HandshakeError } from "../handshake/errors.ts";
import type { Frame, Transport } from "../transport/transport.ts";

const NOTHING = new Uint8Array();

/** Gives a transport as many bytes as it may get, until the bound is lifted. */
export class BoundedInput {
  readonly #transport: Transport;
  readonly #maxBytes: number;
  /** How many more bytes may come; infinite without a bound. */
  #left: number;
  /** What came beyond them. */
  #beyond: Uint8Array = NOTHING;

  /** Gives `transport` at most `maxBytes`. */
  constructor(transport: Transport, maxBytes: number) {
    this.#transport = transport;
    this.#maxBytes = maxBytes;
    this.#left = maxBytes;
  }

  /** From now on any number of bytes may come. */
  lift(): void {
    this.#left = Infinity;
  }

  /** As {@linkcode Transport.receive}. */
  receive(bytes: Uint8Array): void {
    const isWithin = bytes.length <= this.#left;
    this.#transport.receive(isWithin ? bytes : bytes.subarray(0, this.#left));
    if (!isWithin) this.#beyond = bytes.subarray(this.#left);
    this.#left = isWithin ? this.#left - bytes.length : 0;
  }

  /**
   * As {@linkcode Transport.takeFrame}. What came beyond the bound is looked at last, when that may have been lifted.
   *
   * @throws {TransportError} as the transport does.
   * @throws {HandshakeError} `message_flood` when there is more than the bound.
   */
  takeFrame(): Frame | null {
    const frame = this.#transport.takeFrame();
    if (frame !== null || this.#beyond.length === 0) return frame;
    if (this.#left !== Infinity) {
      throw new HandshakeError(
        "message_flood",
        `Expected the handshake within ${this.#maxBytes} bytes, the peer sent more`,
      );
    }
    this.#transport.receive(this.#beyond);
    this.#beyond = NOTHING;
    return this.#transport.takeFrame();
  }
}
