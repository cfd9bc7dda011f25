/**
 * The client side of SAM 3.1, the bridge to I2P, without I/O: one line out, one line in. A run has one session; each
 * stream is a separate connection.
 *
 *     HELLO VERSION MIN=3.1 MAX=3.1                           HELLO REPLY RESULT=OK VERSION=3.1
 *     SESSION CREATE STYLE=STREAM ID=<id> DESTINATION=…       SESSION STATUS RESULT=OK DESTINATION=<our keys>
 *     NAMING LOOKUP NAME=<name>                               NAMING REPLY RESULT=OK NAME=<name> VALUE=<destination>
 *     STREAM CONNECT ID=<id> DESTINATION=<destination> …      STREAM STATUS RESULT=OK, then all bytes are the peer's
 *
 * Source: I2P's specification of SAM V3, and Bitcoin Core `i2p.cpp` (`Session`).
 *
 * @module
 */

import { DialError, type DialErrorCode, WayLostError } from "./errors.ts";
import type { Negotiation } from "./negotiation.ts";
import { SamLine, type SamReply } from "./sam_line.ts";

/** A dialogue with the bridge: yields the lines to send, without line ends, and receives the replies. */
type Dialogue = Generator<string, void, SamReply>;

/** The meaning of results; any other is `proxy_failure`. */
const RESULTS: ReadonlyMap<string, DialErrorCode> = new Map([
  ["CANT_REACH_PEER", "host_unreachable"],
  ["KEY_NOT_FOUND", "not_found"],
  ["PEER_NOT_FOUND", "not_found"],
  ["LEASESET_NOT_FOUND", "not_found"],
  ["TIMEOUT", "timeout"],
  ["NOVERSION", "proxy_refused"],
]);

/** How much of a reply is shown, in UTF-16 units. */
const MAX_SHOWN = 200;

/** Creates a session with a new destination, which ends with the connection. */
function* createSession(id: string): Dialogue {
  yield* sayHello();
  // As Bitcoin Core creates a transient one.
  const options = "SIGNATURE_TYPE=7 i2cp.leaseSetEncType=4,0 inbound.quantity=1 outbound.quantity=1";
  const reply = yield `SESSION CREATE STYLE=STREAM ID=${id} DESTINATION=TRANSIENT ${options}`;
  expectOk("SESSION STATUS", reply);
}

/** Connects to the destination of a name, `<52 characters>.b32.i2p`, in a session. */
function* connectStream(id: string, name: string): Dialogue {
  yield* sayHello();
  const lookup = yield `NAMING LOOKUP NAME=${name}`;
  expectOk("NAMING REPLY", lookup, (result) => result === "INVALID_KEY" && new DialError("not_found", said(lookup)));
  const destination = lookup.values.get("VALUE") ?? "";
  if (!/^[\w~=-]+$/.test(destination)) throw noSam("a destination", lookup);
  const status = yield `STREAM CONNECT ID=${id} DESTINATION=${destination} SILENT=false`;
  expectOk(
    "STREAM STATUS",
    status,
    (result) => result === "INVALID_ID" && new WayLostError("proxy_failure", said(status)),
  );
}

function* sayHello(): Dialogue {
  expectOk("HELLO REPLY", yield "HELLO VERSION MIN=3.1 MAX=3.1");
}

/** Runs a dialogue with the bridge. */
export class Sam implements Negotiation {
  readonly #dialogue: Dialogue;
  readonly #isForPeer: boolean;
  readonly #line = new SamLine();
  #output: string;
  #replies = 0;
  #rest: Uint8Array | null = null;

  private constructor(dialogue: Dialogue, isForPeer: boolean) {
    this.#dialogue = dialogue;
    this.#isForPeer = isForPeer;
    this.#output = `${dialogue.next().value}\n`;
  }

  /** Creates a session with the ID. */
  static session(id: string): Sam {
    return new Sam(createSession(id), false);
  }

  /** Connects to the destination of a name in the session with the ID. */
  static stream(id: string, name: string): Sam {
    return new Sam(connectStream(id, name), true);
  }

  get awaitsPeer(): boolean {
    return this.#isForPeer && this.#replies > 0;
  }

  get rest(): Uint8Array | null {
    return this.#rest;
  }

  takeOutput(): Uint8Array {
    const output = new TextEncoder().encode(this.#output);
    this.#output = "";
    return output;
  }

  receive(bytes: Uint8Array): void {
    for (let rest = bytes; this.#rest === null;) {
      rest = rest.subarray(this.#line.add(rest));
      const reply = this.#line.take();
      if (reply === null) return;
      const { done, value } = this.#dialogue.next(reply);
      this.#replies++;
      if (done) this.#rest = rest.slice();
      else this.#output += `${value}\n`;
    }
  }
}

/** Checks what a reply begins with, and that its result is OK; `meaning` overrides the meaning of some results. */
function expectOk(words: string, reply: SamReply, meaning: (result: string) => DialError | false = () => false): void {
  if (reply.words !== words) throw noSam(words, reply);
  const result = reply.values.get("RESULT") ?? "";
  if (result === "OK") return;
  throw meaning(result) || new DialError(RESULTS.get(result) ?? "proxy_failure", said(reply));
}

function noSam(expected: string, reply: SamReply): DialError {
  return new DialError("proxy_refused", `does not speak SAM: expected ${expected}, got ${shown(reply)}`);
}

function said(reply: SamReply): string {
  return `replied ${shown(reply)}`;
}

function shown({ text }: SamReply): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
