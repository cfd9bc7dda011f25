import { assertEquals } from "@std/assert";
import { htmlPage, type Run } from "../../../src/report/html/page.ts";
import { seedsWithPeers, seedTable } from "../../../src/report/html/seeds.ts";
import { headsOf, rowsOf, textOf } from "../../support/html.ts";
import { sampleRun } from "../../support/sample_run.ts";

const pageOf = (run: Omit<Run, "audits">) => [...htmlPage({ ...run, audits: [] }, "2026-03-13T20:21:30.919Z")].join("");

const [base] = sampleRun(1).peers;
if (base === undefined) throw new Error("Expected a peer");

const peer = (addr: string, target: string, success: boolean) => {
  return { ...base, addr, target, success, verack: success, handshake_ms: 50, error: success ? null : base.error };
};
const seed = (target: string, ...addresses: string[]) => ({ type: "seed", target, addresses, error: null }) as const;
const UNRESOLVED = {
  ...seed("none.example"),
  error: { code: "dns_not_found", phase: "dns", message: "none.example has no address" },
} as const;

Deno.test("Names come worst first, each with all its peers, even if another name has them too", () => {
  const run = {
    ...sampleRun(3),
    seeds: [
      seed("good.example", "192.0.2.1", "2001:db8::1"),
      seed("bad.example", "192.0.2.1", "192.0.2.2"),
      UNRESOLVED,
    ],
    peers: [
      peer("192.0.2.1:8333", "good.example", true),
      peer("[2001:db8::1]:8333", "good.example", true),
      peer("192.0.2.2:8333", "bad.example", false),
    ],
  };
  const [, table = ""] = pageOf(run).split("<caption>Names, and how their peers did</caption>");
  assertEquals(rowsOf(table).slice(0, 2), [
    ["bad.example", "50%", "1", "2", "2", "0", "50.0"],
    ["good.example", "100%", "2", "2", "1", "1", "50.0"],
  ]);
});

Deno.test("Names with the same address and other ports have each its own peer", () => {
  const peers = [1, 2].map((i) => peer(`127.0.0.1:${i}`, `a.example:${i}`, i === 2));
  const seeds = [1, 2].map((i) => seed(`a.example:${i}`, "127.0.0.1"));
  assertEquals(rowsOf(String(seedTable(seeds, peers))).map(([name, share]) => [name, share]), [
    ["a.example:1", "0%"],
    ["a.example:2", "100%"],
  ]);
});

Deno.test("Names that stand for one peer each make no table, nor do those that did not resolve", () => {
  const single = [seed("a.example", "192.0.2.1"), seed("b.example", "192.0.2.2"), UNRESOLVED];
  assertEquals(seedsWithPeers(single), []);
  assertEquals(seedsWithPeers([...single, seed("c.example", "192.0.2.3", "192.0.2.4")]).map(({ target }) => target), [
    "a.example",
    "b.example",
    "c.example",
  ]);
  const peers = [peer("192.0.2.1:8333", "a.example", true), peer("192.0.2.2:8333", "b.example", true)];
  assertEquals(pageOf({ ...sampleRun(2), seeds: single, peers }).includes("Names, and how"), false);
});

Deno.test("A family without any address makes no column of zeros", () => {
  const seeds = [seed("a.example", "192.0.2.1", "192.0.2.2")];
  const table = String(seedTable(seeds, [peer("192.0.2.1:8333", "a.example", true)]));
  assertEquals([table.includes(">IPv4<"), table.includes(">IPv6<")], [true, false]);
});

Deno.test("A name without dialled peers comes last, and has no share", () => {
  const seeds = [
    seed("none.example", "192.0.2.9"),
    seed("good.example", "192.0.2.1"),
    seed("bad.example", "192.0.2.2"),
  ];
  const peers = [peer("192.0.2.1:8333", "good.example", true), peer("192.0.2.2:8333", "bad.example", false)];
  assertEquals(rowsOf(String(seedTable(seeds, peers))).map((row) => row.slice(0, 4)), [
    ["bad.example", "0%", "0", "1"],
    ["good.example", "100%", "1", "1"],
    ["none.example", "–", "0", "0"],
  ]);
});

Deno.test("The worst names are those with the least share, not the fewest peers", () => {
  const addresses = [1, 2, 3, 4, 5, 6].map((i) => `192.0.2.${i}`);
  const seeds = [seed("half.example", ...addresses.slice(4)), seed("quarter.example", ...addresses.slice(0, 4))];
  const peers = addresses.map((ip, i) =>
    peer(`${ip}:8333`, i < 4 ? "quarter.example" : "half.example", i === 0 || i === 4)
  );
  assertEquals(rowsOf(String(seedTable(seeds, peers))).map(([name, share]) => [name, share]), [
    ["quarter.example", "25%"],
    ["half.example", "50%"],
  ]);
});

Deno.test("An address that was not dialled for a name counts as the first that was for another", () => {
  const seeds = [seed("a.example", "192.0.2.1"), seed("b.example:9", "192.0.2.1"), seed("c.example", "192.0.2.1")];
  const peers = [peer("192.0.2.1:8333", "a.example", true), peer("192.0.2.1:9", "b.example:9", false)];
  assertEquals(rowsOf(String(seedTable(seeds, peers))).map(([name, share]) => [name, share]), [
    ["b.example:9", "0%"],
    ["a.example", "100%"],
    ["c.example", "100%"],
  ]);
});

Deno.test("The worst 500 names are listed", () => {
  const table = (count: number) =>
    String(
      seedTable(Array.from({ length: count }, (_, i) => seed(`x${i}.example`, "192.0.2.1", "2001:db8::1")), [
        peer("192.0.2.1:8333", "x0.example", true),
      ]),
    );
  assertEquals([500, 501, 502].map((count) => rowsOf(table(count)).length), [500, 500, 500]);
  assertEquals([500, 501, 1502].map((count) => textOf(table(count)).match(/These are .*? names\./)?.[0] ?? null), [
    null,
    "These are the worst 500 of 501 names.",
    "These are the worst 500 of 1,502 names.",
  ]);
  assertEquals(headsOf(table(1)), [
    "Name",
    "Success rate",
    "#Shook hands",
    "#Dialled",
    "#IPv4",
    "#IPv6",
    "#Median handshake, ms",
  ]);
});
