import { assertEquals, assertStringIncludes } from "@std/assert";
import { peerList, sampleRows } from "../../../src/report/html/peers.ts";
import { sampleRun } from "../../support/sample_run.ts";
import { rowsOf } from "../../support/html.ts";

const listOf = (peers: Parameters<typeof peerList>[0]) => [...peerList(peers)].map(String);

Deno.test("The list of peers has each peer once, failed ones first, in parts that can be unfolded", () => {
  const { peers } = sampleRun(2_500);
  const list = listOf(peers).join("");
  const failedFirst = [false, true].flatMap((wanted) => peers.filter(({ success }) => success === wanted));
  assertEquals(rowsOf(list).map(([addr]) => addr), failedFirst.map(({ addr }) => addr));
  assertEquals([...list.matchAll(/<summary>(.*?)<\/summary>/g)].map(([, summary]) => summary), [
    "Peers 101 to 1,100 of 2,500",
    "Peers 1,101 to 2,100 of 2,500",
    "Peers 2,101 to 2,500 of 2,500",
  ]);
});

Deno.test("The row of a peer says what the record says", () => {
  const [peer] = sampleRun(1).peers;
  if (peer === undefined) throw new Error("Expected a peer");
  const success = {
    ...peer,
    addr: "[2001:db8::1]:8333",
    target: "seed.example",
    success: true,
    verack: false,
    subver: "/<b>/",
    startingheight: 940_000,
    connect_ms: 11,
    handshake_ms: 83.4,
    version: 70016,
    servicesnames: ["NETWORK", "WITNESS"],
    error: null,
  };
  const error = { code: "timeout", phase: "verack", message: "no verack within 10 s" } as const;
  const unknown = { subver: null, startingheight: null, connect_ms: null, version: null, servicesnames: null };
  const common = ["[2001:db8::1]:8333", "success, no verack", "/&lt;b&gt;/", "940000", "11.0", "83.4", "70016", "v1"];
  assertEquals(rowsOf(listOf([success, { ...success, ...unknown, success: false, error }]).join("")), [
    [
      "[2001:db8::1]:8333",
      "timeout",
      "",
      "",
      "",
      "83.4",
      "",
      "v1",
      "seed.example",
      "verack: no verack within 10 s",
      "",
    ],
    [...common, "seed.example", "", "NETWORK WITNESS"],
  ]);
});

Deno.test("The list of peers has no column without anything in it", () => {
  const peers = sampleRun(20).peers.map((peer) => ({ ...peer, connect_ms: null, subver: null, startingheight: 0 }));
  const heads = [...listOf(peers).join("").matchAll(/<th scope="col".*?>(.*?)</g)].map(([, head]) => head);
  assertEquals(heads, [
    "Address",
    "Outcome",
    "Handshake, ms",
    "Version",
    "Transport",
    "Target",
    "Error",
    "Services",
  ]);
});

Deno.test("sampleRows() keeps all rows while they fit", () => {
  const rows = ["aaaa", "b", "cc"];
  assertEquals(sampleRows(rows, 10), rows);
  assertEquals(sampleRows([], 0), []);
});

Deno.test("sampleRows() picks evenly, in order, and never more than fits", () => {
  const rows = Array.from({ length: 1000 }, (_, i) => String(i).padStart(9, "0"));
  const sample = sampleRows(rows, 2_500);
  assertEquals(sample.length, 250);
  for (let quarter = 0; quarter < 4; quarter++) {
    const within = sample.filter((row) => Math.floor(Number(row) / 250) === quarter);
    assertEquals(Math.abs(within.length - 62.5) < 1, true, `quarter ${quarter}: ${within.length}`);
  }
  assertEquals(sample, sample.toSorted());
});

Deno.test("A list that would be too large is sampled, and says so", () => {
  const { peers } = sampleRun(20_000);
  assertStringIncludes(listOf(peers)[0] ?? "", "<p>Failed peers come first, ");
  const large = peers.map((peer) => ({ ...peer, subver: "&".repeat(1024) }));
  const list = listOf(large);
  const size = list.reduce((sum, { length }) => sum + length, 0);
  assertEquals(size > 4_300_000 && size < 4_500_000, true, String(size));
  const listed = rowsOf(list.join("")).length;
  assertEquals(listed > 3_000 && listed < 10_000, true, String(listed));
  assertStringIncludes(list[0] ?? "", `This is an even sample of ${listed.toLocaleString("en")} of 20,000 peers`);
});
