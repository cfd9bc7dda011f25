/**
 * The small language in which hostile peers are written: a script is a list of steps.
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

/** The part of a record that a behaviour decides; of the error, its code and phase. */
export interface ExpectedRecord extends Partial<Omit<PeerRecord, "error">> {
  /** Why the handshake must fail; `null` when it must succeed. */
  readonly error: Pick<Failure, "code" | "phase"> | null;
}

/** A peer that tries something, and what must come of it. */
export interface HostilePeer {
  /** What it does, as a phrase; no two have the same. */
  readonly name: string;
  /** How it does it. */
  readonly script: PeerScript;
  /** Whether it resets its connections, which a {@linkcode SimulatedPeer} cannot: see {@linkcode startHostilePeer}. */
  readonly resets?: true;
  /** The settings of ours without which it makes no sense; the defaults do for all the rest. */
  readonly settings?: Partial<Pick<HandshakeSettings, "chain" | "timeout" | "transport">>;
  /** What must be in our record of it. */
  readonly expected: ExpectedRecord;
}

/** Success with the peer's verack, after these messages. */
export function succeeds(messages: readonly string[], record: Partial<PeerRecord> = {}): ExpectedRecord {
  return { success: true, verack: true, error: null, messages, ...record };
}

/** Success without the peer's verack, for it closed after its version and these messages. */
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

/** What steps work on. */
export interface Talk {
  readonly link: PeerLink;
  /** What the initiator sends. */
  readonly incoming: AsyncIterator<Message>;
}

/** One thing a peer does. */
export type Step = (talk: Talk) => Promise<void>;

/** What a message of the initiator's must be: a type, or a `pong` with this nonce. */
type Heard = "version" | "verack" | { readonly pong: bigint };

/** A peer that does these things, and then waits for us to close. */
export function script(...steps: readonly Step[]): PeerScript {
  return scriptThatCloses(...steps, (talk) => talk.link.waitForClose());
}

/** A peer that does these things, and then closes. */
export function scriptThatCloses(...steps: readonly Step[]): PeerScript {
  return scriptOn(MAINNET, ...steps);
}

/** A peer that does these things and then closes, to an initiator of `chain`. */
export function scriptOn(chain: Chain, ...steps: readonly Step[]): PeerScript {
  return async (link) => {
    const talk = { link, incoming: link.messages(chain) };
    for (const step of steps) await step(talk);
  };
}

/** A peer that does these things, and then resets the connection: a RST where a FIN would be. */
export function scriptThatResets(...steps: readonly Step[]): PeerScript {
  return scriptThatCloses(...steps, ({ link }) => Promise.resolve(link.reset()));
}

/** Sends parts in one write. */
export function say(...parts: readonly Part[]): Step {
  return async ({ link }) => link.sendBytes(await bytesOf(link, parts));
}

/** Sends the parts' bytes in pieces of `size`, with so many milliseconds between them. */
export function sayInPieces(size: number, pause: number, ...parts: readonly Part[]): Step {
  return async ({ link }) => link.sendInPieces(await bytesOf(link, parts), size, pause);
}

/** Sends the parts' bytes in two pieces: so many bytes, a pause that lets us read them, and the rest. */
export function sayCutAt(cut: number, ...parts: readonly Part[]): Step {
  return async ({ link }) => {
    const bytes = await bytesOf(link, parts);
    await link.sendBytes(bytes.subarray(0, cut));
    await link.wait(CUT_PAUSE);
    await link.sendBytes(bytes.subarray(cut));
  };
}

/** Long enough for the reader to have seen what came before, in milliseconds. */
const CUT_PAUSE = 30;

/** Sends the same again and again, with so many milliseconds in between, until we close. */
export function sayForever(pause: number, ...parts: readonly Part[]): Step {
  return async ({ link }) => {
    const bytes = await bytesOf(link, parts);
    for (;;) {
      await link.sendBytes(bytes);
      await link.wait(pause);
    }
  };
}

/** Waits for these messages of the initiator's, and gives up, without a verack, when any other comes in their place. */
export function hear(...expected: readonly Heard[]): Step {
  return async ({ incoming }) => {
    for (const wanted of expected) {
      const { value, done } = await incoming.next();
      if (done || !isWanted(value, wanted)) throw new Deno.errors.InvalidData("the initiator sent something else");
    }
  };
}

/** Longer than any patience of ours, in milliseconds. */
export const AGES = 600_000;

/** Waits for so many milliseconds. */
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

/** All of `pieces`, one behind the other. */
function joinBytes(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
