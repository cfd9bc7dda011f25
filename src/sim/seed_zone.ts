/**
 * Simulated DNS seeds of different quality, with their peers: a name server on loopback, and an {@linkcode Io} that
 * connects addresses of the public internet to simulated peers on loopback.
 *
 * @module
 */

import type { AuditSettings } from "../audit/audit.ts";
import type { AuditReasonCode, Verdict } from "../audit/result.ts";
import { type AuditedSeed, auditedSeed, queriedNames } from "../audit/seeds.ts";
import type { IpAddress } from "../address/address.ts";
import { parseIpHost } from "../address/host.ts";
import { denoIo, type Io } from "../net/io.ts";
import { type Chain, CHAINS, MAINNET } from "../wire/chains.ts";
import { refusingAddress } from "./demo.ts";
import { DnsServer } from "./dns_server.ts";
import type { DnsZoneEntry } from "./dns_zone.ts";
import { patientIo } from "./patient_io.ts";
import { type PeerScript, SimulatedPeer } from "./peer.ts";
import { nodeScript, silentScript } from "./scripts.ts";

/** A running zone. */
export interface SeedZone extends AsyncDisposable {
  /** The seeds to audit. */
  readonly seeds: readonly AuditedSeed[];
  /** The settings that the zone needs. */
  readonly settings: Pick<AuditSettings, "nameServer" | "port" | "includeUnroutable">;
  /** Deno's own, but patient, and with all connections going to the zone's peers. */
  readonly io: Io;
}

/** A kind of peer. */
type Kind = "current" | "previous" | "knots" | "old" | "no witness" | "behind" | "other chain" | "refuses" | "silent";

/** A seed of the zone, and the expected result of an audit. */
export interface SimulatedSeed {
  /** Its name within the zone's domain. */
  readonly name: string;
  /** Its peers; their addresses alternate between both families unless `family` is set. */
  readonly peers: readonly (readonly [count: number, kind: Kind])[];
  /** The family of all its addresses. */
  readonly family?: "ipv4" | "ipv6";
  /** Whether two of three of its addresses share a /16; otherwise each has its own netgroup. */
  readonly crowded?: boolean;
  /** Additional addresses without a peer. */
  readonly besides?: readonly string[];
  /** How many addresses of the zone's first seed it returns too. */
  readonly shared?: number;
  /** The answer for its names instead of addresses. */
  readonly fault?: "nxdomain" | "silent";
  /** The answer for its subdomains instead. */
  readonly subdomains?: "nxdomain";
  /** The answer to all queries for IPv6 addresses instead. */
  readonly aaaa?: "silent";
  /** The expected verdict. */
  readonly verdict: Verdict;
  /** The expected reasons, in order. */
  readonly reasons: readonly AuditReasonCode[];
}

/** A domain reserved for tests (RFC 6761, section 6.2). */
const DOMAIN = "seeds.test";

const HEIGHT = 940_000;

/** All seeds of the zone. */
export const SIMULATED_SEEDS: readonly SimulatedSeed[] = [
  {
    name: "good",
    peers: [[5, "current"], [4, "previous"], [2, "knots"], [1, "refuses"]],
    verdict: "pass",
    reasons: [],
  },
  {
    name: "tired",
    peers: [[4, "current"], [1, "previous"], [2, "silent"], [1, "refuses"]],
    shared: 2,
    verdict: "warn",
    reasons: ["low_success_rate"],
  },
  {
    name: "half-dead",
    peers: [[3, "current"], [1, "previous"], [3, "silent"], [3, "refuses"]],
    verdict: "fail",
    reasons: ["low_success_rate"],
  },
  { name: "dead", peers: [[4, "refuses"], [4, "silent"]], verdict: "fail", reasons: ["no_success"] },
  {
    name: "promises",
    peers: [[5, "current"], [2, "previous"], [3, "no witness"]],
    verdict: "fail",
    reasons: ["services_missing"],
  },
  {
    name: "nearly-keeps-its-promises",
    peers: [[5, "current"], [5, "previous"], [1, "no witness"]],
    verdict: "warn",
    reasons: ["services_missing"],
  },
  {
    name: "other-chain",
    peers: [[5, "current"], [3, "knots"], [4, "other chain"]],
    verdict: "fail",
    reasons: ["wrong_network", "low_success_rate"],
  },
  {
    name: "a-stray",
    peers: [[6, "current"], [5, "previous"], [1, "other chain"]],
    verdict: "warn",
    reasons: ["wrong_network"],
  },
  {
    name: "unroutable",
    peers: [[4, "current"], [4, "knots"]],
    besides: ["10.1.2.3", "192.168.7.7", "fd00::7", "2001:db8::7"],
    verdict: "warn",
    reasons: ["unroutable"],
  },
  {
    name: "behind",
    peers: [[5, "current"], [5, "previous"], [2, "behind"]],
    verdict: "warn",
    reasons: ["behind"],
  },
  {
    name: "one-netgroup",
    peers: [[7, "current"], [5, "previous"]],
    crowded: true,
    verdict: "warn",
    reasons: ["one_netgroup"],
  },
  { name: "monoculture", peers: [[12, "old"]], verdict: "warn", reasons: ["one_version"] },
  {
    name: "ipv4-only",
    peers: [[3, "current"], [3, "previous"]],
    family: "ipv4",
    verdict: "warn",
    reasons: ["no_ipv6"],
  },
  {
    name: "ipv6-only",
    peers: [[3, "current"], [3, "previous"]],
    family: "ipv6",
    verdict: "warn",
    reasons: ["no_ipv4"],
  },
  {
    name: "no-service-bits",
    peers: [],
    shared: 8,
    subdomains: "nxdomain",
    verdict: "warn",
    reasons: ["service_bits_unanswered"],
  },
  { name: "half-mute", peers: [], shared: 8, aaaa: "silent", verdict: "warn", reasons: ["dns_failure"] },
  { name: "empty", peers: [], fault: "nxdomain", verdict: "fail", reasons: ["no_address"] },
  { name: "mute", peers: [], fault: "silent", verdict: "fail", reasons: ["dns_failure"] },
];

