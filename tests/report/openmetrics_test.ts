import { assertEquals } from "@std/assert";
import { type RunKind, RunMetrics } from "../../src/report/openmetrics.ts";
import { AUDIT_RECORDS } from "../support/cli.ts";
import { readOpenMetrics } from "../support/openmetrics.ts";
import { addressRecordOf, addrsOf, crawlOf, failedPeerOf, peerOf, summaryOf } from "../support/records.ts";

const END = new Date(1_795_000_000_500);
const NAME = "bitcoin_p2p_handshake";

function familiesOf(kind: RunKind, records = AUDIT_RECORDS, summary = summaryOf()) {
  const metrics = new RunMetrics(kind, 8333);
  for (const record of records) if (record.type !== "summary") metrics.add(record);
  return readOpenMetrics(metrics.text(summary, END));
}

Deno.test("A run has its end and its counts, with its chain and its kind", () => {
  const families = familiesOf("scan", [], summaryOf({ interrupted: true }));
  const labels = { chain: "mainnet", run: "scan" };
  for (
    const [name, value] of [
      ["last_run_timestamp_seconds", 1_795_000_000.5],
      ["last_run_duration_seconds", 10.012],
      ["last_run_interrupted", 1],
      ["targets", 1],
      ["success", 6],
      ["failure", 19],
      ["verack_missing", 0],
    ] as const
  ) {
    const full = `${NAME}_${name}`;
    assertEquals(families.get(full)?.samples, [{ name: full, labels, value }]);
  }
});

Deno.test("Names are counted by outcome", () => {
  const error = { code: "dns_timeout", phase: "dns", message: "no answer within 10 s" } as const;
  const seed = { type: "seed", target: "a.example", addresses: [], error } as const;
  const samples = familiesOf("scan", [...AUDIT_RECORDS, seed, seed]).get(`${NAME}_names`)?.samples;
  assertEquals(samples?.map(({ labels, value }) => [labels.outcome, value]), [["resolved", 1], ["dns_timeout", 2]]);
});

Deno.test("Each target of a scan is up or not, and no peer of an audit is a label", () => {
  const records = [peerOf({ target: "up.example", addr: "250.1.0.2:8333" }), failedPeerOf()];
  const samples = familiesOf("scan", records).get(`${NAME}_target_up`)?.samples;
  assertEquals(samples?.map(({ labels, value }) => [labels.target, value]), [["up.example", 1], ["seed.example", 0]]);
  assertEquals(familiesOf("audit", records).has(`${NAME}_target_up`), false);
  assertEquals(familiesOf("audit").has(`${NAME}_seed_verdict`), true);
});

Deno.test("The number of series does not grow with that of the peers and targets", () => {
  const peers = Array.from({ length: 101 }, (_, i) => {
    const number = i + 1;
    return peerOf({ target: `${number}.example`, addr: `250.1.0.${number}:8333`, subver: `/${number}/` });
  });
  const series = (some: typeof peers) =>
    [...familiesOf("scan", some).values()].flatMap(({ samples }) => samples).length;
  assertEquals(series(peers) + 100, series(peers.slice(0, 100)));
});

Deno.test("A crawl has its totals, and answers and addresses are no names", () => {
  const families = familiesOf("crawl", [addrsOf(), addressRecordOf(), peerOf()], summaryOf({ crawl: crawlOf() }));
  assertEquals(families.has(`${NAME}_crawl_known`), true);
  assertEquals([families.has(`${NAME}_names`), families.has(`${NAME}_target_up`)], [false, false]);
  assertEquals(familiesOf("scan").has(`${NAME}_crawl_known`), false);
});
