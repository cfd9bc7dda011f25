import { assertEquals } from "@std/assert";
import { findChain } from "../../src/wire/chains.ts";
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
