/**
 * The records of a fictitious scan, as of the real network: user agents, services, heights, times and failures in
 * plausible shares. The same seed makes the same run.
 *
 * @module
 */

import { tally } from "../../src/audit/statistics.ts";
import type { ErrorCode, ErrorPhase } from "../../src/net/errors.ts";
import type { PeerRecord } from "../../src/report/records/peer.ts";
import type { SeedRecord } from "../../src/report/records/seed.ts";
import { hexServices } from "../../src/report/records/values.ts";
import type { SummaryRecord } from "../../src/report/records/summary.ts";
import { serviceNames } from "../../src/wire/services.ts";
import { Random } from "./random.ts";
import { failedPeerOf, summaryOf } from "./records.ts";

/** All records of a run. */
export interface MadeUpRun {
  /** What the names resolved to. */
  readonly seeds: readonly SeedRecord[];
  /** The peers. */
  readonly peers: readonly PeerRecord[];
  /** The totals. */
  readonly summary: SummaryRecord;
}

const SEEDS = [
  "seed.alpha.example",
  "seed.bravo.example",
  "dnsseed.charlie.example",
  "seed.delta.example",
  "seed.mainnet.echo.example",
];

/** Values with their relative frequencies. */
type Shares<T> = readonly (readonly [value: T, parts: number])[];

const USER_AGENTS: Shares<string> = [
  ["/Satoshi:29.1.0/", 160],
  ["/Satoshi:30.0.0/", 150],
  ["/Satoshi:31.0.0/", 120],
  ["/Satoshi:28.1.0/", 90],
  ["/Satoshi:29.2.0/Knots:20251110/", 85],
  ["/Satoshi:27.0.0/", 60],
  ["/Satoshi:30.2.0/", 60],
  ["/Satoshi:28.0.0/", 50],
  ["/Satoshi:29.1.0/Knots:20250903/", 45],
  ["/Satoshi:26.0.0/", 40],
  ["/Satoshi:25.0.0/", 35],
  ["/Satoshi:24.0.1/", 30],
  ["/Satoshi:22.0.0/", 25],
  ["/Satoshi:0.21.1/", 12],
  ["/btcwire:0.5.0/btcd:0.25.0/", 8],
  ["/Satoshi:29.0.0(node \\xe2\\x82\\xbf)/", 4],
  ["/Satoshi:31.99.0/", 4],
  ["/Satoshi:0.18.1/", 4],
  ["", 1],
];

const SERVICES: Shares<bigint> = [
  [0xc09n, 560],
  [0xc08n, 120],
  [0xc49n, 110],
  [0xc4dn, 60],
  [0x409n, 70],
  [0x408n, 40],
  [0x4000c09n, 60],
  [0x40dn, 10],
  [0x1n, 2],
];

const FAILURES: Shares<readonly [ErrorCode, ErrorPhase, string]> = [
  [["timeout", "connect", "no TCP connection within 10 s"], 540],
  [["connection_refused", "connect", "connection refused"], 210],
  [["host_unreachable", "connect", "no route to host"], 110],
  [["timeout", "version", "no version within 10 s"], 40],
  [["connection_closed", "version", "the peer closed the connection before its version"], 40],
  [["connection_reset", "version", "connection reset by peer"], 30],
  [["timeout", "verack", "no verack within 10 s"], 12],
  [["wrong_network", "version", "expected the magic of mainnet, f9beb4d9, got that of testnet4, 1c163f28"], 6],
  [["not_bitcoin", "version", "expected the magic of mainnet, f9beb4d9, got 48545450, which is no chain's"], 6],
  [["obsolete_version", "version", "expected protocol version 31800 or later, got 209"], 2],
];

const MESSAGES = ["version", "wtxidrelay", "sendaddrv2", "verack"];

const TIP = 940_000;

