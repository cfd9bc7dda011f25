import { assertEquals } from "@std/assert";
import type { Crawl } from "../../src/crawl/crawl.ts";
import type { AddressResult, CrawlResult } from "../../src/crawl/result.ts";
import type { StateError } from "../../src/state/errors.ts";
import { KeptCrawl } from "../../src/state/kept_crawl.ts";
import { State } from "../../src/state/state.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { gossip, start } from "../support/crawls.ts";
import { addressResultOf, crawlSummaryResultOf } from "../support/results.ts";
import { addressOf, answer, START, stateFile, up } from "../support/state.ts";
import { as } from "../support/untyped.ts";
import { VirtualClock } from "../support/virtual_clock.ts";

const fail = (error: StateError) => {
  throw error;
};

/** An address that so many groups have named. */
function named(number: number, groups = 1, time = START): AddressResult {
  return addressResultOf({ address: addressOf(number), groups, time });
}

/** A crawl that has these results, has learnt some addresses by then, and knows some in the end. */
function crawlOf(results: readonly CrawlResult[], learnt: readonly AddressResult[], known: readonly AddressResult[]) {
  return as<Crawl>({
    learnt: () => learnt,
    addresses: () => known.values(),
    [Symbol.asyncIterator]: async function* () {
      yield* results;
    },
  });
}

/** The hosts that a file knows. */
function hostsIn(path: string): string[] {
  using state = new State(path, MAINNET, new VirtualClock(BigInt(START)));
  return Array.from(state.begin().addresses, ({ address }) => address.host);
}

Deno.test("A kept crawl gives what the crawl gives, and the next one begins with it", async () => {
  using file = stateFile();
  const [a, b, c] = ["192.0.2.1:8333", "192.0.2.2:8333", "192.0.2.3:8333"] as const;
  const { io, clock, dialled } = await gossip({ [a]: [b, c], [b]: [a, c] });
  const kept = async () => {
    using state = new State(file.path, MAINNET, clock);
    const crawl = new KeptCrawl(start([a], io, { memory: state.begin() }), state, clock, fail);
    const results = await Array.fromAsync(crawl);
    assertEquals(crawl.progress.known, 3);
    const last = results.at(-1);
    return [results.map(({ type }) => type).toSorted(), last !== undefined && "crawl" in last && last.crawl.since];
  };
  assertEquals(await kept(), [["addrs", "addrs", "peer", "peer", "peer", "summary"], null]);
  assertEquals(dialled.splice(0).toSorted(), [a, b, c]);
  assertEquals(await kept(), [["peer", "peer", "summary"], { new: 0, back: 0, gone: 0, kept: 2 }]);
  assertEquals(dialled.toSorted(), [a, b]);
});

Deno.test("Each result is handed over before it is given, and what an answer has brought before the answer", async () => {
  const order: string[] = [];
  const state = as<State>({
    error: null,
    add: (result: CrawlResult) => order.push("address" in result ? `${result.type} ${result.address.host}` : "?"),
    end: () => {
      order.push("end");
      return null;
    },
  });
  const learnt = [named(2), named(3, 0)];
  const known = [named(1, 0), named(2, 4)];
  const crawl = crawlOf([up(1), answer(1), ...known, crawlSummaryResultOf()], learnt, known);
  for await (const result of new KeptCrawl(crawl, state, new VirtualClock(), fail)) order.push(`gives ${result.type}`);
  assertEquals(order, [
    "peer 250.0.1.1",
    "gives peer",
    "address 250.0.2.1",
    "addrs 250.0.1.1",
    "gives addrs",
    "gives address",
    "gives address",
    "address 250.0.2.1",
    "end",
    "gives summary",
  ]);
});

Deno.test("Only what somebody has named is kept as an address", async () => {
  using file = stateFile();
  {
    using state = new State(file.path, MAINNET, new VirtualClock(BigInt(START)));
    state.begin();
    const known = [named(1, 0), named(2), named(3, 9)];
    await Array.fromAsync(
      new KeptCrawl(crawlOf([crawlSummaryResultOf()], [], known), state, new VirtualClock(), fail),
    );
  }
  assertEquals(hostsIn(file.path), ["250.0.3.1", "250.0.2.1"]);
});

Deno.test("At the end other work has its turn after each 1,000 addresses", async () => {
  const turnsWith = async (count: number) => {
    using file = stateFile();
    using state = new State(file.path, MAINNET, new VirtualClock(BigInt(START)));
    state.begin();
    const waits: number[] = [];
    const clock = new VirtualClock();
    clock.schedule = (callback, milliseconds) => {
      waits.push(milliseconds);
      callback();
      return () => {};
    };
    const known = Array.from({ length: count }, (_, i) => named(i));
    await Array.fromAsync(new KeptCrawl(crawlOf([crawlSummaryResultOf()], [], known), state, clock, fail));
    return waits;
  };
  assertEquals([await turnsWith(999), await turnsWith(1000), await turnsWith(2001)], [[], [0], [0, 0]]);
});

Deno.test("A crawl goes on when it cannot be kept any more, which is said once", async () => {
  using file = stateFile();
  using state = new State(file.path, MAINNET, new VirtualClock(BigInt(START)));
  state.begin();
  const errors: string[] = [];
  const onError = ({ code }: StateError) => void errors.push(code);
  const crawl = crawlOf([up(1), answer(1), up(2), answer(2), crawlSummaryResultOf()], [named(3, 1, 0.5)], []);
  const told: number[] = [];
  for await (const _ of new KeptCrawl(crawl, state, new VirtualClock(), onError)) {
    state.flush();
    told.push(errors.length);
  }
  assertEquals([errors, told], [["failed"], [0, 0, 1, 1, 1]]);
});
