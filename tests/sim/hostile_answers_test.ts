import { assert, assertEquals, assertGreaterOrEqual } from "@std/assert";
import { formatAddress } from "../../src/address/address.ts";
import { type Network, NETWORK_NAMES } from "../../src/address/network.ts";
import { Crawl } from "../../src/crawl/crawl.ts";
import type { AddrsResult, CrawlSummary } from "../../src/crawl/result.ts";
import { denoIo, type Io } from "../../src/net/io.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import { parseTarget } from "../../src/scan/target.ts";
import { DEFAULT_CRAWL } from "../../src/crawl/rules.ts";
import { HOSTILE_ANSWERS, HOSTILE_CLOCK, type HostileAnswer, startHostilePeer } from "../../src/sim.ts";
import { patientIo } from "../../src/sim/patient_io.ts";

/** Long enough for each peer that finishes to get as far as it does. */
const WAIT = 2000;

/** The result of each answer, and the summary. */
interface Outcome {
  readonly answers: ReadonlyMap<HostileAnswer, readonly AddrsResult[]>;
  readonly success: number;
  readonly crawl: CrawlSummary;
}

/** Crawls from some hostile peers at once. */
async function crawlFrom(peers: readonly HostileAnswer[], io: Io): Promise<Outcome> {
  await using running = new AsyncDisposableStack();
  const answers = new Map<HostileAnswer, AddrsResult[]>();
  const byTarget = new Map<string, AddrsResult[]>();
  for (const peer of peers) {
    const own: AddrsResult[] = [];
    answers.set(peer, own);
    byTarget.set(running.use(await startHostilePeer(peer)).target, own);
  }
  const settings = { ...withDefaults({ timeout: 30_000, ...peers[0]?.settings }), ...DEFAULT_CRAWL, addrWait: WAIT };
  const crawl = new Crawl(
    [...byTarget.keys()].map((target) => parseTarget(target)),
    { ...settings, includeUnroutable: false, addresses: false },
    io,
  );
  for await (const result of crawl) {
    if (result.type === "addrs") byTarget.get(formatAddress(result.address))?.push(result);
    if (result.type === "summary") {
      assert("crawl" in result);
      return { answers, success: result.success, crawl: result.crawl };
    }
  }
  throw new Error("no summary");
}

/** The part of a result that the peer determines. */
function decidedPart(result: AddrsResult, { expected }: HostileAnswer): Record<string, unknown> {
  return Object.fromEntries(Object.entries(result).filter(([key]) => Object.hasOwn(expected, key)));
}

function fullExpectation({ expected }: HostileAnswer): Record<string, unknown> {
  const { networks } = expected;
  return networks === undefined ? { ...expected } : { ...expected, networks: countsOf(networks) };
}

function countsOf(networks: { readonly [N in Network]?: number }): Record<string, number> {
  return Object.fromEntries(NETWORK_NAMES.map((network) => [network, networks[network] ?? 0]));
}

function assertOutcome({ answers, success, crawl }: Outcome): void {
  const peers = [...answers.keys()];
  assertEquals(
    Object.fromEntries(Array.from(answers, ([peer, own]) => [peer.name, own.map((one) => decidedPart(one, peer))])),
    Object.fromEntries(peers.map((peer) => [peer.name, [fullExpectation(peer)]])),
  );
  assertEquals([success, crawl.asked], [peers.length, peers.length]);
  const count = (outcome: string) => peers.filter(({ expected }) => expected.outcome === outcome).length;
  const { answered, selfOnly, silent, malformed, closed } = crawl;
  assertEquals([answered, selfOnly, silent, malformed, closed], [
    count("answered"),
    count("self_only"),
    count("silent"),
    count("malformed"),
    count("closed"),
  ]);
  assertEquals(crawl.networks.ipv4.dialled, peers.length);
}

const IO: Io = { ...denoIo, clock: HOSTILE_CLOCK };
const inV2 = ({ settings }: HostileAnswer): boolean => settings !== undefined;

Deno.test("Every hostile answer has a unique name, and counts that add up", () => {
  assertGreaterOrEqual(HOSTILE_ANSWERS.length, 40);
  assertEquals(new Set(HOSTILE_ANSWERS.map(({ name }) => name)).size, HOSTILE_ANSWERS.length);
  for (const { name, expected: { networks, entries, skipped = 0 } } of HOSTILE_ANSWERS) {
    const named = Object.values(networks ?? {}).reduce((sum, count) => sum + count, 0);
    if (networks !== undefined) assertEquals(entries, named + skipped, name);
  }
});

Deno.test("Every hostile answer gets its expected result, all at once, and nobody dials what it names", async () => {
  assertOutcome(await crawlFrom(HOSTILE_ANSWERS.filter((peer) => !peer.endless && !inV2(peer)), patientIo(IO)));
});

Deno.test("Every hostile answer over v2 gets its expected result", async () => {
  assertOutcome(await crawlFrom(HOSTILE_ANSWERS.filter(inV2), patientIo(IO)));
});

Deno.test("Every hostile answer without end gets its expected result when its time is over", async () => {
  assertOutcome(await crawlFrom(HOSTILE_ANSWERS.filter(({ endless }) => endless), IO));
});
