/**
 * A limit on what a peer may send.
 *
 * @module
 */

import { HandshakeError } from "../handshake/errors.ts";
import type { Frame, Transport } from "../transport/transport.ts";

const NOTHING = new Uint8Array();

/** Passes bytes to a transport up to a limit, until that is lifted. */
export class BoundedInput {
  readonly #transport: Transport;
  readonly #maxBytes: number;
  /** How many more bytes may come; infinite without a limit. */
  #left: number;
  /** Bytes beyond the limit. */
  #beyond: Uint8Array = NOTHING;

  /** Passes at most `maxBytes` to `transport`. */
  constructor(transport: Transport, maxBytes: number) {
    this.#transport = transport;
    this.#maxBytes = maxBytes;
    this.#left = maxBytes;
  }

  /** Lifts the limit. */
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
   * As {@linkcode Transport.takeFrame}. Bytes beyond the limit are checked last, as it may have been lifted by then.
   *
   * @throws {TransportError} as the transport does.
   * @throws {HandshakeError} `message_flood` when the peer has sent more than the limit.
   */
  takeFrame(): Frame | null {
    const frame = this.#transport.takeFrame();
    if (frame !== null || this.#beyond.length === 0) return frame;
    if (this.#left !== Infinity) {
      throw new HandshakeError(
        "message_flood",
        `Expected the handshake within ${this.#maxBytes} bytes, but the peer sent more`,
      );
    }
    this.#transport.receive(this.#beyond);
    this.#beyond = NOTHING;
    return this.#transport.takeFrame();
  }
}
