/**
 * Why an attempt to shake hands failed.
 *
 * @module
 */

import { HandshakeError } from "../handshake/errors.ts";
import { TransportError } from "../transport/errors.ts";
import { DialError, type ErrorPhase, type Failure, timeoutError, toDialError, toFailure } from "./errors.ts";

/** How things stood when an attempt failed. */
export interface Circumstances {
  /** What was thrown. */
  readonly error: unknown;
  /** What was waited for. */
  readonly phase: ErrorPhase;
  /** Most time for the peer, in milliseconds. */
  readonly timeout: number;
  /** Whether that was over. */
  readonly overdue: boolean;
  /** Whether v1 would be tried behind this attempt. */
  readonly mayFallBack: boolean;
  /** Whether half of the time was over, so that it is left for v1. */
  readonly halfOver: boolean;
  /** Whether the peer was spoken to, and has not sent a byte. */
  readonly unanswered: boolean;
  /** What a `reject` of the peer's said. */
  readonly rejection: HandshakeError | null;
}

/** What failed, as far as the circumstances tell. */
export function explain(circumstances: Circumstances): Failure {
  const { phase, overdue, mayFallBack, unanswered } = circumstances;
  const reason = reasonOf(circumstances);
  if (reason instanceof TransportError && reason.code === "v2_protocol_error") {
    return toFailure(reason, "transport");
  }
  // With no time left for a second attempt, time is the reason.
  const isRefusal = phase === "transport" && unanswered && !(overdue && mayFallBack);
  return toFailure(isRefusal ? asRefusal(reason) : reason, phase);
}

/** Where a deadline closed the connection, the error only says that it is closed. */
function reasonOf({ error, phase, timeout, overdue, halfOver, unanswered, rejection }: Circumstances): unknown {
  if (overdue) return timeoutError(phase === "transport" ? "v2 session" : phase, timeout);
  if (halfOver && unanswered) return timeoutError("answer", timeout / 2);
  const reason = toDialError(error);
  // A peer that resets the connection behind a reject has refused us.
  const isReset = reason instanceof DialError && reason.code === "connection_reset";
  return isReset && rejection !== null ? rejection : reason;
}

/** What a peer that does not speak v2 does, before it has said a word. */
const REFUSALS: ReadonlyMap<string, string> = new Map([
  ["connection_closed", "closed the connection"],
  ["connection_reset", "reset the connection"],
  ["timeout", "stayed silent"],
]);

/** The end of a connection over which nothing came, as a refusal of v2; any other error as it is. */
function asRefusal(reason: unknown): unknown {
  const refusal = reason instanceof DialError || reason instanceof HandshakeError
    ? REFUSALS.get(reason.code)
    : undefined;
  if (refusal === undefined) return reason;
  return new TransportError("v2_not_supported", `Expected an answer in the v2 transport, the peer ${refusal}`, {
    cause: reason,
  });
}
