import { assertEquals } from "@std/assert";
import { seedFamilies } from "../../../src/report/openmetrics/seeds.ts";
import { auditOf } from "../../support/records.ts";

const BAD = auditOf({
  seed: "bad.example",
  verdict: "fail",
  ipv4: 3,
  ipv6: 0,
  unroutable: 1,
  success: 1,
  errors: { timeout: 2 },
  behind: 1,
  median_height: null,
});

Deno.test("Seeds are counted by verdict, and each has one verdict of three", () => {
  const [seeds, verdicts] = seedFamilies([auditOf({ seed: "good.example" }), BAD]);
  assertEquals(seeds?.samples.map(({ labels, value }) => [labels.verdict, value]), [["fail", 1], ["warn", 0], [
    "pass",
    1,
  ]]);
  assertEquals(verdicts?.samples.filter(({ value }) => value === 1).map(({ labels }) => labels), [
    { seed: "bad.example", verdict: "fail" },
    { seed: "good.example", verdict: "pass" },
  ]);
});

Deno.test("A seed has its addresses, its peers by outcome, and its height if there is one", () => {
  const samples = new Map(seedFamilies([BAD]).map(({ name, samples }) => [name, samples.map(({ value }) => value)]));
  assertEquals(samples.get("seed_addresses"), [3, 0]);
  assertEquals(samples.get("seed_peers"), [1, 2]);
  assertEquals([samples.get("seed_unroutable"), samples.get("seed_behind"), samples.get("seed_median_height")], [[1], [
    1,
  ], []]);
});

Deno.test("Of many seeds only the worst have metrics of their own, and all are counted", () => {
  const seeds = Array.from({ length: 100 }, (_, i) => auditOf({ seed: `${i}.example` }));
  const [counts, verdicts] = seedFamilies([...seeds, BAD]);
  assertEquals(counts?.samples.map(({ value }) => value), [1, 0, 100]);
  assertEquals([verdicts?.samples.length, verdicts?.samples[0]?.labels.seed], [300, "bad.example"]);
});

Deno.test("Without an audit there are no families of seeds", () => assertEquals(seedFamilies([]), []));
