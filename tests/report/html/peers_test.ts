import { assertEquals, assertStringIncludes } from "@std/assert";
import { peerList, sampleRows } from "../../../src/report/html/peers.ts";
import { sampleRun } from "../../support/sample_run.ts";
import { headsOf, rowsOf, textOf } from "../../support/html.ts";
import { failedPeerOf, peerOf } from "../../support/records.ts";

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
  assertEquals(headsOf(listOf(peers).join("")), [
    "Address",
    "Outcome",
    "#Handshake, ms",
    "#Version",
    "Transport",
    "Target",
    "Error",
    "Services",
  ]);
});

Deno.test("sampleRows() keeps all rows while they fit", () => {
  const rows = ["aaaa", "b", "cc"];
  assertEquals(sampleRows(rows, 10), rows);
  assertEquals(sampleRows(rows, 9), ["b", "cc"]);
  assertEquals(sampleRows([], 0), []);
  assertEquals(sampleRows(["1111", "2222", "3333", "4444"], 10), ["2222", "4444"]);
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
  const text = "&".repeat(200);
  const peer = peerOf({ target: text, subver: text, servicesnames: [text] });
  const list = listOf(Array.from({ length: 3000 }, () => peer));
  const size = list.reduce((sum, { length }) => sum + length, 0);
  assertEquals(size > 4_300_000 && size < 4_500_000, true, String(size));
  const listed = rowsOf(list.join("")).length;
  assertStringIncludes(
    list[0] ?? "",
    `<p>This is an even sample of ${listed.toLocaleString("en")} of 3,000 peers, as `,
  );
  assertEquals(listOf([peer])[0]?.includes("sample"), false);
});

Deno.test("The list has a part for each full thousand after the first hundred, and no part of nobody", () => {
  const summaries = (count: number) => listOf(sampleRun(count).peers).join("").match(/(?<=<summary>).*?(?=<)/g) ?? [];
  assertEquals([1, 100, 101, 1100].map(summaries), [
    [],
    [],
    ["Peers 101 to 101 of 101"],
    ["Peers 101 to 1,100 of 1,100"],
  ]);
  const list = listOf(sampleRun(200).peers).join("");
  assertEquals(/<\/p>\s*<div class="list">/.test(list), true);
  assertEquals(list.split("<div").length, list.split("</div>").length);
});

Deno.test("Numbers are aligned as such, and the notes say in which order the peers are, if there are several", () => {
  const good = peerOf({ startingheight: 1, connect_ms: 2, handshake_ms: 3, version: 4 });
  const list = listOf([good]).join("");
  assertEquals(headsOf(list).filter((head) => head.startsWith("#")), [
    "#Height",
    "#Connect, ms",
    "#Handshake, ms",
    "#Version",
  ]);
  assertEquals(list.match(/(?<=<td class=n>)[^<]*/g), ["1", "2.0", "3.0", "4"]);
  const notes = (...peers: Parameters<typeof peerList>[0]) => textOf(listOf(peers)[0] ?? "");
  const cut = "Long texts are cut after 120 characters.";
  assertEquals(notes(good), cut);
  assertEquals(listOf([good])[0]?.trim(), `<p>${cut}</p>`);
  assertEquals(notes(good, good), `In the order in which they finished. ${cut}`);
  const order = `Failed peers come first, otherwise in the order in which they finished. ${cut}`;
  assertEquals(notes(good, failedPeerOf()), order);
});
