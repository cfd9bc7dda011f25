/**
 * The embedded network of `--demo --crawl`: some hundred nodes that know each other, and DNS seeds that know some of
 * them; portable, and always with the same counts.
 *
 * @module
 */

import { formatAddress } from "../address/address.ts";
import { familiesOf } from "../net/families.ts";
import type { Io } from "../net/io.ts";
import type { ScanSettings } from "../scan/scan.ts";
import type { Target } from "../scan/target.ts";
import { DnsServer } from "./dns_server.ts";
import type { DnsZoneEntry } from "./dns_zone.ts";
import { startNetwork } from "./network/network.ts";
import { isGiver, type PlannedAddress } from "./network/plan.ts";
import { DEMO_POPULATION, type Population } from "./network/population.ts";
import { patientIo } from "./patient_io.ts";

/** A running network to crawl. */
export interface CrawlDemo extends AsyncDisposable {
  /** Where to begin: DNS seeds, or nodes if no network is enabled whose addresses are in DNS. */
  readonly targets: readonly Target[];
  /** Deno's own, but patient, and every address leads to the network's own nodes or nowhere. */
  readonly io: Io;
  /** The settings that the network needs. */
  readonly settings: Pick<ScanSettings, "nameServer" | "port" | "onion" | "i2psam" | "cjdns"> & {
    readonly includeUnroutable: boolean;
  };
}

/** Domains reserved for tests (RFC 6761, section 6.2). */
const SEEDS = ["seed-1.demo.test", "seed-2.demo.test"];

/** How many addresses of a family a seed gives. */
const FROM_SEED = 4;

/** Starts the network, for a crawl with these settings. */
export async function startCrawlDemo(
  { chain, networks }: Pick<ScanSettings, "chain" | "networks">,
  population: Population = DEMO_POPULATION,
): Promise<CrawlDemo> {
  await using started = new AsyncDisposableStack();
  const { plan, routes, io } = started.use(await startNetwork(population, chain));
  const givers = plan.addresses.filter(({ kind }) => isGiver(kind) && !kind.poisons);
  const server = started.use(await DnsServer.start({ zone: zoneOf(givers) }));
  const isNamed = familiesOf(networks).length > 0;
  const stack = started.move();
  return {
    targets: isNamed ? SEEDS.map((text) => ({ text, network: null, host: text, port: null })) : nodes(givers, networks),
    io: patientIo(io),
    settings: {
      nameServer: { ipAddr: server.address.host, port: server.address.port },
      port: chain.port,
      includeUnroutable: false,
      ...routes,
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** The first nodes in one of the networks. */
function nodes(givers: readonly PlannedAddress[], networks: ScanSettings["networks"]): Target[] {
  const enabled = givers.filter(({ address: { network } }) => networks.includes(network));
  return enabled.slice(0, FROM_SEED).map(({ address }) => ({ text: formatAddress(address), ...address }));
}

/** Each seed has nodes of its own. */
function zoneOf(givers: readonly PlannedAddress[]): ReadonlyMap<string, DnsZoneEntry> {
  const hosts = (wanted: "ipv4" | "ipv6", i: number) =>
    givers.filter(({ address: { network } }) => network === wanted).map(({ address: { host } }) => host)
      .slice(i * FROM_SEED, (i + 1) * FROM_SEED);
  return new Map(SEEDS.map((name, i) => [name, { a: hosts("ipv4", i), aaaa: hosts("ipv6", i) }]));
}
