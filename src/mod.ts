/**
 * Shaking hands with Bitcoin nodes, as a library: {@linkcode handshake} asks one peer, {@linkcode resolve} a DNS seed for
 * its addresses, {@linkcode scan} many peers at once, {@linkcode audit} whether seeds do their job.
 *
 * Beside this module, and without it, there are:
 *
 * - `@bitcoin-p2p/handshake/protocol`: sessions, transports and the handshake as plain functions of bytes, without I/O;
 * - `@bitcoin-p2p/handshake/wire`: codecs, chains, services and addresses, for any runtime;
 * - `@bitcoin-p2p/handshake/sim`: a Bitcoin network on loopback, for tests.
 *
 * @example
 * ```ts
 * import { handshake } from "@bitcoin-p2p/handshake";
 * import { nodeScript, SimulatedPeer } from "@bitcoin-p2p/handshake/sim";
 * import { assertEquals } from "@std/assert";
 *
 * await using peer = new SimulatedPeer(nodeScript({ userAgent: "/Satoshi:31.0.0/" }));
 *
 * const record = await handshake(peer.target, { timeout: 5_000 });
 * assertEquals([record.success, record.subver], [true, "/Satoshi:31.0.0/"]);
 * ```
 *
 * @module
 */

export { audit, type AuditOptions } from "./audit/api.ts";
export { handshake, resolve, scan } from "./scan/api.ts";

export type { AddressParts } from "./scan/input.ts";
export type { PeerRecord, ScanRecord, SeedRecord, SummaryRecord } from "./scan/record.ts";
export type { Scan, ScanListeners, ScanProgress, ScanSettings } from "./scan/scan.ts";
export type { ScanOptions } from "./scan/settings.ts";
export { TargetError } from "./scan/target.ts";

export type { AnyRecord, Audit, AuditListeners, AuditSettings } from "./audit/audit.ts";
export type { AuditRecord, Percentiles, QueryRecord, Reason, ReasonCode, Verdict } from "./audit/record.ts";
export type { AuditedSeed } from "./audit/seeds.ts";

export type { QueryFailure, Resolution, ResolveSettings } from "./net/dns.ts";
export type { DialErrorCode, DnsErrorCode, ErrorCode, ErrorPhase, ErrorRecord } from "./net/errors.ts";
export { type Clock, type Connection, denoIo, type Io } from "./net/io.ts";
export type { RecordType, ResolveOptions } from "./net/resolver.ts";
export type { HandshakeListeners, HandshakeSettings } from "./net/settings.ts";
export type { TracedMessage, TraceEvent, Tracer } from "./net/trace.ts";
