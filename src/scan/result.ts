/**
 * The results of a scan.
 *
 * @module
 */

import type { PeerAddress } from "../address/address.ts";
import type { Resolution } from "../net/dns.ts";
import type { ErrorCode } from "../net/errors.ts";
import type { HandshakeOutcome } from "../net/outcome.ts";
import type { Chain } from "../wire/chains.ts";

/** What a name resolved to. */
export interface SeedResult {
  /** The kind of result. */
  readonly type: "seed";
  /** The target as given. */
  readonly target: string;
  /** Its addresses, or why it has none. */
  readonly resolution: Resolution;
}

/** How one peer's handshake went. */
export interface PeerResult {
  /** The kind of result. */
  readonly type: "peer";
  /** The target, as given, that the peer comes from. */
  readonly target: string;
  /** The peer's address, or its name and port if a proxy resolved the name. */
  readonly address: PeerAddress;
  /** How it went. */
  readonly outcome: HandshakeOutcome;
}

/** The totals of a scan. `success + failure = peers`, always. */
export interface SummaryResult {
  /** The kind of result. */
  readonly type: "summary";
  /** The peers' chain. */
  readonly chain: Chain;
  /** How many targets were given. */
  readonly targets: number;
  /** How many peers have a result. */
  readonly peers: number;
  /** How many handshakes succeeded. */
  readonly success: number;
  /** How many failed. */
  readonly failure: number;
  /** How many of the successful ones went without the peer's verack. */
  readonly verackMissing: number;
  /** How many failed for each reason, in the order in which the reasons first occurred. */
  readonly errors: ReadonlyMap<ErrorCode, number>;
  /** How long the scan took, in milliseconds. */
  readonly elapsed: number;
  /** Whether it ended before all peers were done. */
  readonly interrupted: boolean;
}

/** Any result of a scan. */
export type ScanResult = SeedResult | PeerResult | SummaryResult;
