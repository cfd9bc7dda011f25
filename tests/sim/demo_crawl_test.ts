import { assert, assertEquals } from "@std/assert";
import { formatAddress } from "../../src/address/address.ts";
import { type Network, NETWORK_NAMES } from "../../src/address/network.ts";
import { Crawl } from "../../src/crawl/crawl.ts";
import type { CrawlResult, CrawlSummaryResult } from "../../src/crawl/result.ts";
import { DEFAULT_CRAWL } from "../../src/crawl/rules.ts";
import type { CrawlSettings } from "../../src/crawl/settings.ts";
import { formatEndpoint } from "../../src/net/endpoint.ts";
import { denoIo, type Io } from "../../src/net/io.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import { parseTarget } from "../../src/scan/target.ts";
import { HOSTILE_ANSWERS, startHostilePeer } from "../../src/sim.ts";
import { startCrawlDemo } from "../../src/sim/demo_crawl.ts";
import { NetworkPlan } from "../../src/sim/network/plan.ts";
import { DEMO_POPULATION, type Population } from "../../src/sim/network/population.ts";
import { patientIo } from "../../src/sim/patient_io.ts";
import { CHAINS, MAINNET } from "../../src/wire/chains.ts";
import { plannedCounts } from "../support/planned_crawl.ts";

const TIMEOUT = 500;

/** The demo with a few nodes of each kind. */
const FEW: Population = DEMO_POPULATION.map(([kind, counts]) => [
  kind,
  Object.fromEntries(Object.entries(counts).map(([network, count]) => [network, Math.min(count, 2)])),
]);

/** What the demo begins with for a crawl of these networks: its targets, and what its seeds know, by name. */
async function beginOf(population: Population, networks: readonly Network[]) {
  await using demo = await startCrawlDemo({ chain: MAINNET, networks }, population);
  const { nameServer, port, includeUnroutable } = demo.settings;
  const known = new Map<string, string[]>();
  for (const { host } of demo.targets.filter((target) => target.network === null)) {
    const answers = (["A", "AAAA"] as const).map((type) => Deno.resolveDns(host, type, nameServer && { nameServer }));
    known.set(host, (await Promise.all(answers)).flat());
  }
  return { targets: demo.targets.map(({ text }) => text), known, port, includeUnroutable };
}

Deno.test("startCrawlDemo() has two seeds, each of which knows four nodes of its own of each family", async () => {
  const population: Population = [["core-31", { ipv4: 9, ipv6: 9 }], ["poisoner", { ipv4: 9 }], ["mute", { ipv6: 9 }]];
  const { addresses } = new NetworkPlan(population, MAINNET.port);
  const nodes = (network: Network) =>
    addresses.filter(({ address, kindName }) => kindName === "core-31" && address.network === network)
      .map(({ address: { host } }) => host);
  const [ipv4, ipv6] = [nodes("ipv4"), nodes("ipv6")];
  assertEquals(await beginOf(population, ["ipv6", "onion"]), {
    targets: ["seed-1.demo.test", "seed-2.demo.test"],
    known: new Map([
      ["seed-1.demo.test", [...ipv4.slice(0, 4), ...ipv6.slice(0, 4)]],
      ["seed-2.demo.test", [...ipv4.slice(4, 8), ...ipv6.slice(4, 8)]],
    ]),
    port: MAINNET.port,
    includeUnroutable: false,
  });
});

Deno.test("startCrawlDemo() begins with the first four nodes when no network is wanted that is in DNS", async () => {
  const population: Population = [["core-31", { ipv4: 9, onion: 5, cjdns: 2 }], ["mute", { onion: 9 }]];
  const { addresses } = new NetworkPlan(population, MAINNET.port);
  const nodes = addresses.filter(({ address, kindName }) => kindName === "core-31" && address.network !== "ipv4");
  const { targets, known } = await beginOf(population, ["onion", "cjdns"]);
  assertEquals([targets, known.size], [nodes.slice(0, 4).map(({ address }) => formatAddress(address)), 0]);
});

