/**
 * Shaking hands with Bitcoin nodes: {@linkcode handshake} with one peer, {@linkcode scan} with many at once, and
 * {@linkcode crawl} with all that these lead to; {@linkcode resolve} asks a DNS seed for addresses, and
 * {@linkcode audit} checks whether seeds do their job. {@linkcode recordOf} turns a result into the record that the
 * program prints.
 *
 * There are also, independent of this module:
 *
 * - `@bitcoin-p2p/handshake/protocol`: sessions, transports and the handshake as plain functions on bytes, without I/O;
 * - `@bitcoin-p2p/handshake/wire`: codecs, chains, services and addresses, for any runtime;
 * - `@bitcoin-p2p/handshake/sim`: a Bitcoin network on loopback, for tests.
 *
 * @example
 * ```ts
 * import { handshake, recordOf } from "@bitcoin-p2p/handshake";
 * import { nodeScript, SimulatedPeer } from "@bitcoin-p2p/handshake/sim";
 * import { assertEquals } from "@std/assert";
 *
 * await using peer = new SimulatedPeer(nodeScript({ userAgent: "/Satoshi:31.0.0/" }));
 *
 * const result = await handshake(peer.target, { timeout: 5_000 });
 * assertEquals([result.outcome.error, result.outcome.version?.startHeight], [null, 940_000]);
 * assertEquals(recordOf(result).subver, "/Satoshi:31.0.0/");
 * ```
 *
 * @module
 */

export { audit, type AuditOptions } from "./audit/api.ts";
export { crawl, type CrawlOptions } from "./crawl/api.ts";
export { handshake, resolve, scan } from "./scan/api.ts";

export type { AddressParts } from "./scan/input.ts";
export type { PeerResult, ScanResult, SeedResult, SummaryResult } from "./scan/result.ts";
export type { Scan, ScanProgress, ScanSettings } from "./scan/scan.ts";
export type { ScanOptions } from "./scan/settings.ts";
export { TargetError } from "./scan/target.ts";

export type { AnyAuditResult, Audit, AuditListeners, AuditSettings } from "./audit/audit.ts";
export type {
  AuditReason,
  AuditReasonCode,
  AuditResult,
  Percentiles,
  QueryResult,
  SeedFigures,
  Verdict,
} from "./audit/result.ts";
export { Exclusions } from "./crawl/exclusions.ts";
export type { Crawl } from "./crawl/crawl.ts";
export type { AnswerCounts } from "./crawl/answers.ts";
export type { FirstPart, Memory, Remembered, Turn } from "./crawl/memory.ts";
export type { TallyCounts } from "./scan/tally.ts";
export type { CrawlProgress } from "./crawl/progress.ts";
export type { CrawlSettings } from "./crawl/settings.ts";
export type {
  AddressResult,
  AddrsResult,
  AnswerOutcome,
  Bound,
  CrawlResult,
  CrawlSummary,
  CrawlSummaryResult,
  NetworkCounts,
  NotDialledReason,
  Since,
  StoppedBy,
} from "./crawl/result.ts";
export type { AuditedSeed, QueriedName } from "./audit/seeds.ts";

export type { Endpoint } from "./net/endpoint.ts";
export type { QueryFailure, Resolution, ResolveSettings } from "./net/dns.ts";
export type { DialErrorCode, DnsErrorCode, ErrorCode, ErrorPhase, Failure } from "./net/errors.ts";
export { type Clock, type Connection, denoIo, type Io } from "./net/io.ts";
export type { OptionNames } from "./net/option_names.ts";
export type { HandshakeOutcome } from "./net/outcome.ts";
export type { RouteSettings } from "./net/reach.ts";
export type { DnsRecordType, ResolveOptions } from "./net/resolver.ts";
export type { HandshakeListeners, HandshakeSettings } from "./net/settings.ts";
export type { ProxyLogin } from "./net/socks5.ts";
export type { Socks5Proxy } from "./net/socks_proxy.ts";
export type { AnswerSummary } from "./session/answer.ts";
export type { TracedMessage, TraceEvent, Tracer } from "./net/trace.ts";

export { type AnyRecord, type AnyResult, type RecordOf, recordOf, type ScanRecord } from "./report/records.ts";
export type { AddressRecord } from "./report/records/address.ts";
export type { AddrsRecord } from "./report/records/addrs.ts";
export type { CrawlRecord } from "./report/records/crawl.ts";
export type { AuditRecord, QueryRecord } from "./report/records/audit.ts";
export type { ErrorRecord } from "./report/records/error.ts";
export type { PeerRecord } from "./report/records/peer.ts";
export type { RunNetworkRecord, RunRecord } from "./report/records/run.ts";
export type { SeedRecord } from "./report/records/seed.ts";
export type { SummaryRecord } from "./report/records/summary.ts";
export type { RunNetwork, RunResult } from "./state/result.ts";
