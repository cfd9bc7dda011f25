import { assertEquals } from "@std/assert";
import { countPrinter, csvPrinter, logPrinter, metricsPrinter, ndjsonPrinter } from "../../src/cli/printer.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";
import { PEER_ROWS, SEED_ROWS } from "../../src/report/csv.ts";
import { AUDIT_RECORDS, printed } from "../support/cli.ts";
import { peerOf } from "../support/records.ts";

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
