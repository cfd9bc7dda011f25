/**
 * The library's function to audit DNS seeds.
 *
 * @module
 */

import { denoIo } from "../net/io.ts";
import { chainSeeds } from "../scan/chain_seeds.ts";
import { checkNameServer, readOptions } from "../scan/options.ts";
import { OPTION_RULES } from "../scan/rules.ts";
import type { ScanOptions } from "../scan/settings.ts";
import { parseTarget, TargetError } from "../scan/target.ts";
import {
  arrayOf,
  BOOLEAN,
  FUNCTION,
  invalid,
  isString,
  ITERABLE,
  objectWith,
  type Rule,
  STRING,
} from "../wire/argument.ts";
import type { Chain } from "../wire/chains.ts";
import { SERVICES } from "../wire/services.ts";
import { Audit, type AuditListeners, type AuditSettings } from "./audit.ts";
import { type AuditedSeed, auditedSeed } from "./seeds.ts";

/** The options of a scan, and those of an audit. */
export interface AuditOptions extends ScanOptions, AuditListeners, Partial<Pick<AuditSettings, "includeUnroutable">> {}

const RULES: { readonly [K in keyof Required<AuditOptions>]: Rule } = {
  ...OPTION_RULES,
  includeUnroutable: BOOLEAN,
  onNoRoute: FUNCTION,
};

const SEED = objectWith("a name, or a seed as { name, serviceBits }", {
  name: STRING,
  serviceBits: arrayOf(SERVICES, { empty: true }),
});

/**
 * Resolves all names of DNS seeds, shakes hands with every peer they return, and judges them; iterate it for the
 * results. A seed is a name, or a name with the service bits of its subdomains. Without `seeds`, it audits those that
 * Bitcoin Core ships for the chain. By default, unroutable addresses are dialled only on regtest.
 *
 * @example
 * ```ts
 * import { audit } from "@bitcoin-p2p/handshake";
 * import { DnsServer, nodeScript, SimulatedPeer } from "@bitcoin-p2p/handshake/sim";
 * import { assertEquals } from "@std/assert";
 *
 * await using peer = new SimulatedPeer(nodeScript());
 * const answer = { a: [peer.address.host] };
 * await using server = await DnsServer.start({ zone: new Map([["seed.test", answer], ["x9.seed.test", answer]]) });
 * const { host: ipAddr, port } = server.address;
 *
 * const options = { nameServer: { ipAddr, port }, port: peer.address.port, includeUnroutable: true };
 * for await (const result of audit(["seed.test"], options)) {
 *   if (result.type === "audit") assertEquals(result.verdict, "warn");
 * }
 * ```
 *
 * @throws {TargetError} when one of `seeds` is not a name, or has a port.
 * @throws {TypeError} when `seeds` or an option has the wrong type, an option is unknown, or the chain has no seeds.
 * @throws {RangeError} when an option is not allowed.
 */
export function audit(seeds?: Iterable<string | AuditedSeed>, options: AuditOptions = {}): Audit {
  const settings = readOptions(options, RULES);
  checkNameServer(settings);
  const { includeUnroutable = settings.chain.name === "regtest", io = denoIo, signal } = options;
  const asked = seeds === undefined ? ownSeeds(settings.chain) : seedList(seeds);
  return new Audit(asked, { ...settings, includeUnroutable }, io, signal);
}

function ownSeeds(chain: Chain): AuditedSeed[] {
  const seeds = chainSeeds(chain);
  if (seeds.length > 0) return seeds;
  const expected = `${ITERABLE.allowed}, as Bitcoin Core ships no DNS seed for ${chain.name}`;
  throw new TypeError(invalid("seeds", expected, undefined));
}

function seedList(seeds: Iterable<string | AuditedSeed>): AuditedSeed[] {
  ITERABLE.check("seeds", seeds);
  return Array.from(seeds, (seed, i) => {
    if (!isString(seed)) SEED.check(`seeds[${i}]`, seed);
    const written = isString(seed) ? seed : seed.name;
    const { text: name, network, port } = parseTarget(written);
    if (network !== null) throw new TargetError(written, "expected the name of a DNS seed, got an address");
    if (port !== null) throw new TargetError(written, "a seed cannot have a port: use options.port for its peers");
    return isString(seed) ? auditedSeed(name) : { name, serviceBits: seed.serviceBits };
  });
}