/** A run with `count` peers. */
export function sampleRun(peerCount: number, seed = 1): MadeUpRun {
  const random = new Random(seed);
  const peers = Array.from({ length: peerCount }, () => madeUpPeer(random));
  const seeds = SEEDS.slice(0, Math.max(1, Math.min(SEEDS.length, peerCount))).map((target): SeedRecord => ({
    type: "seed",
    target,
    addresses: peers.filter((peer) => peer.target === target).map(({ addr }) => addr.replace(/:\d+$|[[\]]/g, "")),
    error: null,
  }));
  return { seeds, peers, summary: summaryOfPeers(peers, seeds.length) };
}

/** The summary of the peers. */
export function summaryOfPeers(peers: readonly PeerRecord[], targets: number): SummaryRecord {
  const success = peers.filter((peer) => peer.success).length;
  return summaryOf({
    targets,
    peers: peers.length,
    success,
    failure: peers.length - success,
    verack_missing: peers.filter((peer) => peer.success && !peer.verack).length,
    errors: Object.fromEntries(tally(peers.flatMap(({ error }) => error?.code ?? []))),
  });
}

function madeUpPeer(random: Random): PeerRecord {
  const isIpv6 = random.chance(0.18);
  const connect = logNormal(random, 75, 0.8);
  const base: PeerRecord = {
    ...failedPeerOf(),
    target: random.pick(SEEDS),
    addr: isIpv6
      ? ipv6(random)
      : `${1 + random.below(223)}.${random.below(256)}.${random.below(256)}.${random.below(256)}:8333`,
    network: isIpv6 ? "ipv6" : "ipv4",
    handshake_ms: 10_000,
    bytessent: 0,
    error: null,
  };
  if (random.chance(0.21)) return failed(base, share(random, FAILURES), connect, random);
  const verack = !random.chance(0.004);
  return {
    ...base,
    ...version(random),
    success: true,
    verack,
    messages: verack ? MESSAGES : ["version"],
    connect_ms: tenths(connect),
    handshake_ms: tenths(connect * 2 + logNormal(random, 8, 1.1)),
    bytessent: 153,
    bytesrecv: 198,
  };
}

function failed(
  base: PeerRecord,
  [code, phase, message]: readonly [ErrorCode, ErrorPhase, string],
  connect: number,
  random: Random,
): PeerRecord {
  const connected = phase !== "connect";
  return {
    ...base,
    ...phase === "verack" && version(random),
    messages: phase === "verack" ? ["version"] : [],
    connect_ms: connected ? tenths(connect) : null,
    handshake_ms: code === "timeout" ? 10_000 : tenths(connect * (connected ? 2 : 1)),
    bytessent: connected ? 129 : 0,
    error: { code, phase, message },
  };
}

/** The fields of a version. */
function version(random: Random) {
  const services = share(random, SERVICES);
  const behind = random.chance(0.02) ? random.below(TIP) : random.chance(0.03) ? random.below(900) : random.below(3);
  return {
    version: 70016,
    services: hexServices(services),
    servicesnames: serviceNames(services),
    subver: share(random, USER_AGENTS) || null,
    startingheight: TIP - Math.floor(behind / (random.chance(0.9) ? 2 : 1)),
    relaytxes: true,
    timeoffset: random.below(5) - 2,
    addrlocal: "198.51.100.2:51234",
  };
}

function share<T>(random: Random, shares: Shares<T>): T {
  let rest = random.below(shares.reduce((sum, [, parts]) => sum + parts, 0));
  for (const [value, parts] of shares) {
    rest -= parts;
    if (rest < 0) return value;
  }
  throw new RangeError("No shares to choose from");
}

function ipv6(random: Random): string {
  const group = () => (1 + random.below(0xffff)).toString(16);
  return `[2001:db8:${group()}:${group()}:${group()}:${group()}:${group()}:${group()}]:8333`;
}

/** A log-normal time with this median, where `sigma` is the standard deviation of the logarithm (Box–Muller). */
function logNormal(random: Random, median: number, sigma: number): number {
  const uniform = () => (random.uint32() + 1) / 2 ** 32;
  return median * Math.exp(sigma * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()));
}

function tenths(milliseconds: number): number {
  return Math.min(10_000, Math.round(milliseconds * 10) / 10);
}
