import { assertEquals } from "@std/assert";
import type { AnyRecord } from "../../src/report/records.ts";
import { TargetOutcomes } from "../../src/report/target_outcomes.ts";
import { failedPeerOf, peerOf } from "../support/records.ts";

function outcomesOf(...records: readonly AnyRecord[]) {
  const outcomes = new TargetOutcomes(8333);
  for (const record of records) outcomes.add(record);
  return Object.fromEntries([...outcomes.outcomes()].map(([target, { success, code }]) => [target, code ?? success]));
}

const seed = (target: string, ...addresses: readonly string[]): AnyRecord => ({
  type: "seed",
  target,
  addresses,
  error: null,
});

Deno.test("A target succeeds when one of its peers does", () => {
  const peers = [failedPeerOf(), peerOf({ addr: "250.1.0.2:8333" })];
  assertEquals(outcomesOf(seed("seed.example", "250.1.0.1", "250.1.0.2"), ...peers), { "seed.example": true });
});

Deno.test("A peer that was dialled for another target counts, at the same port only", () => {
  const peers = [peerOf({ addr: "[2001:db8::1]:8333" }), peerOf({ addr: "250.1.0.7:8333" })];
  const same = [
    seed("a.example", "250.1.0.7"),
    seed("b.example", "2001:db8::1"),
    seed("c.example:8333", "2001:db8::1"),
  ];
  assertEquals(outcomesOf(...same, seed("d.example:1", "2001:db8::1"), ...peers), {
    "a.example": true,
    "b.example": true,
    "c.example:8333": true,
    "d.example:1": false,
    "seed.example": true,
  });
});

Deno.test("A target that failed has the error of its name, or the one of most of its peers", () => {
  const error = { code: "dns_not_found", phase: "dns", message: "no address" } as const;
  const peers = (["connection_refused", "timeout", "timeout"] as const).map((code, i) => ({
    ...failedPeerOf(code),
    addr: `250.1.0.${i}:8333`,
  }));
  assertEquals(outcomesOf({ type: "seed", target: "a.example", addresses: [], error }, ...peers), {
    "a.example": "dns_not_found",
    "seed.example": "timeout",
  });
});
