/**
 * The library's function to crawl a network.
 *
 * @module
 */

import { familiesOf } from "../net/families.ts";
import { denoIo } from "../net/io.ts";
import { reachableNetworks } from "../net/reach.ts";
import { chainSeeds } from "../scan/chain_seeds.ts";
import { type AddressParts, readTargets } from "../scan/input.ts";
import { readOptions } from "../scan/options.ts";
import { OPTION_RULES, TIMEOUT } from "../scan/rules.ts";
import type { ScanSettings } from "../scan/scan.ts";
import type { ScanOptions } from "../scan/settings.ts";
import { parseTarget, type Target } from "../scan/target.ts";
import { BOOLEAN, FUNCTION, invalid, type Rule } from "../wire/argument.ts";
import { Crawl } from "./crawl.ts";
import { DEFAULT_CRAWL, MAX_ADDRESSES, MAX_AGE, RATE } from "./rules.ts";
import type { CrawlSettings } from "./settings.ts";

/**
 * The options of a crawl: those of a scan, as far as they make sense, and its own.
 *
 * By default a peer has 10 seconds to answer `getaddr`, addresses that somebody has seen in the last 2 days are dialled,
 * 400 connections are begun in a second at most, and 1,000,000 addresses are kept.
 */
export interface CrawlOptions
  extends
    Omit<ScanOptions, "concurrency" | "hold" | "dials" | "resolvesNames">,
    Partial<Omit<CrawlSettings, keyof ScanSettings | "memory">> {
  /**
   * Maximum number of handshakes in flight in all networks together; by default 1,024 over IP and CJDNS, and 32 through
   * each proxy or bridge besides.
   */
  readonly concurrency?: number;
}

const { hold: _hold, dials: _dials, resolvesNames: _resolvesNames, ...SCAN_RULES } = OPTION_RULES;

const RULES: { readonly [K in keyof Required<CrawlOptions>]: Rule } = {
  ...SCAN_RULES,
  addrWait: TIMEOUT,
  maxAge: MAX_AGE,
  maxAddresses: MAX_ADDRESSES,
  maxTime: TIMEOUT,
  rate: RATE,
  excludes: FUNCTION,
  includeUnroutable: BOOLEAN,
  addresses: BOOLEAN,
};

/**
 * Crawls a network: shakes hands with every peer of every target, asks each which addresses it knows, and goes on with
 * those until none is left; iterate it for the results. Targets are as for {@linkcode scan}; without any, it begins with
 * the DNS seeds that Bitcoin Core ships for the chain. By default, unroutable addresses are dialled only on regtest.
 *
 * @example
 * ```ts
 * import { crawl } from "@bitcoin-p2p/handshake";
 * import { nodeScript, SimulatedPeer } from "@bitcoin-p2p/handshake/sim";
 * import { addrMessage } from "@bitcoin-p2p/handshake/wire";
 * import { assertEquals } from "@std/assert";
 *
 * await using hidden = new SimulatedPeer(nodeScript());
 * const now = Math.floor(Date.now() / 1000);
 * const entry = { time: now, services: 9n, address: hidden.address };
 * await using known = new SimulatedPeer(nodeScript({ answer: () => [addrMessage("addrv2", [entry, entry])] }));
 *
 * const found: string[] = [];
 * for await (const result of crawl([known.target], { includeUnroutable: true, addrWait: 2_000 })) {
 *   if (result.type === "peer") found.push(`${result.address.port} from ${result.target}`);
 * }
 * assertEquals(found, [known, hidden].map(({ address: { port } }) => `${port} from ${known.target}`));
 * ```
 *
 * @throws {TargetError} when one of `targets` is invalid, or on a network that cannot be reached.
 * @throws {TypeError} when `targets` or an option has the wrong type, an option is unknown, or there is no seed to begin
 * with.
 * @throws {RangeError} when an option is not allowed.
 */
export function crawl(
  targets?: Iterable<string | AddressParts> | AsyncIterable<string | AddressParts>,
  options: CrawlOptions = {},
): Crawl {
  const settings = readOptions(options, RULES);
  const read = targets === undefined ? ownSeeds(settings) : readTargets(targets, reachableNetworks(settings));
  return new Crawl(read, withCrawlDefaults(settings, options), options.io ?? denoIo, options.signal);
}

/** The settings of a crawl, with defaults for what is missing or `undefined`, from those that a scan has too. */
export function withCrawlDefaults(settings: ScanSettings, options: Partial<CrawlSettings> = {}): CrawlSettings {
  const { includeUnroutable = settings.chain.name === "regtest" } = options;
  return {
    ...settings,
    concurrency: options.concurrency,
    addrWait: options.addrWait ?? DEFAULT_CRAWL.addrWait,
    maxAge: options.maxAge ?? DEFAULT_CRAWL.maxAge,
    maxAddresses: options.maxAddresses ?? DEFAULT_CRAWL.maxAddresses,
    maxTime: options.maxTime,
    rate: options.rate ?? DEFAULT_CRAWL.rate,
    excludes: options.excludes,
    includeUnroutable,
    addresses: options.addresses ?? false,
    memory: options.memory,
  };
}

/** The chain's own seeds as targets; empty if it has none, or if none of the networks has addresses in DNS. */
export function seedTargets({ chain, networks }: Pick<ScanSettings, "chain" | "networks">): Target[] {
  return familiesOf(networks).length === 0 ? [] : chainSeeds(chain).map(({ name }) => parseTarget(name));
}

function ownSeeds(settings: ScanSettings): Target[] {
  const seeds = seedTargets(settings);
  if (seeds.length > 0) return seeds;
  const expected = `targets, as Bitcoin Core ships no DNS seed for ${settings.chain.name} in these networks`;
  throw new TypeError(invalid("targets", expected, undefined));
}
