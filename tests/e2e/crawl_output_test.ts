/**
 * What a crawl prints in each format, and who is left out of it.
 *
 * @module
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import schema from "../../src/report/schema.json" with { type: "json" };
import type { AnyRecord } from "../../src/report/records.ts";
import { SimulatedPeer } from "../../src/sim/peer.ts";
import { nodeScript } from "../../src/sim/scripts.ts";
import { addrMessage } from "../../src/wire/addr.ts";
import { validate } from "../support/json_schema.ts";
import { ndjson, type ProgramOptions, type ProgramResult, runProgram } from "../support/program.ts";

/** Two nodes, of which one names the other, and an address at which there is none. */
class Network implements AsyncDisposable {
  readonly hidden = new SimulatedPeer(
    nodeScript({ userAgent: "/hidden:1/", answer: () => [addrMessage("addrv2", [])] }),
  );
  readonly known = new SimulatedPeer(nodeScript({ userAgent: "/known:1/", answer: () => this.#answer() }));

  #answer() {
    const time = Math.floor(Date.now() / 1000);
    const entry = { time, services: 0xc09n, address: this.hidden.address };
    const old = { ...entry, time: time - 9 * 86_400, address: { ...this.hidden.address, port: 1 } };
    return [addrMessage("addrv2", [entry, old])];
  }

  crawl(args: readonly string[], options: ProgramOptions = {}): Promise<ProgramResult> {
    return runProgram(["--crawl", "--include-unroutable", "--addr-wait=1", ...args, this.known.target], options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.hidden[Symbol.asyncDispose]();
    await this.known[Symbol.asyncDispose]();
  }
}

Deno.test("A crawl prints a line a peer, the tables, and the counts last; with -q all but the lines", async () => {
  await using network = new Network();
  const { code, stdout, lines } = await network.crawl([]);
  assertEquals(code, 0, stdout);
  assertEquals(lines.slice(0, 2).every((line) => line.includes("Handshake succeeded! peer=127.0.0.1:")), true, stdout);
  assertEquals(lines.slice(2, 6), [
    "",
    "network      known    dialled  reachable     v2  median_height",
    "ipv4             3          2          2   100%         940000",
    "all              3          2          2   100%         940000",
  ]);
  assertStringIncludes(stdout, "\n/hidden:1/                                                       1    50%\n");
  assertStringIncludes(stdout, "\nKnown and not dialled: too_old 1.\n");
  assertEquals(lines.slice(-2).map((line) => line.slice(25)), [
    " INFO bitcoin-p2p-handshake: Handshake Success Count: 2",
    " INFO bitcoin-p2p-handshake: Handshake Failure Count: 0",
  ]);
  const quiet = await network.crawl(["-q"]);
  assertEquals(quiet.lines.slice(0, -2), lines.slice(3, -2));
});

Deno.test("A crawl prints records of the schema: peers before what they answered, every address, and the summary last", async () => {
  await using network = new Network();
  const { stdout } = await network.crawl(["--format=ndjson", "--addresses"]);
  const records = ndjson<AnyRecord>(stdout);
  for (const record of records) assertEquals(validate(record, schema), []);
  const types = records.map(({ type }) => type);
  assertEquals(types.slice(0, 4).toSorted(), ["addrs", "addrs", "peer", "peer"]);
  assertEquals(types.slice(4), ["address", "address", "address", "summary"]);
  for (const { target } of [network.known, network.hidden]) {
    const own = records.filter((record) => "addr" in record && record.addr === target);
    assertEquals(own.map(({ type }) => type), ["peer", "addrs", "address"]);
  }
  const answer = records.find((record) => record.type === "addrs" && record.addr === network.known.target);
  assert(answer?.type === "addrs");
  assertEquals([answer.outcome, answer.entries, answer.new], ["answered", 2, 2]);
});

Deno.test("A crawl prints as CSV a row a peer", async () => {
  await using network = new Network();
  const { lines } = await network.crawl(["--format=csv"]);
  assertEquals(lines.map((line) => line.split(",").slice(0, 3)), [
    ["type", "target", "addr"],
    ["peer", network.known.target, network.known.target],
    ["peer", network.known.target, network.hidden.target],
  ]);
});

/** Calls `use` with the names of a file of this text, and of one that is not there yet. */
async function withFiles(text: string, use: (list: string, page: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/list.txt`, text);
    await use(`${folder}/list.txt`, `${folder}/page.html`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("A crawl dials nobody on its list, not even a target, and says so", async () => {
  await using network = new Network();
  await withFiles(`${network.hidden.target}\n192.0.2.0/24 # all of them`, async (list) => {
    const options = { permissions: ["--allow-net", `--allow-read=${list}`] };
    const { stdout } = await network.crawl(["-q", `--exclude=${list}`], options);
    assertStringIncludes(stdout, "\nipv4             3          1          1   100%         940000\n");
    assertStringIncludes(stdout, "Known and not dialled: too_old 1, excluded 1.");
  });
  await withFiles("127.0.0.0/8", async (list) => {
    const options = { permissions: ["--allow-net", `--allow-read=${list}`] };
    const { code, stdout } = await network.crawl(["-q", `--exclude=${list}`], options);
    assertEquals(code, 1);
    assertStringIncludes(stdout, "\nall              1          0          0      -              -\n");
  });
});

Deno.test("A crawl without the permission to read its list, or with a bad line in it, sends nothing and says what to do", async () => {
  await using network = new Network();
  await withFiles("node.example", async (list) => {
    const refused = await network.crawl([`--exclude=${list}`]);
    assertEquals(refused.code, 2);
    assertStringIncludes(refused.stderr, `--allow-net --allow-read=${list} `);
    const permissions = ["--allow-net", `--allow-read=${list}`];
    const bad = await network.crawl([`--exclude=${list}`], { permissions });
    assertEquals([bad.code, bad.stdout], [2, ""]);
    assertStringIncludes(bad.stderr, `invalid line in --exclude ${list}:1: 'node.example': expected an address`);
  });
});

Deno.test("A crawl writes its page, with its format beside it", async () => {
  await using network = new Network();
  await withFiles("", async (_, page) => {
    const permissions = ["--allow-net", `--allow-write=${page}`];
    const { code } = await network.crawl(["-q", `--report=${page}`], { permissions });
    assertEquals(code, 0);
    const text = await Deno.readTextFile(page);
    assertStringIncludes(text, "2 addresses are reachable");
    assertStringIncludes(text, "/hidden:1/");
  });
});