/** The results of a crawl of the demo, with other peers too. */
async function crawled(options: Partial<CrawlSettings>, others: readonly string[] = []): Promise<CrawlResult[]> {
  const { chain = MAINNET, networks = NETWORK_NAMES } = options;
  const defaults = withDefaults({ timeout: TIMEOUT, transport: "auto", chain, networks });
  const settings = { ...defaults, ...DEFAULT_CRAWL, addrWait: 1500, addresses: false, ...options };
  await using demo = await startCrawlDemo(settings, FEW);
  const targets = [...demo.targets, ...others.map((text) => parseTarget(text))];
  const connect: Io["connect"] = (endpoint, signal) =>
    (others.includes(formatEndpoint(endpoint)) ? denoIo : demo.io).connect(endpoint, signal);
  const io = others.length === 0 ? demo.io : patientIo({ ...demo.io, connect });
  return await Array.fromAsync(new Crawl(targets, { ...settings, ...demo.settings }, io));
}

function summaryOf(results: readonly CrawlResult[]): CrawlSummaryResult {
  const summary = results.at(-1);
  assert(summary?.type === "summary" && "crawl" in summary);
  return summary;
}

/** The counts of a summary that are planned. */
function countsOf({ peers, success, errors, crawl }: CrawlSummaryResult): ReturnType<typeof plannedCounts> {
  const { known, networks, notDialled, asked, answered, selfOnly, silent, malformed, closed, entries } = crawl;
  return {
    peers,
    success,
    errors: Object.fromEntries(errors),
    known,
    networks,
    notDialled: Object.fromEntries(notDialled),
    asked,
    answered,
    selfOnly,
    silent,
    malformed,
    closed,
    entries,
  };
}

const NAMECOIN = CHAINS.find(({ name }) => name === "namecoin") ?? MAINNET;

for (
  const [name, options] of [
    ["mainnet with auto", {}],
    ["namecoin with v1", { chain: NAMECOIN, transport: "v1" }],
    ["IPv4 alone", { networks: ["ipv4"] }],
    ["Tor and CJDNS alone", { networks: ["onion", "cjdns"] }],
  ] as const satisfies (readonly [string, Partial<CrawlSettings>])[]
) {
  Deno.test(`A crawl of startCrawlDemo() finds exactly what was built in, on ${name}`, async () => {
    const summary = summaryOf(await crawled(options));
    const plan = new NetworkPlan(FEW, MAINNET.port);
    assertEquals(countsOf(summary), plannedCounts(plan, "networks" in options ? options.networks : undefined));
    const { complete, stoppedBy, waiting } = summary.crawl;
    assertEquals([complete, stoppedBy, waiting], [true, null, 0]);
  });
}

/** What the results say of the demo's own nodes, whatever else was crawled, apart from times and order. */
function ownRecords(results: readonly CrawlResult[], foreign: ReadonlySet<string>): string[] {
  return results.flatMap((result) => {
    if (result.type !== "peer" && result.type !== "addrs") return [];
    const address = formatAddress(result.address);
    if (foreign.has(address)) return [];
    if (result.type === "peer") return `${address} ${result.outcome.error?.code ?? "ok"}`;
    const { outcome, messages, entries, networks, skipped } = result;
    return `${address} ${JSON.stringify({ outcome, messages, entries, networks, skipped })}`;
  }).toSorted();
}

Deno.test("Hostile answers change nothing of a crawl but their own records", async () => {
  await using running = new AsyncDisposableStack();
  const peers = HOSTILE_ANSWERS.filter(({ settings, endless }) => settings === undefined && !endless);
  const addresses = await Promise.all(peers.map(async (peer) => running.use(await startHostilePeer(peer)).target));
  const [alone, together] = [
    await crawled({ transport: "v1" }),
    await crawled({ transport: "v1" }, addresses),
  ];
  const foreign = new Set(addresses);
  assertEquals(ownRecords(together, foreign), ownRecords(alone, foreign));
  assertEquals(summaryOf(together).success - summaryOf(alone).success, peers.length);
  assertEquals(summaryOf(together).peers - summaryOf(alone).peers, peers.length);
});
