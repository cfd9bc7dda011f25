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

/** Runs a handshake over a transport. It serves either role. */
export class Session {
  readonly #handshake: Handshake;
  readonly #transport: Transport;
  readonly #clock: Pick<Clock, "unixTime">;

  /** Joins the three; all are used by this session alone. */
  constructor(handshake: Handshake, transport: Transport, clock: Pick<Clock, "unixTime">) {
    this.#handshake = handshake;
    this.#transport = transport;
    this.#clock = clock;
  }

  /** The bytes to send as soon as the connection is up. */
  start(): Promise<Uint8Array> {
    return this.#send(this.#handshake.start());
  }

  /**
   * Takes bytes of the peer's, up to the end of its handshake; returns the bytes to send in answer.
   *
   * @throws {TransportError} when they are no stream of messages.
   * @throws {HandshakeError} when the handshake cannot succeed any more.
   */
  async receive(bytes: Uint8Array): Promise<Uint8Array> {
    const answers: Message[] = [];
    for (const frame of this.#transport.receive(bytes)) {
      answers.push(...this.#handshake.receive(await this.#open(frame), this.#clock.unixTime()));
      if (this.#handshake.state === "complete") break;
    }
    return this.#send(answers);
  }

  /** Reads the message in a frame. */
  async #open(frame: Frame): Promise<Message | DamagedMessage> {
    const { messageType, payload } = frame;
    if (!await this.#transport.isIntact(frame)) {
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

  /** Hands the messages to the transport; returns what it has to send now. */
  async #send(messages: readonly Message[]): Promise<Uint8Array> {
    for (const message of messages) {
      const { messageType, payload } = encodeMessage(message);
      await this.#transport.send(messageType, payload);
    }
    return this.#transport.takeOutput();
  }
}