/** Starts the zone, with peers on `chain`. */
export async function startSeedZone(chain: Chain = MAINNET): Promise<SeedZone> {
  await using started = new AsyncDisposableStack();
  const places = await startPeers(chain, started);
  const { zone, kinds } = plan();
  const server = started.use(await DnsServer.start({ zone }));
  const stack = started.move();
  return {
    seeds: SIMULATED_SEEDS.map(auditedSeedOf),
    settings: {
      nameServer: { ipAddr: server.address.host, port: server.address.port },
      port: chain.port,
      includeUnroutable: false,
    },
    io: patientIo({ ...denoIo, connect: ({ host }, signal) => connect(places.get(kinds.get(host) ?? ""), signal) }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

function auditedSeedOf({ name }: SimulatedSeed): AuditedSeed {
  return auditedSeed(`${name}.${DOMAIN}`);
}

/** Connects to a peer's place on loopback; an address without one is unreachable. */
function connect(place: IpAddress | undefined, signal: AbortSignal): ReturnType<Io["connect"]> {
  if (place !== undefined) return denoIo.connect(place, signal);
  return Promise.reject(Object.assign(new Error("no simulated peer has this address"), { code: "ENETUNREACH" }));
}

/** One listener for all peers of a kind. */
async function startPeers(
  chain: Chain,
  started: AsyncDisposableStack,
): Promise<ReadonlyMap<string, IpAddress>> {
  const otherChain = CHAINS.find(({ name }) => name !== chain.name) ?? chain;
  const scripts: { readonly [K in Exclude<Kind, "refuses">]: PeerScript } = {
    current: nodeScript({ chain, startHeight: HEIGHT }),
    previous: nodeScript({ chain, startHeight: HEIGHT, userAgent: "/Satoshi:30.2.0/" }),
    knots: nodeScript({ chain, startHeight: HEIGHT - 1, userAgent: "/Satoshi:29.2.0/Knots:20251110/" }),
    old: nodeScript({ chain, startHeight: HEIGHT, userAgent: "/Satoshi:0.21.2/", services: 0x409n }),
    "no witness": nodeScript({ chain, startHeight: HEIGHT, services: 0x401n }),
    behind: nodeScript({ chain, startHeight: HEIGHT - 145 }),
    "other chain": nodeScript({ chain: otherChain, reads: chain }),
    silent: silentScript,
  };
  const mute = started.use(new SimulatedPeer(silentScript));
  const places = new Map<string, IpAddress>([["refuses", await refusingAddress(mute, started)]]);
  for (const [kind, script] of Object.entries(scripts)) {
    places.set(kind, started.use(new SimulatedPeer(script)).address);
  }
  return places;
}

/** The names with their addresses, and the kind of peer at each address. */
function plan(): { zone: ReadonlyMap<string, DnsZoneEntry>; kinds: ReadonlyMap<string, Kind> } {
  const zone = new Map<string, DnsZoneEntry>();
  const kinds = new Map<string, Kind>();
  const first: string[] = [];
  for (const seed of SIMULATED_SEEDS) {
    const own = seed.peers.flatMap(([count, kind]) => new Array<Kind>(count).fill(kind)).map((kind, i) => {
      const ip = addressOf(seed, i, kinds.size);
      kinds.set(ip, kind);
      return ip;
    });
    if (first.length === 0) first.push(...own);
    const addresses = [...first.slice(0, seed.shared ?? 0), ...own, ...seed.besides ?? []];
    for (const { name, serviceBits } of queriedNames(auditedSeedOf(seed))) {
      zone.set(name, entryOf(addresses, seed.fault ?? (serviceBits === null ? undefined : seed.subdomains), seed.aaaa));
    }
  }
  return { zone, kinds };
}

/**
 * The routable address of the `i`th peer of a seed, the `n`th overall. No packet is sent there, as the zone's `connect`
 * goes to loopback. IPv4 has no unassigned routable block, but 30.0.0.0/8 is rarely announced; 3fff::/20 is for
 * documentation (RFC 9637).
 */
function addressOf({ family, crowded }: SimulatedSeed, i: number, n: number): string {
  if (crowded) return i % 3 === 2 ? `3fff:${n.toString(16)}::1` : `30.255.0.${i + 1}`;
  const isIpv6 = family === undefined ? i % 2 === 1 : family === "ipv6";
  return isIpv6 ? `3fff:${n.toString(16)}::1` : `30.${n}.0.1`;
}

function entryOf(
  addresses: readonly string[],
  fault: "nxdomain" | "silent" | undefined,
  aaaa: SimulatedSeed["aaaa"],
): DnsZoneEntry {
  if (fault !== undefined) return { a: fault, aaaa: fault };
  return {
    a: addresses.filter((ip) => parseIpHost(ip)?.network === "ipv4"),
    aaaa: aaaa ?? addresses.filter((ip) => parseIpHost(ip)?.network === "ipv6"),
  };
}
