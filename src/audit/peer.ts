/**
 * What an audit remembers of a peer.
 *
 * @module
 */

import type { PeerAddress } from "../address/address.ts";
import type { Failure } from "../net/errors.ts";
import type { PeerResult } from "../scan/result.ts";
import { escapeBytes } from "../wire/escape.ts";

/** What seeds are judged by: kept small, as there may be many peers and all are kept to the end. */
export interface AuditedPeer {
  /** The network of its address. */
  readonly network: PeerAddress["network"];
  /** Why it did not shake hands; `null` when it did. */
  readonly error: Pick<Failure, "code" | "phase" | "noRoute"> | null;
  /** Its service bits; 0 if it did not announce any. */
  readonly services: bigint;
  /** Its user agent, escaped; empty if it did not announce one. */
  readonly userAgent: string;
  /** The height of its best chain; `null` if it did not announce one. */
  readonly startHeight: number | null;
  /** How long the TCP connect took, in milliseconds; `null` if it failed. */
  readonly connectTime: number | null;
  /** How long the whole handshake took, in milliseconds. */
  readonly handshakeTime: number;
}

function withoutMessage({ code, phase, noRoute }: Failure): AuditedPeer["error"] {
  return noRoute ? { code, phase, noRoute } : { code, phase };
}

/** What to remember of a result. */
export function auditedPeer({ address, outcome }: PeerResult): AuditedPeer {
  const { version, error, connectTime, handshakeTime } = outcome;
  return {
    network: address.network,
    error: error && withoutMessage(error),
    services: version?.services ?? 0n,
    userAgent: version?.userAgent ? escapeBytes(version.userAgent) : "",
    startHeight: version?.startHeight ?? null,
    connectTime,
    handshakeTime,
  };
}
