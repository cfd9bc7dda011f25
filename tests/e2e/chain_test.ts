import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { SimulatedPeer } from "../../src/sim/peer.ts";
import { nodeScript } from "../../src/sim/scripts.ts";
import { findChain, SIGNET } from "../../src/wire/chains.ts";
import { signetChain } from "../../src/wire/signet.ts";
import { answerAsNode, CapturingPeer } from "../support/capture.ts";
import { runProgram } from "../support/program.ts";

const CHAINS = [
  { name: "mainnet", aliases: ["main"], magic: "f9beb4d9", port: 8333 },
  { name: "testnet3", aliases: ["testnet", "test"], magic: "0b110907", port: 18333 },
  { name: "testnet4", aliases: [], magic: "1c163f28", port: 48333 },
  { name: "signet", aliases: [], magic: "0a03cf40", port: 38333 },
  { name: "regtest", aliases: ["regnet"], magic: "fabfb5da", port: 18444 },
  { name: "namecoin", aliases: [], magic: "f9beb4fe", port: 8334 },
];

for (const { name, aliases, magic, port } of CHAINS) {
  const names = [name, ...aliases];

  Deno.test(`--chain ${names.join(", ")} speak with the magic ${magic}`, async () => {
    for (const written of names) {
      await using peer = new CapturingPeer(() => answerAsNode(findChain(name)));
      const result = await runProgram(["--chain", written, "--format", "ndjson", peer.target]);
      assertEquals({ code: result.code, chain: result.summary.chain }, { code: 0, chain: name });
      assertEquals((await peer.connection()).bytes.subarray(0, 4).toHex(), magic);
    }
  });

  Deno.test(`-c ${name} dials port ${port} at targets that name none`, async () => {
    // Without the permission nothing is sent, and the record still names the address.
    const args = ["-c", name, "--format", "ndjson", "127.0.0.1"];
    const { peers } = await runProgram(args, { permissions: ["--no-prompt"] });
    assertEquals(peers.map(({ addr }) => addr), [`127.0.0.1:${port}`]);
  });
}

Deno.test("Without --chain the chain is mainnet", async () => {
  await using peer = new CapturingPeer();
  const result = await runProgram(["--format", "ndjson", peer.target]);
  assertEquals(result.summary.chain, "mainnet");
  assertEquals((await peer.connection()).bytes.subarray(0, 4).toHex(), "f9beb4d9");
});

Deno.test("A run in which every peer closes without sending anything asks once, at the end, whether the chain is right", async () => {
  const closes = () => new SimulatedPeer(() => Promise.resolve());
  await using first = closes();
  await using second = closes();
  await using good = new SimulatedPeer(nodeScript());
  const [doubtful, fine] = await Promise.all([
    runProgram([first.target, second.target, "127.0.0.1:1"]),
    runProgram([first.target, second.target, good.target]),
  ]);
  assertMatch(doubtful.stderr, /^\S+Z +WARN \S+ all 2 peers .* nodes on another chain: is --chain mainnet right\?\n$/);
  assertEquals(fine.stderr, "");
  const closed = doubtful.lines.filter((line) => line.includes("code=connection_closed"));
  assertEquals(closed.length, 2);
  for (const line of closed) assertStringIncludes(line, "it may be on a chain other than mainnet (--chain)");
});

Deno.test("--signet-challenge speaks with the magic that follows from it, over v1 and v2, and says signet", async () => {
  const chain = await signetChain(Uint8Array.of(0x51));
  await using peer = new SimulatedPeer(nodeScript({ chain, transport: "both" }));
  const args = ["--format", "ndjson", "--signet-challenge", "51", peer.target];
  for (const transport of ["v1", "v2"]) {
    const { peers, summary } = await runProgram([...args, "--transport", transport]);
    assertEquals(peers.map(({ success, transport_protocol_type: type }) => [success, type]), [[true, transport]]);
    assertEquals(summary.chain, "signet");
  }
});

Deno.test("--signet-challenge dials port 38333, and knows the default signet for another", async () => {
  const args = ["--format", "ndjson", "--signet-challenge", "51"];
  const unsent = await runProgram([...args, "127.0.0.1"], { permissions: ["--no-prompt"] });
  assertEquals(unsent.peers.map(({ addr }) => addr), ["127.0.0.1:38333"]);
  await using stray = new SimulatedPeer(nodeScript({ chain: SIGNET, reads: await signetChain(Uint8Array.of(0x51)) }));
  const { error } = (await runProgram([...args, stray.target])).peer(stray.target);
  assertEquals([error?.code, error?.message], [
    "wrong_network",
    "Expected the magic of signet, 0x54d26fbd, got that of the default signet, 0x0a03cf40",
  ]);
});

Deno.test("An audit of a custom signet has no seeds but those given", async () => {
  const { code, stderr } = await runProgram(["--audit", "--signet-challenge", "51"]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, "Bitcoin Core ships no DNS seed for signet");
});
