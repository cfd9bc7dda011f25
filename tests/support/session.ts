/**
 * Sessions without a socket: bytes in, bytes out.
 *
 * @module
 */

import type { HandshakeOptions } from "../../src/handshake/handshake.ts";
import { nextEvent } from "../../src/net/pump.ts";
import type { ProgressEvent } from "../../src/session/events.ts";
import { Session, type SessionOptions } from "../../src/session/session.ts";
import { V1Transport } from "../../src/transport/v1.ts";
import { MAINNET } from "../../src/wire/chains.ts";

/** The default time of sessions. */
export const NOW = 1_700_000_000n;

/** A session, by default over v1 on mainnet. */
export function newSession(options: HandshakeOptions & Partial<SessionOptions>): Session {
  return new Session({ transport: new V1Transport(MAINNET), ...options });
}

/** The next events of a session, up to the end of its handshake or until it needs more bytes. */
export async function eventsOf(session: Session): Promise<ProgressEvent[]> {
  const events: ProgressEvent[] = [];
  for (let event; (event = await nextEvent(session)) !== null;) {
    events.push(event);
    if (event.type === "complete") break;
  }
  return events;
}

/** What a session sends first. */
export async function greeting(session: Session): Promise<Uint8Array<ArrayBuffer>> {
  await eventsOf(session);
  return session.takeOutput();
}

/** What a session answers to bytes; those after the end of its handshake are left unread. */
export async function answerTo(session: Session, bytes: Uint8Array, now = NOW): Promise<Uint8Array<ArrayBuffer>> {
  session.receive(bytes, now);
  return await greeting(session);
}
