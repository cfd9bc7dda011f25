/**
 * The records that a scan gives, in the form in which they are printed: names and meanings follow Bitcoin Core's
 * `getpeerinfo`; an unknown value is `null`, and every key is always there, in this order.
 *
 * @module
 */

import { type Address, formatAddress } from "../address/address.ts";
import { UNSPECIFIED_IP } from "../address/ip.ts";
import type { Network } from "../address/network.ts";
import type { Resolution } from "../net/dns.ts";
import type { ErrorCode, ErrorRecord } from "../net/errors.ts";
import type { HandshakeOutcome } from "../net/outcome.ts";
import type { TransportType } from "../transport/transport.ts";
import { escapeBytes } from "../wire/escape.ts";
import type { NetworkAddress } from "../wire/network_address.ts";
import { serviceNames } from "../wire/services.ts";

/** What a name resolved to. */
export interface SeedRecord {
  /** The kind of record. */
  readonly type: "seed";
  /** The target as it was written. */
  readonly target: string;
  /** Every IP address of the name, each once. */
  readonly addresses: readonly string[];
  /** Why there is none. */
  readonly error: ErrorRecord | null;
}

/** How one peer's handshake went. */
export interface PeerRecord {
  /** The kind of record. */
  readonly type: "peer";
  /** The target, as it was written, that the peer comes from. */
  readonly target: string;
  /** Address and port. */
  readonly addr: string;
  /** The kind of network of the address. */
  readonly network: Network;
  /** Whether the handshake succeeded. */
  readonly success: boolean;
  /** The transport in use; of two connections, over the second. What follows is told of that connection, too. */
  readonly transport_protocol_type: TransportType;
  /** The id of the v2 session, 64 hex digits, as the peer has it. */
  readonly session_id: string | null;
  /** Whether v2 was tried before, over a first connection, which the peer answered with nothing or in v1. */
  readonly v2_fallback: boolean;
  /** The peer's protocol version. */
  readonly version: number | null;
  /** The peer's service bits, 16 hex digits. */
  readonly services: string | null;
  /** The names of these bits, lowest first. */
  readonly servicesnames: readonly string[] | null;
  /** The peer's user agent, escaped. */
  readonly subver: string | null;
  /** The height of the peer's best chain. */
  readonly startingheight: number | null;
  /** Whether the peer wants transactions announced; `null` when it does not say, which means yes (BIP 37). */
  readonly relaytxes: boolean | null;
  /** The peer's clock minus ours, in seconds. */
  readonly timeoffset: number | null;
  /** Our address as the peer sees it. */
  readonly addrlocal: string | null;
  /** Whether the peer's `verack` came. */
  readonly verack: boolean;
  /** The message types received up to the verack, escaped, in order, the first 32. */
  readonly messages: readonly string[];
  /** How long the TCP connect took, in milliseconds. */
  readonly connect_ms: number | null;
  /** From the start of the first connect to the peer's verack, its close or the failure, in milliseconds. */
  readonly handshake_ms: number;
  /** Bytes written to the socket. */
  readonly bytessent: number;
  /** Bytes read from the socket. */
  readonly bytesrecv: number;
  /** Why the handshake failed. */
  readonly error: ErrorRecord | null;
}

/** What a whole scan came to. `success + failure = peers`, always. */
export interface SummaryRecord {
  /** The kind of record. */
  readonly type: "summary";
  /** The chain whose messages were spoken. */
  readonly chain: string;
  /** How many targets were given. */
  readonly targets: number;
  /** How many peers there is a record of. */
  readonly peers: number;
  /** How many handshakes succeeded. */
  readonly success: number;
  /** How many failed. */
  readonly failure: number;
  /** How many of those that succeeded did so without the peer's verack. */
  readonly verack_missing: number;
  /** How many failed for each reason. */
  readonly errors: { readonly [C in ErrorCode]?: number };
  /** How long the scan took, in whole milliseconds. */
  readonly elapsed_ms: number;
  /** Whether it was ended before all peers were done. */
  readonly interrupted: boolean;
}

/** Any record of a scan. */
export type ScanRecord = SeedRecord | PeerRecord | SummaryRecord;

/** The record of a name. */
export function seedRecord(target: string, { addresses, error }: Pick<Resolution, "addresses" | "error">): SeedRecord {
  return { type: "seed", target, addresses: addresses.map(({ host }) => host), error };
}

/** The record of a peer. */
export function peerRecord(target: string, address: Address, outcome: HandshakeOutcome): PeerRecord {
  const { version, error } = outcome;
  return {
    type: "peer",
    target,
    addr: formatAddress(address),
    network: address.network,
    success: error === null,
    transport_protocol_type: outcome.transport,
    session_id: outcome.sessionId,
    v2_fallback: outcome.v2Fallback,
    version: version?.protocolVersion ?? null,
    services: version?.services.toString(16).padStart(16, "0") ?? null,
    servicesnames: version && serviceNames(version.services),
    subver: version?.userAgent ? escapeBytes(version.userAgent) : null,
    startingheight: version?.startHeight ?? null,
    relaytxes: version?.relay ?? null,
    timeoffset: outcome.timeOffset,
    addrlocal: version && formatAddrLocal(version.addrRecv),
    verack: outcome.verack,
    messages: outcome.messageTypes,
    connect_ms: outcome.connectTime === null ? null : tenths(outcome.connectTime),
    handshake_ms: tenths(outcome.handshakeTime),
    bytessent: outcome.bytesSent,
    bytesrecv: outcome.bytesReceived,
    error,
  };
}

/** An unspecified address is how a node says that it does not tell. */
function formatAddrLocal(address: NetworkAddress): string | null {
  const { host } = address;
  return host === UNSPECIFIED_IP || host === "0.0.0.0" ? null : formatAddress(address);
}

function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
