/**
 * Shaking hands with Bitcoin nodes, as a library.
 *
 * - {@linkcode handshake}, {@linkcode scan} and {@linkcode resolve} ask peers and seeds.
 * - {@linkcode Audit} judges seeds by what they give.
 * - {@linkcode recordOf} makes of a result the record that the program prints.
 * - {@linkcode Handshake} is the protocol as a state machine, {@linkcode V1Transport} the framing, {@linkcode Session}
 *   both together: bytes in, bytes out, without I/O.
 * - `decode…` and `encode…` read and write payloads; chains, service names and addresses stand beside them.
 * - {@linkcode SimulatedPeer} and {@linkcode DnsServer} are a Bitcoin network on loopback, for tests.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { node, peerRecord, scan, SimulatedPeer } from "./mod.ts";
 *
 * await using peer = new SimulatedPeer(node({ userAgent: "/Satoshi:31.0.0/" }));
 *
 * for await (const result of scan([peer.target], { timeout: 20_000 })) {
 *   if (result.type !== "peer") continue;
 *   assertEquals(result.outcome.version?.startHeight, 940_000);
 *   assertEquals(peerRecord(result).subver, "/Satoshi:31.0.0/");
 * }
 * ```
 *
 * @module
 */

export { handshake, resolve, scan } from "./scan/api.ts";
export type { AddressParts } from "./scan/input.ts";
export type { PeerResult, ScanResult, SeedResult, SummaryResult } from "./scan/result.ts";
export { Scan, type ScanProgress, type ScanSettings } from "./scan/scan.ts";
export { DEFAULT_SETTINGS, type Options } from "./scan/settings.ts";
export { type AddressTarget, type NameTarget, parseTarget, type Target, TargetError } from "./scan/target.ts";

export { audit, type AuditOptions } from "./audit/api.ts";
export { type AnyResult, Audit, type AuditListeners, type AuditSettings } from "./audit/audit.ts";
export {
  type AuditResult,
  type Percentiles,
  type QueryResult,
  type Reason,
  type ReasonCode,
  type SeedFigures,
  type Verdict,
  VERDICTS,
} from "./audit/result.ts";
export { type AuditedSeed, auditedSeed, chainSeeds, type QueriedName } from "./audit/seeds.ts";

export { type AnyRecord, recordOf, type ScanRecord } from "./report/records.ts";
export { type AuditRecord, auditRecord, type QueryRecord } from "./report/records/audit.ts";
export type { ErrorRecord } from "./report/records/error.ts";
export { type PeerRecord, peerRecord } from "./report/records/peer.ts";
export { type SeedRecord, seedRecord } from "./report/records/seed.ts";
export { type SummaryRecord, summaryRecord } from "./report/records/summary.ts";

export type { QueryFailure, Resolution, ResolveSettings } from "./net/dns.ts";
export {
  DialError,
  type DialErrorCode,
  DnsError,
  type DnsErrorCode,
  type ErrorCode,
  type Failure,
  type Phase,
} from "./net/errors.ts";
export { type Clock, type Connection, denoIo, type Io, systemClock } from "./net/io.ts";
export type { HandshakeOutcome } from "./net/outcome.ts";
export { nextEvent, Pump } from "./net/pump.ts";
export type { RecordType, ResolveOptions } from "./net/resolver.ts";
export type { HandshakeListeners, HandshakeSettings } from "./net/settings.ts";
export type { TracedMessage, TraceEvent, Tracer } from "./net/trace.ts";

export type { ChecksumEvent, MessageEvent, ProgressEvent, SessionEvent } from "./session/events.ts";
export { MAX_RECEIVED_BYTES, Session, type SessionOptions } from "./session/session.ts";

export { HandshakeError, type HandshakeErrorCode } from "./handshake/errors.ts";
export {
  type DamagedMessage,
  Handshake,
  type HandshakeOptions,
  type HandshakeProgress,
  type HandshakeState,
  MAX_MESSAGES,
  MAX_REMEMBERED_MESSAGES,
  type Role,
} from "./handshake/handshake.ts";

