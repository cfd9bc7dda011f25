/**
 * One end of a connection without its socket: transport, codecs and state machine together, bytes in and bytes out.
 *
 * @module
 */

import { HandshakeError } from "../handshake/errors.ts";
import type { DamagedMessage, Handshake } from "../handshake/handshake.ts";
import type { Frame, Transport } from "../transport/transport.ts";
import { WireError } from "../wire/errors.ts";
import { decodeMessage, encodeMessage, type Message } from "../wire/messages.ts";
import type { Clock } from "./io.ts";
import type { MessageEvent } from "./trace.ts";

/** Runs a handshake over a transport. It serves either role. */
export class Session {
  readonly #handshake: Handshake;
  readonly #transport: Transport;
  readonly #clock: Pick<Clock, "unixTime">;
  readonly #onMessage: ((event: MessageEvent) => void) | undefined;

  /** Joins the three; all are used by this session alone. `onMessage` is told of each message that goes by. */
  constructor(
    handshake: Handshake,
    transport: Transport,
    clock: Pick<Clock, "unixTime">,
    onMessage?: (event: MessageEvent) => void,
  ) {
    this.#handshake = handshake;
    this.#transport = transport;
    this.#clock = clock;
    this.#onMessage = onMessage;
  }

  /** The bytes to send as soon as the connection is up. */
  async start(): Promise<Uint8Array> {
    for (const message of this.#handshake.start()) await this.#send(message);
    return this.#transport.takeOutput();
  }

  /**
   * Takes bytes of the peer's, up to the end of its handshake; returns the bytes to send in answer.
   *
   * @throws {TransportError} when they are no stream of messages.
   * @throws {HandshakeError} when the handshake cannot succeed any more.
   */
  async receive(bytes: Uint8Array): Promise<Uint8Array> {
    const now = this.#clock.unixTime();
    this.#transport.receive(bytes);
    for (let frame; (frame = this.#transport.takeFrame()) !== null;) {
      const intact = this.#transport.isIntact(frame);
      const message = readMessage(frame, typeof intact === "boolean" ? intact : await intact);
      this.#onMessage?.(received(frame, message));
      for (const answer of this.#handshake.receive(message, now)) {
        const sending = this.#send(answer);
        if (sending !== undefined) await sending;
      }
      if (this.#handshake.state === "complete") break;
    }
    return this.#transport.takeOutput();
  }

  #send(message: Message): void | Promise<void> {
    const { messageType, payload } = encodeMessage(message);
    this.#onMessage?.({ type: "message", direction: "sent", messageType, size: payload.length, payload, damage: null });
    return this.#transport.send(messageType, payload);
  }
}

/** Reads the message in a frame. */
function readMessage({ messageType, payload }: Frame, intact: boolean): Message | DamagedMessage {
  if (!intact) {
    const error = new HandshakeError("bad_checksum", `Expected ${messageType} with the checksum of its payload`);
    return { type: "damaged", messageType, error };
  }
  try {
    return decodeMessage(messageType, payload);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    return { type: "damaged", messageType, error: new HandshakeError("malformed_message", cause.message, { cause }) };
  }
}

function received({ messageType, size, payload }: Frame, message: Message | DamagedMessage): MessageEvent {
  const damage = message.type === "damaged" ? message.error.message : null;
  return { type: "message", direction: "received", messageType, size, payload, damage };
}
