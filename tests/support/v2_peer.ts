import type { Connection } from "../../src/net/io.ts";
import type { Session } from "../../src/session/session.ts";
import { V2Transport } from "../../src/transport/v2.ts";
import { type Chain, MAINNET } from "../../src/wire/chains.ts";
import { versionMessage } from "./messages.ts";
import { answerTo, newSession } from "./session.ts";
import { seededBytes } from "./v2_tester.ts";

/** Changes what the peer answers; the first answer has number 0. */
export type Change = (answer: Uint8Array, number: number) => Uint8Array | "end" | Error | null;

/** A connection in memory to a node that speaks v2: what is written to it is answered. */
export class V2PeerConnection implements Connection {
  /** How many bytes were written. */
  bytesWritten = 0;
  /** How many bytes were read. */
  bytesRead = 0;
  /** How often it was closed. */
  closed = 0;
  readonly #transport: V2Transport;
  readonly #session: Session;
  readonly #change: Change;
  #answers = 0;
  #waiting: (Uint8Array | "end" | Error)[] = [];
  #arrived = Promise.withResolvers<void>();

  /** `change` is called for each answer; `null` omits it. */
  constructor(change: Change = (answer) => answer, chain: Chain = MAINNET) {
    this.#transport = new V2Transport({ chain, initiating: false, randomBytes: seededBytes(7, 100) });
    this.#session = newSession({ role: "responder", version: versionMessage(), transport: this.#transport });
    this.#change = change;
    this.#arrived.promise.catch(() => {});
  }

  /** The peer's session ID. */
  get sessionId(): string | null {
    return this.#transport.sessionId;
  }

  async read(buffer: Uint8Array): Promise<number | null> {
    while (this.#waiting.length === 0) {
      await this.#arrived.promise;
      this.#arrived = Promise.withResolvers();
    }
    const [next] = this.#waiting;
    if (next === undefined || next === "end") return null;
    if (next instanceof Error) throw next;
    const part = next.subarray(0, buffer.length);
    buffer.set(part);
    this.#waiting.splice(0, 1, ...part.length < next.length ? [next.subarray(part.length)] : []);
    this.bytesRead += part.length;
    return part.length;
  }

  async write(bytes: Uint8Array): Promise<number> {
    this.bytesWritten += bytes.length;
    const answer = await answerTo(this.#session, bytes.slice());
    if (answer.length === 0) return bytes.length;
    const changed = this.#change(answer, this.#answers++);
    if (changed !== null) {
      this.#waiting.push(changed);
      this.#arrived.resolve();
    }
    return bytes.length;
  }

  close(): void {
    this.closed++;
    this.#waiting = [];
    this.#arrived.reject(new Deno.errors.Interrupted("operation canceled"));
  }
}