export { TransportError, type TransportErrorCode } from "./transport/errors.ts";
export { type Frame, MAX_PAYLOAD_SIZE, type Transport, type TransportType } from "./transport/transport.ts";
export { encodeV1, HEADER_SIZE, V1Transport } from "./transport/v1.ts";
export { type DetectingOptions, DetectingTransport } from "./transport/v1_or_v2.ts";
export { MAX_DECOYS, type V2Options, V2Transport } from "./transport/v2.ts";
export { MAX_GARBAGE_SIZE } from "./transport/v2_garbage.ts";

export { checksum, EMPTY_CHECKSUM } from "./crypto/checksum.ts";
export type { RandomBytes } from "./crypto/ellswift.ts";
export { type Chain, chainByMagic, CHAINS, findChain, MAINNET, nameOfOther, SIGNET } from "./wire/chains.ts";
export { FOREIGN_CHAINS } from "./wire/foreign_chains.ts";
export { MAX_CHALLENGE_SIZE, signetChain } from "./wire/signet.ts";
export { compactSizeLength, MAX_COMPACT_SIZE, readCompactSize, writeCompactSize } from "./wire/compact_size.ts";
export { WireError, type WireErrorCode } from "./wire/errors.ts";
export { escapeBytes } from "./wire/escape.ts";
export { type Address, formatAddress, type IpAddress, ipAddress, parseAddress } from "./address/address.ts";
export { AddressError } from "./address/errors.ts";
export { type Host, type IpHost, parseHost } from "./address/host.ts";
export { formatIp, isIpv4Mapped, parseIp } from "./address/ip.ts";
export type { IpNetwork, Network } from "./address/network.ts";
export {
  decodeMessage,
  encodeMessage,
  MAX_KEPT_PAYLOAD,
  type Message,
  NEGOTIATION_MESSAGE_TYPES,
  type OtherMessage,
  type PayloadLimit,
  payloadLimit,
  type PayloadLimits,
  tracedPayloadLimit,
  type VerackMessage,
} from "./wire/messages.ts";
export {
  NETWORK_ADDRESS_SIZE,
  type NetworkAddress,
  readNetworkAddress,
  UNSPECIFIED_ADDRESS,
  writeNetworkAddress,
} from "./wire/network_address.ts";
export { decodePing, decodePong, encodePing, encodePong, type PingMessage, type PongMessage } from "./wire/ping.ts";
export { decodeReject, encodeReject, MAX_REJECT_REASON_LENGTH, type RejectMessage } from "./wire/reject.ts";
export { Reader } from "./wire/reader.ts";
export { parseServices, SERVICE_BITS, serviceNames } from "./wire/services.ts";
export { DEFAULT_USER_AGENT, MAX_USER_AGENT_LENGTH, VERSION } from "./wire/user_agent.ts";
export {
  decodeVersion,
  DEFAULT_PROTOCOL_VERSION,
  encodeVersion,
  MAX_VERSION_SIZE,
  MIN_PROTOCOL_VERSION,
  type VersionMessage,
} from "./wire/version.ts";
export { Writer } from "./wire/writer.ts";

export { DnsServer, type DnsServerOptions, type ReceivedQuery } from "./sim/dns_server.ts";
export type { Answer, Zone, ZoneEntry } from "./sim/dns_zone.ts";
export { Link } from "./sim/link.ts";
export { type Script, SimulatedPeer, type SimulatedPeerOptions } from "./sim/peer.ts";
export {
  answerWith,
  CORE_GREETING,
  CORE_NEGOTIATION,
  echo,
  node,
  type NodeOptions,
  other,
  silent,
} from "./sim/scripts.ts";
export {
  type ExpectedRecord,
  HOSTILE_CLOCK,
  HOSTILE_PEERS,
  type HostilePeer,
  type RunningPeer,
  startHostilePeer,
} from "./sim/hostile.ts";
export type { AcceptedConnection } from "./sim/link.ts";
