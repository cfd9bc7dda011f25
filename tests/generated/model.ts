/**
 * A model of a handshake that sees everything the peer sends at once: where its version and its verack are, and which
 * of the possible ends comes first. It shares nothing with the state machine, which sees one message at a time.
 *
 * @module
 */

import type { DamagedMessage, HandshakeRole, HandshakeState } from "../../src/handshake/handshake.ts";
import type { Message, OtherMessage } from "../../src/wire/messages.ts";
import type { VersionMessage } from "../../src/wire/version.ts";

/** What a peer sends, as passed to the state machine. */
export type Received = Message | DamagedMessage;

/** Our side of the handshake. */
export interface Ours {
  readonly role: HandshakeRole;
  readonly version: VersionMessage;
  readonly negotiation: readonly OtherMessage[];
}

/** The course of a handshake. */
export interface Course {
  /** The answers to each message received up to the end, including the one that ended it, unless by an error. */
  readonly answers: readonly (readonly Message[])[];
  /** The index of the message that ended it, or the number of messages if none did. */
  readonly end: number;
  readonly error: string | null;
  readonly state: HandshakeState;
  readonly phase: "version" | "verack";
  readonly verack: boolean;
  readonly peerVersion: VersionMessage | null;
  readonly types: readonly string[];
}

/** How many messages may come before the verack, and how many types are remembered. */
const [MOST_MESSAGES, MOST_TYPES] = [1000, 32];

/** A possible end of the handshake, and the message at which it comes. */
interface End {
  readonly at: number;
  readonly error: string | null;
}

const typeOf = (message: Received): string => "messageType" in message ? message.messageType : message.type;

/** Why a version is refused. */
function refusal(version: VersionMessage, ours: VersionMessage): string | null {
  if (version.protocolVersion < 31800) return "obsolete_version";
  return version.nonce !== null && version.nonce === ours.nonce ? "self_connection" : null;
}

/** The course of the handshake if the peer sends `received` and does not close. */
export function courseOf(received: readonly Received[], ours: Ours): Course {
  const ends: End[] = [];
  if (received.length > MOST_MESSAGES) ends.push({ at: MOST_MESSAGES, error: "message_flood" });

  const versionAt = received.findIndex((message) => typeOf(message) === "version");
  const version = received[versionAt];
  if (version?.type === "damaged") ends.unshift({ at: versionAt, error: version.error.code });
  const refused = version?.type === "version" ? refusal(version, ours.version) : null;
  if (refused !== null) ends.push({ at: versionAt, error: refused });
  const accepted = version?.type === "version" && refused === null && versionAt < MOST_MESSAGES;

  const verackAt = received.findIndex((message, i) => accepted && i > versionAt && typeOf(message) === "verack");
  const verack = received[verackAt];
  if (verack !== undefined) ends.unshift({ at: verackAt, error: verack.type === "damaged" ? verack.error.code : null });

  // Of two ends at the same message the first in the list counts: a verack is in time as message 1,001.
  const end = ends.toSorted((a, b) => a.at - b.at)[0] ?? { at: received.length, error: null };
  const seen = received.slice(0, end.at + 1);
  const ended = end.at < received.length;
  return {
    answers: seen.map((message, i) =>
      end.error !== null && i === end.at ? [] : answer(message, i - versionAt, accepted, ours)
    ),
    end: end.at,
    error: end.error,
    state: !ended ? accepted ? "awaiting_verack" : "awaiting_version" : end.error === null ? "complete" : "failed",
    phase: accepted ? "verack" : "version",
    verack: ended && end.error === null,
    peerVersion: version?.type === "version" && versionAt <= end.at && versionAt < MOST_MESSAGES ? version : null,
    types: seen.slice(0, MOST_TYPES).map(typeOf),
  };
}

/** The answers to a message that is `distance` after the version. */
function answer(
  message: Received,
  distance: number,
  accepted: boolean,
  { role, version, negotiation }: Ours,
): Message[] {
  if (!accepted || distance < 0) return [];
  if (distance === 0) {
    return [...role === "initiator" ? [] : [version], ...negotiation, { type: "verack" }];
  }
  return message.type === "ping" && message.nonce !== null ? [{ type: "pong", nonce: message.nonce }] : [];
}
