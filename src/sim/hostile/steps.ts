/**
 * A small language for hostile peers, whose scripts are lists of steps.
 *
 * @module
 */

import type { HandshakeSettings } from "../../net/settings.ts";
import type { ErrorCode, ErrorPhase, Failure } from "../../net/errors.ts";
import type { PeerRecord } from "../../report/records/peer.ts";
import { type Chain, MAINNET } from "../../wire/chains.ts";
import type { Message } from "../../wire/messages.ts";
import type { PeerLink } from "../link.ts";
import type { PeerScript } from "../peer.ts";
import type { Part } from "./parts.ts";

/** The part of a record that the peer's behaviour determines; of the error, its code and phase. */
export interface ExpectedRecord extends Partial<Omit<PeerRecord, "error">> {
  /** Why the handshake must fail; `null` if it must succeed. */
  readonly error: Pick<Failure, "code" | "phase"> | null;
}

/** A hostile peer, and its expected record. */
export interface HostilePeer {
  /** What it does, as a unique phrase. */
  readonly name: string;
  /** How it does it. */
  readonly script: PeerScript;
  /**
   * Whether it resets its connections, which a {@linkcode SimulatedPeer} cannot do: see {@linkcode startHostilePeer}.
   */
  readonly resets?: true;
  /** Our settings that it needs; the defaults apply to the rest. */
  readonly settings?: Partial<Pick<HandshakeSettings, "chain" | "timeout" | "transport">>;
  /** What our record of it must contain. */
  readonly expected: ExpectedRecord;
}

/** Success with the peer's verack, after these messages. */
export function succeeds(messages: readonly string[], record: Partial<PeerRecord> = {}): ExpectedRecord {
  return { success: true, verack: true, error: null, messages, ...record };
}

/** Success without the peer's verack, as it closed after its version and these messages. */
export function succeedsWithoutVerack(messages: readonly string[], record: Partial<PeerRecord> = {}): ExpectedRecord {
  return { success: true, verack: false, error: null, messages, ...record };
}

/** Failure. */
export function fails(code: ErrorCode, phase: ErrorPhase, record: Partial<PeerRecord> = {}): ExpectedRecord {
  return { success: false, verack: false, error: { code, phase }, ...record };
}

/** A peer that sends parts in one write as soon as it is connected, and then waits for us to close. */
export function peer(name: string, parts: readonly Part[], expected: ExpectedRecord): HostilePeer {
  return { name, script: script(say(...parts)), expected };
}

/** The state that steps work on. */
export interface Talk {
  readonly link: PeerLink;
  /** The messages that the initiator sends. */
  readonly incoming: AsyncIterator<Message>;
}

/** One thing a peer does. */
export type Step = (talk: Talk) => Promise<void>;

/** An expected message of the initiator: a type, or a `pong` with this nonce. */
export type Heard = "version" | "verack" | "sendaddrv2" | "getaddr" | { readonly pong: bigint };

/** A peer that takes these steps, and then waits for us to close. */
export function script(...steps: readonly Step[]): PeerScript {
  return scriptThatCloses(...steps, (talk) => talk.link.waitForClose());
}

/** A peer that takes these steps, and then closes. */
export function scriptThatCloses(...steps: readonly Step[]): PeerScript {
  return scriptOn(MAINNET, ...steps);
}

/** A peer that takes these steps and then closes, for an initiator on `chain`. */
export function scriptOn(chain: Chain, ...steps: readonly Step[]): PeerScript {
  return async (link) => {
    const talk = { link, incoming: link.messages(chain) };
    for (const step of steps) await step(talk);
  };
}

/** A peer that takes these steps, and then resets the connection: a RST instead of a FIN. */
export function scriptThatResets(...steps: readonly Step[]): PeerScript {
  return scriptThatCloses(...steps, ({ link }) => Promise.resolve(link.reset()));
}

/** Sends parts in one write. */
export function say(...parts: readonly Part[]): Step {
  return async ({ link }) => link.sendBytes(await bytesOf(link, parts));
}

/** Sends the parts' bytes in pieces of `size`, with `pause` milliseconds between them. */
export function sayInPieces(size: number, pause: number, ...parts: readonly Part[]): Step {
  return async ({ link }) => link.sendInPieces(await bytesOf(link, parts), size, pause);
}

/** Sends the parts' bytes in two pieces: `cut` bytes, a pause that lets us read them, and the rest. */
export function sayCutAt(cut: number, ...parts: readonly Part[]): Step {
  return async ({ link }) => {
    const bytes = await bytesOf(link, parts);
    await link.sendBytes(bytes.subarray(0, cut));
    await link.wait(CUT_PAUSE);
    await link.sendBytes(bytes.subarray(cut));
  };
}

/** Long enough for the reader to have read what came before, in milliseconds. */
const CUT_PAUSE = 30;

/** Sends the same parts again and again, with `pause` milliseconds in between, until we close. */
export function sayForever(pause: number, ...parts: readonly Part[]): Step {
  return async ({ link }) => {
    const bytes = await bytesOf(link, parts);
    for (;;) {
      await link.sendBytes(bytes);
      await link.wait(pause);
    }
  };
}

/** Waits for these messages from the initiator, and gives up, without a verack, if it gets any other. */
export function hear(...expected: readonly Heard[]): Step {
  return async ({ incoming }) => {
    for (const wanted of expected) {
      const { value, done } = await incoming.next();
      if (done || !isWanted(value, wanted)) throw new Deno.errors.InvalidData("the initiator sent something else");
    }
  };
}

/** Longer than any of our timeouts, in milliseconds. */
export const AGES = 600_000;

/** Waits for `milliseconds`. */
export function pause(milliseconds: number): Step {
  return ({ link }) => link.wait(milliseconds);
}

/** Ends the peer's side of the stream with a FIN, and goes on reading. */
export const finish: Step = ({ link }) => link.finish();

function isWanted(message: Message, wanted: Heard): boolean {
  return typeof wanted === "string"
    ? message.type === wanted
    : message.type === "pong" && message.nonce === wanted.pong;
}

async function bytesOf(link: PeerLink, parts: readonly Part[]): Promise<Uint8Array<ArrayBuffer>> {
  const made = new Map<Part, Uint8Array>();
  for (const part of new Set(parts)) made.set(part, await part(link.now));
  return joinBytes(parts.flatMap((part) => made.get(part) ?? []));
}

/** The concatenation of `pieces`. */
function joinBytes(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
