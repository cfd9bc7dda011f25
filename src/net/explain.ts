/**
 * Why an attempt to shake hands failed.
 *
 * @module
 */

import { HandshakeError } from "../handshake/errors.ts";
import { TransportError } from "../transport/errors.ts";
import { DialError, type ErrorPhase, type Failure, timeoutError, toDialError, toFailure } from "./errors.ts";

/** The state of an attempt when it failed. */
export interface Circumstances {
  /** What was thrown. */
  readonly error: unknown;
  /** What the attempt was waiting for. */
  readonly phase: ErrorPhase;
  /** Maximum time for the peer, in milliseconds. */
  readonly timeout: number;
  /** Whether that had run out. */
  readonly overdue: boolean;
  /** Whether v1 would be tried after this attempt. */
  readonly mayFallBack: boolean;
  /**
   * Whether the connection was closed, as the peer was silent for half of the time; the other half is for v1. Bytes that
   * were on their way then do not count.
   */
  readonly gaveUp: boolean;
  /** Whether the peer was connected but has not sent a byte. */
  readonly unanswered: boolean;
  /** What the peer's `reject` said. */
  readonly rejection: HandshakeError | null;
}

/** The failure that the circumstances point to. */
export function explain(circumstances: Circumstances): Failure {
  const { phase, overdue, mayFallBack, gaveUp, unanswered } = circumstances;
  const reason = reasonOf(circumstances);
  if (reason instanceof TransportError && reason.code === "v2_protocol_error") {
    return toFailure(reason, "transport");
  }
  // If no time is left for a second attempt, this is a timeout.
  const isRefusal = (gaveUp || phase === "transport" && unanswered) && !(overdue && mayFallBack);
  return isRefusal ? toFailure(asRefusal(reason), "transport") : toFailure(reason, phase);
}

/** When a deadline closed the connection, the error itself only says that it is closed. */
function reasonOf({ error, phase, timeout, overdue, gaveUp, rejection }: Circumstances): unknown {
  if (overdue || gaveUp) return timeoutError(phase === "transport" ? "v2 session" : phase, timeout);
  const reason = toDialError(error);
  // A peer that resets the connection after a reject has refused us.
  const isReset = reason instanceof DialError && reason.code === "connection_reset";
  return isReset && rejection !== null ? rejection : reason;
}

/** What a peer that does not support v2 may do instead of answering. */
const REFUSALS: ReadonlyMap<string, string> = new Map([
  ["connection_closed", "closed the connection"],
  ["connection_reset", "reset the connection"],
  ["timeout", "stayed silent"],
]);

/** A connection that ended before the peer sent anything, as a refusal of v2; any other error unchanged. */
function asRefusal(reason: unknown): unknown {
  const refusal = reason instanceof DialError || reason instanceof HandshakeError
    ? REFUSALS.get(reason.code)
    : undefined;
  if (refusal === undefined) return reason;
  return new TransportError("v2_not_supported", `Expected a v2 answer, but the peer ${refusal}`, {
    cause: reason,
  });
}
