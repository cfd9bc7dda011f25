import { assertEquals, assertThrows } from "@std/assert";
import { crawl, type CrawlOptions, seedTargets, withCrawlDefaults } from "../../src/crawl/api.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import { TargetError } from "../../src/scan/target.ts";
import { findChain, MAINNET } from "../../src/wire/chains.ts";
import { gossip, sorted } from "../support/crawls.ts";
import { scriptedIo } from "../support/scripted_io.ts";
import { as, type ErrorClass } from "../support/untyped.ts";

const REGTEST = findChain("regtest") ?? MAINNET;
const SIGNET = findChain("signet") ?? MAINNET;

Deno.test("crawl() takes text and objects as targets, and begins with the chain's own seeds without any", async () => {
  const { io, dialled } = await gossip({});
  await Array.fromAsync(crawl(["192.0.2.1", { host: "192.0.2.2", port: 7 }], { io, chain: REGTEST, rate: 0 }));
  assertEquals(dialled.toSorted(), ["192.0.2.1:18444", "192.0.2.2:7"]);
  const asked = new Set<string>();
  const resolve = (name: string) => {
    asked.add(name);
    return Promise.reject(new Deno.errors.NotFound());
  };
  const { summary } = sorted(await Array.fromAsync(crawl(undefined, { io: scriptedIo({ resolve }), chain: SIGNET })));
  assertEquals(asked, new Set(["seed.signet.bitcoin.sprovoost.nl.", "seed.signet.achownodes.xyz."]));
  assertEquals([summary.targets, summary.crawl.complete], [2, true]);
});

Deno.test("crawl() takes targets as they come", async () => {
  const { io, dialled } = await gossip({});
  async function* targets(): AsyncGenerator<string> {
    yield* ["192.0.2.1:1", "192.0.2.2:2"];
  }
  await Array.fromAsync(crawl(targets(), { io, rate: 0 }));
  assertEquals(dialled, ["192.0.2.1:1", "192.0.2.2:2"]);
});

Deno.test("crawl() refuses bad options, those of a scan that make no sense, and a chain without seeds", () => {
  const refused: readonly (readonly [targets: unknown, options: unknown, error: ErrorClass, message: string])[] = [
    [[], { rate: -1 }, RangeError, "Invalid rate: expected an integer from 0 to 1000000, got -1"],
    [[], { addrWait: 0 }, RangeError, "Invalid addrWait: expected milliseconds greater than 0"],
    [[], { maxAge: "2d" }, TypeError, "Invalid maxAge: expected milliseconds greater than 0"],
    [[], { maxAddresses: 0 }, RangeError, "Invalid maxAddresses: expected an integer from 1"],
    [[], { maxTime: Infinity }, RangeError, "Invalid maxTime: expected milliseconds greater than 0"],
    [[], { excludes: ["192.0.2.1"] }, TypeError, "Invalid excludes: expected a function"],
    [[], { addresses: 1 }, TypeError, "Invalid addresses: expected true or false, got 1"],
    [[], { includeUnroutable: "yes" }, TypeError, "Invalid includeUnroutable: expected true or false"],
    [[], { concurrency: 0 }, RangeError, "Invalid concurrency: expected an integer from 1 to 65535, got 0"],
    [[], { hold: 1000 }, TypeError, "Unknown option hold"],
    [[], { dials: () => true }, TypeError, "Unknown option dials"],
    [["a b"], {}, TargetError, "invalid target 'a b'"],
    [7, {}, TypeError, "Invalid targets: expected an iterable, such as an array, got 7"],
    [undefined, { chain: REGTEST }, TypeError, "as Bitcoin Core ships no DNS seed for regtest in these networks"],
    [undefined, { networks: ["cjdns"], cjdns: true }, TypeError, "no DNS seed for mainnet in these networks"],
  ];
  for (const [targets, options, error, message] of refused) {
    assertThrows(() => crawl(as(targets), as<CrawlOptions>(options)), error, message);
  }
});

Deno.test("withCrawlDefaults() dials unroutable addresses on regtest alone, unless told otherwise", () => {
  const of = (chain = MAINNET, includeUnroutable?: boolean) =>
    withCrawlDefaults(withDefaults({ chain }), includeUnroutable === undefined ? {} : { includeUnroutable })
      .includeUnroutable;
  assertEquals([of(), of(REGTEST), of(MAINNET, true), of(REGTEST, false)], [false, true, true, false]);
});

Deno.test("withCrawlDefaults() fills in what the documentation says", () => {
  const { addrWait, maxAge, maxAddresses, maxTime, rate, concurrency, addresses } = withCrawlDefaults(withDefaults());
  assertEquals([addrWait, maxAge, maxAddresses, maxTime, rate, concurrency, addresses], [
    10_000,
    2 * 86_400_000,
    1_000_000,
    undefined,
    400,
    undefined,
    false,
  ]);
});

Deno.test("withCrawlDefaults() keeps what it is given", () => {
  const options = {
    concurrency: 1,
    addrWait: 2,
    maxAge: 3,
    maxAddresses: 4,
    maxTime: 5,
    rate: 0,
    excludes: () => true,
    addresses: true,
    memory: { addresses: [], firstPart: null },
  };
  const { concurrency, addrWait, maxAge, maxAddresses, maxTime, rate, excludes, addresses, memory } = withCrawlDefaults(
    withDefaults(),
    options,
  );
  assertEquals(
    { concurrency, addrWait, maxAge, maxAddresses, maxTime, rate, excludes, addresses, memory },
    options,
  );
});

Deno.test("seedTargets() are the chain's seeds, if any network that they have addresses of is wanted", () => {
  assertEquals(seedTargets(withDefaults({ chain: SIGNET })).map(({ host }) => host), [
    "seed.signet.bitcoin.sprovoost.nl",
    "seed.signet.achownodes.xyz",
  ]);
  assertEquals(seedTargets(withDefaults({ chain: REGTEST })), []);
  assertEquals(seedTargets({ chain: MAINNET, networks: ["onion", "i2p"] }), []);
});
