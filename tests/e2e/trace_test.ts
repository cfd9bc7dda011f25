import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { answerScript, CORE_NEGOTIATION, nodeScript, otherMessage } from "../../src/sim/scripts.ts";
import { SimulatedPeer } from "../../src/sim/peer.ts";
import { addrMessage } from "../../src/wire/addr.ts";
import { runProgram } from "../support/program.ts";

Deno.test("--trace shows every message with its fields as it comes, before the peer's line", async () => {
  const negotiation = [...CORE_NEGOTIATION, otherMessage("feefilter", 0xe8, 3, 0, 0, 0, 0, 0, 0)];
  await using peer = new SimulatedPeer(nodeScript({ userAgent: "/Satoshi:31.0.0/", negotiation }));
  const { code, lines } = await runProgram(["--trace", peer.target]);
  assertEquals(code, 0);
  const events = lines.filter((line) => line.startsWith(peer.target)).map((line) => line.replace(/^\S+ \S+ /, ""));
  assertEquals(events, [
    "-- connected, v1 transport",
    "-> version, 115 bytes",
    "<- version, 102 bytes",
    "-> verack, 0 bytes",
    "<- wtxidrelay, 0 bytes",
    "<- sendaddrv2, 0 bytes",
    "<- feefilter, 8 bytes",
    "<- verack, 0 bytes",
    "-- handshake succeeded",
  ]);
  assert(lines.includes("    userAgent        /Satoshi:31.0.0/"));
  assert(lines.includes("    feerate  1000 sat/kvB"));
  assertStringIncludes(lines.at(-3) ?? "", "Handshake succeeded! ");
});

Deno.test("--trace shows messages under v2 too, after the session ID, and both attempts if v1 is tried", async () => {
  await using both = new SimulatedPeer(nodeScript());
  await using old = new SimulatedPeer(nodeScript({ transport: "v1" }));
  const kindsOf = async (peer: SimulatedPeer) => {
    const { lines } = await runProgram(["--trace", "--transport", "auto", peer.target]);
    return lines.filter((line) => line.startsWith(peer.target)).map((line) => line.split(" ").slice(2, 5).join(" "));
  };
  const encrypted = await kindsOf(both);
  assertEquals(encrypted.slice(0, 4), ["-- connected, v2", "-> version, 115", "-- v2 session", "<- version, 102"]);
  assert(encrypted.includes("<- wtxidrelay, 0"));
  const fallen = await kindsOf(old);
  assertEquals(fallen.filter((kind) => kind.startsWith("--")), [
    "-- connected, v2",
    "-- closed by",
    "-- handshake failed:",
    "-- connected, v1",
    "-- handshake succeeded",
  ]);
});

Deno.test("--trace shows how far a handshake came, and why it failed", async () => {
  await using peer = new SimulatedPeer(answerScript("HTTP/1.1 400 Bad Request\r\n\r\n"));
  const { code, lines } = await runProgram(["--trace", peer.target]);
  assertEquals(code, 1);
  const ends = lines.filter((line) => line.includes(" -- "));
  assertEquals(ends.length, 2);
  assertStringIncludes(ends[1] ?? "", `-- handshake failed: Expected the magic of mainnet`);
});

Deno.test("--trace=mermaid prints a diagram for each peer, and nothing else", async () => {
  await using first = new SimulatedPeer(nodeScript());
  await using second = new SimulatedPeer(nodeScript());
  const { code, stdout } = await runProgram(["--trace=mermaid", first.target, second.target]);
  assertEquals(code, 0);
  const diagram = /^```mermaid\nsequenceDiagram\n(?: {4}\S.*\n)+```\n\n/;
  const rest = stdout.replace(diagram, "");
  assertEquals([stdout === rest, rest.replace(diagram, "")], [false, ""], stdout);
});

Deno.test("--trace keeps out of results for other programs, and of audits", async () => {
  for (const args of [["--format", "ndjson"], ["--format", "csv"], ["--audit"]]) {
    const { code, stdout, errorLines } = await runProgram(["--trace", ...args, "seed.example"]);
    assertEquals([code, stdout], [2, ""]);
    assertStringIncludes(errorLines[0] ?? "", "--trace");
  }
});

Deno.test("--trace with --crawl shows what a peer answers to getaddr, and how that ended", async () => {
  const address = { network: "ipv4", host: "203.0.113.7", port: 8333 } as const;
  const known = addrMessage("addrv2", [{ time: 1_700_000_000, services: 9n, address }]);
  await using peer = new SimulatedPeer(nodeScript({ answer: () => [known] }));
  const args = ["--crawl", "--addr-wait", "0.5", "--max-age", "1", "--trace", peer.target];
  const { code, lines } = await runProgram(args);
  assertEquals(code, 0);
  const events = lines.filter((line) => line.startsWith(peer.target)).map((line) => line.replace(/^\S+ \S+ /, ""));
  assertEquals(events.slice(3, 6), ["-> sendaddrv2, 0 bytes", "-> verack, 0 bytes", "-> getaddr, 0 bytes"]);
  assertEquals(events.slice(-2), [
    "<- addrv2, 14 bytes",
    "-- handshake succeeded; getaddr self_only, entries 1, messages 1",
  ]);
  assert(lines.some((line) => line.startsWith("    [0]    203.0.113.7:8333, services 0x0000000000000009 ")));
});
