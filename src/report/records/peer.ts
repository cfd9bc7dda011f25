/**
 * The record of a peer.
 *
 * @module
 */

import { formatAddress } from "../../address/address.ts";
import { UNSPECIFIED_IP } from "../../address/ip.ts";
import type { Network } from "../../address/network.ts";
import type { PeerResult } from "../../scan/result.ts";
import type { TransportType } from "../../transport/transport.ts";
import { escapeBytes } from "../../wire/escape.ts";
import type { NetworkAddress } from "../../wire/network_address.ts";
import { serviceNames } from "../../wire/services.ts";
import { type ErrorRecord, errorRecord } from "./error.ts";
import { hexServices, tenths } from "./values.ts";

/** How one peer's handshake went. */
export interface PeerRecord {
  /** The kind of record. */
  readonly type: "peer";
  /** The target, as given, that the peer comes from. */
  readonly target: string;
  /** Address and port. */
  readonly addr: string;
  /** The network of the address; `null` for a name that a proxy resolved. */
  readonly network: Network | null;
  /** Whether the handshake succeeded. */
  readonly success: boolean;
  /** The transport used. If there were two connections, this and the following fields describe the second. */
  readonly transport_protocol_type: TransportType;
  /** The v2 session ID, 64 hex digits, the same as the peer's. */
  readonly session_id: string | null;
  /** Whether v2 was tried first, over a connection on which the peer answered nothing or in v1. */
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
  /** Whether the peer wants transactions announced; `null` if it does not say, which means yes (BIP 37). */
  readonly relaytxes: boolean | null;
  /** The peer's clock minus ours, in seconds. */
  readonly timeoffset: number | null;
  /** Our address as the peer sees it. */
  readonly addrlocal: string | null;
  /** Whether the peer's `verack` came. */
  readonly verack: boolean;
  /** The message types received up to the verack, escaped, in order, the first 32. */
  readonly messages: readonly string[];
  /** How long the TCP connect took, in milliseconds; `null` if it failed. */
  readonly connect_ms: number | null;
  /** From the start of the first connect to the peer's verack or close, or the failure, in milliseconds. */
  readonly handshake_ms: number;
  /** Bytes written to the socket. */
  readonly bytessent: number;
  /** Bytes read from the socket. */
  readonly bytesrecv: number;
  /** Why the handshake failed. */
  readonly error: ErrorRecord | null;
}

/** The record of a peer. */
export function peerRecord({ type, target, address, outcome }: PeerResult): PeerRecord {
  const { version, error } = outcome;
  return {
    type,
    target,
    addr: formatAddress(address),
    network: address.network,
    success: error === null,
    transport_protocol_type: outcome.transport,
    session_id: outcome.sessionId,
    v2_fallback: outcome.v2Fallback,
    version: version?.protocolVersion ?? null,
    services: version && hexServices(version.services),
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
    error: errorRecord(error),
  };
}

/** A node that does not tell its view of our address sends an unspecified one. */
function formatAddrLocal(address: NetworkAddress): string | null {
  const { host } = address;
  return host === UNSPECIFIED_IP || host === "0.0.0.0" ? null : formatAddress(address);
}
