/**
 * What a handshake must make of all that a peer sends, told from the whole list at once: where its version and its
 * verack are, and which of the possible ends comes first. It shares nothing with the state machine, which sees one
 * message at a time.
 *
 * @module
 */

import type { DamagedMessage, HandshakeRole, HandshakeState } from "../../src/handshake/handshake.ts";
import type { Message, OtherMessage } from "../../src/wire/messages.ts";
import type { VersionMessage } from "../../src/wire/version.ts";

/** What a peer sends, as the state machine is given it. */
export type Received = Message | DamagedMessage;

/** What we are in the handshake. */
export interface Ours {
  readonly role: HandshakeRole;
  readonly version: VersionMessage;
  readonly negotiation: readonly OtherMessage[];
}

/** How a handshake goes. */
export interface Course {
  /** The answers to each message received up to the end; to the one that ended it too, unless by an error. */
  readonly answers: readonly (readonly Message[])[];
  /** The index of the message that ended it, that of none without an end. */
  readonly end: number;
  readonly error: string | null;
  readonly state: HandshakeState;
  readonly phase: "version" | "verack";
  readonly verack: boolean;
  readonly peerVersion: VersionMessage | null;
  readonly types: readonly string[];
}

/** As many messages as may come before the verack, and as many types as are remembered. */
const [MOST_MESSAGES, MOST_TYPES] = [1000, 32];

/** What would end the handshake, and at which message. */
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

/** How the handshake goes when the peer sends `received`, and does not close. */
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

  // Of two ends at one message the one that was put in front counts: a verack is in time as message 1,001.
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

/** The answers to a message that is `distance` behind the version. */
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
