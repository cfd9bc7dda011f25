/**
 * The pump between a socket and a session: the one place that awaits bytes and checksums.
 *
 * @module
 */

import { checksum } from "../crypto/checksum.ts";
import type { ProgressEvent } from "../session/events.ts";
import type { Session } from "../session/session.ts";
import { isPeerGone, osErrorCode } from "./errors.ts";
import type { Clock, Connection } from "./io.ts";

/**
 * Moves bytes between a connection and its session.
 *
 * @example A client that shakes hands over v2, and then pings
 * ```ts
 * import { Pump, Session, V2Transport } from "@bitcoin-p2p/handshake/protocol";
 * import { nodeScript, SimulatedPeer } from "@bitcoin-p2p/handshake/sim";
 * import { MAINNET, UNSPECIFIED_ADDRESS } from "@bitcoin-p2p/handshake/wire";
 * import { assertEquals } from "@std/assert";
 *
 * await using peer = new SimulatedPeer(nodeScript());
 *
 * const clock = { unixTime: () => BigInt(Math.floor(Date.now() / 1000)) };
 * const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
 * using connection = await Deno.connect({ hostname: peer.address.host, port: peer.address.port });
 * using session = new Session({
 *   role: "initiator",
 *   version: {
 *     type: "version",
 *     protocolVersion: 70016,
 *     services: 0n,
 *     timestamp: clock.unixTime(),
 *     addrRecv: UNSPECIFIED_ADDRESS,
 *     addrFrom: UNSPECIFIED_ADDRESS,
 *     nonce: new DataView(randomBytes(8).buffer).getBigUint64(0),
 *     userAgent: new TextEncoder().encode("/ours:1.0/"),
 *     startHeight: 0,
 *     relay: false,
 *   },
 *   transport: new V2Transport({ chain: MAINNET, initiating: true, randomBytes }),
 * });
 * const pump = new Pump(session, connection, clock);
 * const buffer = new Uint8Array(65_536);
 *
 * await pump.run(buffer, (event) => event.type === "complete");
 * session.send({ type: "ping", nonce: 7n });
 * await pump.run(buffer, (event) => {
 *   if (event.type !== "message" || event.message.type !== "pong") return event.type === "closed";
 *   assertEquals([event.direction, event.message.nonce], ["received", 7n]);
 *   return true;
 * });
 * ```
 */
export class Pump {
  readonly #session: Session;
  readonly #connection: Pick<Connection, "read" | "write">;
  readonly #clock: Pick<Clock, "unixTime">;
  #bytesSent = 0;
  #bytesReceived = 0;
  /** Why the last write failed. */
  #writeError: unknown;
  #ended = false;

  /** Moves nothing until {@linkcode Pump.run}. */
  constructor(session: Session, connection: Pick<Connection, "read" | "write">, clock: Pick<Clock, "unixTime">) {
    this.#session = session;
    this.#connection = connection;
    this.#clock = clock;
  }

  /** Bytes written so far. */
  get bytesSent(): number {
    return this.#bytesSent;
  }

  /** Bytes read so far. */
  get bytesReceived(): number {
    return this.#bytesReceived;
  }

  /**
   * Moves bytes until `onEvent` returns `true` and everything queued is written, until the peer has closed, or until it
   * has sent `maxBytes` in all. Call it again with the same buffer to go on after the event at which it stopped.
   *
   * @param buffer To read into; must not be used elsewhere while the session is in use.
   * @throws what the session or the connection throws.
   */
  async run(
    buffer: Uint8Array<ArrayBuffer>,
    onEvent: (event: ProgressEvent) => boolean,
    maxBytes: number = Infinity,
  ): Promise<void> {
    const session = this.#session;
    const connection = this.#connection;
    for (;;) {
      let enough = false;
      for (let event; !enough && (event = session.poll()) !== null;) {
        if (event.type === "checksum") session.provide(await checksum(event.payload));
        else enough = this.#tell(event, onEvent);
      }
      for (let output = session.takeOutput(); output.length > 0;) {
        try {
          const written = await connection.write(output);
          this.#bytesSent += written;
          output = output.subarray(written);
        } catch (error) {
          if (!isPeerGone(error)) throw error;
          // What the peer sent before may still be there to read, and decides.
          this.#writeError = error;
          break;
        }
      }
      const room = maxBytes - this.#bytesReceived;
      if (enough || this.#ended || room <= 0) return;
      const length = await connection.read(room < buffer.length ? buffer.subarray(0, room) : buffer);
      if (length === null) {
        this.#ended = true;
        session.close();
      } else {
        this.#bytesReceived += length;
        session.receive(buffer.subarray(0, length), this.#clock.unixTime());
      }
    }
  }

  #tell(event: ProgressEvent, onEvent: (event: ProgressEvent) => boolean): boolean {
    const enough = onEvent(event);
    // A reset reported by a write looks like an orderly end to the next read.
    if (event.type === "closed" && osErrorCode(this.#writeError) === "ECONNRESET") throw this.#writeError;
    return enough;
  }
}

/** The next event of a session whose bytes the caller moves; `null` when it needs more bytes. */
export async function nextEvent(session: Session): Promise<ProgressEvent | null> {
  for (;;) {
    const event = session.poll();
    if (event?.type !== "checksum") return event;
    session.provide(await checksum(event.payload));
  }
}
