import { assertEquals } from "@std/assert";
import {
  countPrinter,
  csvPrinter,
  logPrinter,
  metricsPrinter,
  ndjsonPrinter,
  seedsPrinter,
} from "../../src/cli/printer.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";
import { PEER_ROWS, SEED_ROWS } from "../../src/report/csv.ts";
import { ipAddress } from "../../src/address/address.ts";
import { SEEDS_HEADER } from "../../src/report/seeds.ts";
import { AUDIT_RECORDS, printed } from "../support/cli.ts";
import { peerOf, summaryOf } from "../support/records.ts";

const COUNTS = [
  " INFO bitcoin-p2p-handshake: Handshake Success Count: 6\n",
  " INFO bitcoin-p2p-handshake: Handshake Failure Count: 19\n",
];

Deno.test("ndjsonPrinter() prints every record, with -q too", () => {
  for (const args of [[], ["-q"]]) {
    assertEquals(
      printed(ndjsonPrinter, AUDIT_RECORDS, { args }),
      AUDIT_RECORDS.map((record) => `${JSON.stringify(record)}\n`),
    );
  }
});

Deno.test("csvPrinter() prints a header, and the records of which there are rows", () => {
  const types = (writes: readonly string[]) => writes.map((line) => line.split(",")[0]);
  assertEquals(types(printed(csvPrinter(PEER_ROWS), AUDIT_RECORDS)), ["type", "peer"]);
  assertEquals(types(printed(csvPrinter(SEED_ROWS), AUDIT_RECORDS)), ["type", "audit", "audit"]);
  assertEquals(printed(csvPrinter(PEER_ROWS), AUDIT_RECORDS).every((line) => line.endsWith("\r\n")), true);
});

Deno.test("logPrinter() prints a line a peer, then the counts, which are all there is with -q", () => {
  const [peer = "", ...counts] = printed(logPrinter, AUDIT_RECORDS);
  assertEquals(peer.startsWith(" INFO bitcoin-p2p-handshake: Handshake succeeded! peer=250.1.0.1:8333 "), true);
  assertEquals(counts, COUNTS);
  assertEquals(printed(logPrinter, AUDIT_RECORDS, { args: ["-q"] }), COUNTS);
});

Deno.test("logPrinter() colours what it is told to", () => {
  assertEquals(printed(logPrinter, AUDIT_RECORDS, { color: true })[0]?.includes("\x1b[32m INFO\x1b[0m"), true);
  assertEquals(printed(logPrinter, AUDIT_RECORDS).join("").includes("\x1b"), false);
});

Deno.test("logPrinter() says of a simulated peer why it fails", () => {
  const peer = peerOf({ target: "mute.test", verack: false });
  const [line] = printed(logPrinter, [peer], { faults: new Map([["mute.test", "never says a word"]]) });
  assertEquals(line?.endsWith(' on_purpose="never says a word"\n'), true, line);
});

Deno.test("countPrinter() prints the counts alone", () => {
  assertEquals(printed(countPrinter, AUDIT_RECORDS), COUNTS);
});

Deno.test("metricsPrinter() prints one exposition, at the end", async () => {
  const writes: string[] = [];
  const sheet = { options: parseCommandLine([]), write: (lines: string) => void writes.push(lines), color: false };
  const print = await metricsPrinter("audit", sheet);
  for (const record of AUDIT_RECORDS) {
    assertEquals(writes, []);
    print(record);
  }
  assertEquals([writes.length, writes[0]?.endsWith("\n# EOF\n")], [1, true]);
});

Deno.test("metricsPrinter() knows the peers of a name by the port of the options", async () => {
  const textOf = async (...args: readonly string[]) => {
    const writes: string[] = [];
    const sheet = { options: parseCommandLine(args), write: (lines: string) => void writes.push(lines), color: false };
    const print = await metricsPrinter("scan", sheet);
    print({ type: "seed", target: "seed.example", addresses: ["250.1.0.1"], error: null });
    print(peerOf({ target: "other.example", addr: "250.1.0.1:9999" }));
    print(summaryOf());
    return /target_up\S*seed\.example\S* \d/.exec(writes.join(""))?.[0].slice(-1);
  };
  assertEquals([await textOf("--port", "9999"), await textOf()], ["1", "0"]);
});

Deno.test("seedsPrinter() prints the peers that are kept, at the end", async () => {
  const writes: string[] = [];
  const sheet = { options: parseCommandLine([]), write: (lines: string) => void writes.push(lines), color: false };
  const average = { uptime: 1, tries: 1 };
  const entry = {
    address: ipAddress("203.0.113.7", 8333),
    good: true,
    lastSuccess: 1_795_000_000,
    uptime: { "2h": average, "8h": average, "1d": average, "7d": average, "30d": average },
    height: 940_000,
    services: 9n,
    version: 70016,
    userAgent: "/test:1.0/",
  };
  const print = await seedsPrinter(() => [entry], sheet);
  print(peerOf());
  assertEquals(writes, []);
  print(summaryOf());
  const [header, peer, ...more] = writes.join("").split("\n");
  assertEquals([header, peer?.startsWith("203.0.113.7:8333 "), more], [SEEDS_HEADER, true, [""]]);
});
