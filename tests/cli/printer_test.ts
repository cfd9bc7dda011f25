import { assertEquals } from "@std/assert";
import type { AnyRecord } from "../../src/report/records.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";
import { resultPrinter } from "../../src/cli/printer.ts";
import { auditOf, peerOf, summaryOf } from "../support/records.ts";

const SEED = { type: "seed", target: "seed.example", addresses: ["250.1.0.1"], error: null } as const;

const RECORDS: readonly AnyRecord[] = [
  SEED,
  peerOf(),
  auditOf({ seed: "good.example" }),
  auditOf({ seed: "bad.example", verdict: "fail" }),
  summaryOf({ success: 6, failure: 19 }),
];

/** What is printed of the records, in writes, with the time of a log line taken away. */
function printed(args: readonly string[], color: boolean = false): string[] {
  const writes: string[] = [];
  const print = resultPrinter(parseCommandLine(args), (line) => writes.push(line), color);
  for (const record of RECORDS) print(record);
  return writes.map((text) => text.replace(/^\S+Z /, ""));
}

/** The first word of every line. */
function firstWords(writes: readonly string[]): string[] {
  return writes.flatMap((text) => text.trimEnd().split("\n")).map((line) =>
    line.split(/[ ,"]/).filter(Boolean)[0] ?? ""
  );
}

const COUNTS = [
  " INFO bitcoin-p2p-handshake: Handshake Success Count: 6\n",
  " INFO bitcoin-p2p-handshake: Handshake Failure Count: 19\n",
];

Deno.test("resultPrinter() prints every record in ndjson, with -q too", () => {
  for (const args of [["--format", "ndjson"], ["--format", "ndjson", "-q", "--audit"]]) {
    assertEquals(printed(args), RECORDS.map((record) => `${JSON.stringify(record)}\n`));
  }
});

Deno.test("resultPrinter() prints a row a peer in csv, and a row a seed under --audit", () => {
  assertEquals(firstWords(printed(["--format", "csv"])), ["type", "peer"]);
  assertEquals(firstWords(printed(["--format", "csv", "--audit"])), ["type", "audit", "audit"]);
  assertEquals(printed(["--format", "csv"]).every((line) => line.endsWith("\r\n")), true);
});

Deno.test("resultPrinter() prints a line a peer in text, then the counts, which are all there is with -q", () => {
  const [peer = "", ...counts] = printed([]);
  assertEquals(peer.startsWith(" INFO bitcoin-p2p-handshake: Handshake succeeded! peer=250.1.0.1:8333 "), true);
  assertEquals(counts, COUNTS);
  assertEquals(printed(["-q"]), COUNTS);
});

Deno.test("resultPrinter() prints the table of an audit in text, in one piece, then the counts, and no peer", () => {
  const [table = "", ...counts] = printed(["--audit"]);
  assertEquals(firstWords([table]), ["verdict", "fail", "pass"]);
  assertEquals(counts, COUNTS);
  assertEquals(printed(["--audit", "-q"]), COUNTS);
});

Deno.test("resultPrinter() colours what it is told to", () => {
  assertEquals(printed(["--audit"], true)[0]?.includes("\x1b[31mfail"), true);
  assertEquals(printed([], true)[0]?.includes("\x1b[32m INFO\x1b[0m"), true);
  assertEquals([...printed(["--audit"]), ...printed([])].join("").includes("\x1b"), false);
});

Deno.test("resultPrinter() says of a simulated peer why it fails", () => {
  const writes: string[] = [];
  const peer = peerOf({ target: "mute.test", verack: false });
  const faults = new Map([["mute.test", "never says a word"]]);
  resultPrinter(parseCommandLine([]), (line) => writes.push(line), false, faults)(peer);
  assertEquals(writes[0]?.endsWith(' on_purpose="never says a word"\n'), true, writes[0]);
});
