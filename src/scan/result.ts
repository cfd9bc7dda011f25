/**
 * What a scan finds out.
 *
 * @module
 */

import type { Address } from "../address/address.ts";
import type { Resolution } from "../net/dns.ts";
import type { ErrorCode } from "../net/errors.ts";
import type { HandshakeOutcome } from "../net/outcome.ts";
import type { Chain } from "../wire/chains.ts";

/** What a name resolved to. */
export interface SeedResult {
  /** The kind of result. */
  readonly type: "seed";
  /** The target as it was written. */
  readonly target: string;
  /** Its addresses, or why there are none. */
  readonly resolution: Resolution;
}

/** How one peer's handshake went. */
export interface PeerResult {
  /** The kind of result. */
  readonly type: "peer";
  /** The target, as it was written, that the peer comes from. */
  readonly target: string;
  /** Where the peer is. */
  readonly address: Address;
  /** How it went. */
  readonly outcome: HandshakeOutcome;
}

/** What a whole scan came to. `success + failure = peers`, always. */
export interface SummaryResult {
  /** The kind of result. */
  readonly type: "summary";
  /** The chain whose messages were spoken. */
  readonly chain: Chain;
  /** How many targets were given. */
  readonly targets: number;
  /** How many peers there is a result of. */
  readonly peers: number;
  /** How many handshakes succeeded. */
  readonly success: number;
  /** How many failed. */
  readonly failure: number;
  /** How many of those that succeeded did so without the peer's verack. */
  readonly verackMissing: number;
  /** How many failed for each reason, in the order in which the reasons came up. */
  readonly errors: ReadonlyMap<ErrorCode, number>;
  /** How long the scan took, in milliseconds. */
  readonly elapsed: number;
  /** Whether it was ended before all peers were done. */
  readonly interrupted: boolean;
}

/** Any result of a scan. */
export type ScanResult = SeedResult | PeerResult | SummaryResult;
