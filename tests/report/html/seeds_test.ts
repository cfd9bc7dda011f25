import { assertEquals } from "@std/assert";
import { htmlPage, type Run } from "../../../src/report/html/page.ts";
import { rowsOf } from "../../support/html.ts";
import { madeUpRun } from "../../support/made_up_run.ts";

const pageOf = (run: Omit<Run, "audits">) => [...htmlPage({ ...run, audits: [] }, "2026-03-13T20:21:30.919Z")].join("");

const [base] = madeUpRun(1).peers;
if (base === undefined) throw new Error("Expected a peer");

Deno.test("The names come the worst first, each with all its peers, whoever else gave them", () => {
  const peer = (addr: string, target: string, success: boolean) => {
    return { ...base, addr, target, success, verack: success, handshake_ms: 50, error: success ? null : base.error };
  };
  const seed = (target: string, ...addresses: string[]) => ({ type: "seed", target, addresses, error: null }) as const;
  const run = {
    ...madeUpRun(3),
    seeds: [
      seed("good.example", "192.0.2.1", "2001:db8::1"),
      seed("bad.example", "192.0.2.1", "192.0.2.2"),
      { ...seed("none.example"), error: { code: "dns_not_found", phase: "dns", message: "no address" } } as const,
    ],
    peers: [
      peer("192.0.2.1:8333", "good.example", true),
      peer("[2001:db8::1]:8333", "good.example", true),
      peer("192.0.2.2:8333", "bad.example", false),
    ],
  };
  const [, table = ""] = pageOf(run).split("<caption>Names, and how their peers did</caption>");
  assertEquals(rowsOf(table).slice(0, 3), [
    ["none.example", "–", "0", "0", "0", "0", "", "dns_not_found: no address"],
    ["bad.example", "50.0%", "1", "2", "2", "0", "50.0", ""],
    ["good.example", "100.0%", "2", "2", "1", "1", "50.0", ""],
  ]);
});

Deno.test("Names with the same address and other ports have each its own peer", () => {
  const peers = [1, 2].map((i) => ({ ...base, addr: `127.0.0.1:${i}`, target: `a.example:${i}`, success: i === 2 }));
  const seeds = [1, 2].map((i) => {
    return { type: "seed", target: `a.example:${i}`, addresses: ["127.0.0.1"], error: null } as const;
  });
  const [, table = ""] = pageOf({ ...madeUpRun(2), peers, seeds }).split("<caption>Names, and");
  assertEquals(rowsOf(table).slice(0, 2).map(([name, share]) => [name, share]), [
    ["a.example:1", "0.0%"],
    ["a.example:2", "100.0%"],
  ]);
});
