import { assert, assertEquals } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import { SimulatedPeer } from "../../src/sim/peer.ts";
import { nodeScript, silentScript } from "../../src/sim/scripts.ts";
import { addrMessage } from "../../src/wire/addr.ts";
import { runProgram } from "../support/program.ts";

/** All of 127.0.0.0/8 is this machine's own on Linux alone. */
const ignore = Deno.build.os !== "linux";

const OTHERS = 40;

/** A node that names so many others, all of which are silent. */
function nodeAmongSilentOnes() {
  const silent = new SimulatedPeer(silentScript, { hostname: "0.0.0.0" });
  const { port } = silent.address;
  const time = Math.floor(Date.now() / 1000);
  const entries = Array.from({ length: OTHERS }, (_, i) => {
    return { time, services: 9n, address: ipAddress(`127.0.1.${i}`, port) };
  });
  const node = new SimulatedPeer(nodeScript({ answer: () => [addrMessage("addrv2", entries)] }));
  const dispose = async () => {
    await node.close();
    await silent.close();
  };
  return { target: node.target, [Symbol.asyncDispose]: dispose };
}

const CRAWL = ["--crawl", "--include-unroutable", "--format", "ndjson"];

Deno.test("SIGINT ends a crawl with what is known: every address, and counts that add up", { ignore }, async () => {
  await using network = nodeAmongSilentOnes();
  const result = await runProgram([...CRAWL, "--addresses", "-j", "10", "-t", "30", network.target], {
    signalAfter: { signal: "SIGINT", event: /"addrs"/ },
  });
  const { summary: { peers, success, interrupted, crawl }, code } = result;
  assert(crawl !== null);
  assertEquals([code, interrupted, peers, success], [130, true, 1, 1]);
  assertEquals([crawl.known, crawl.waiting, crawl.networks.ipv4.dialled], [OTHERS + 1, OTHERS, 1]);
  assertEquals([crawl.complete, crawl.stopped_by], [false, "signal"]);
  assertEquals(result.stdout.match(/"type":"address"/g)?.length, OTHERS + 1);
  assertEquals(result.errorLines.some((line) => line.includes(`Interrupted: ${OTHERS} of ${OTHERS + 1} peers`)), true);
});

Deno.test("--max-time lets a crawl finish what is in flight, and no more", { ignore }, async () => {
  await using network = nodeAmongSilentOnes();
  const result = await runProgram([...CRAWL, "-j", "10", "-t", "3", "--max-time", "2s", network.target]);
  const { summary: { peers, success, interrupted, crawl }, code } = result;
  assert(crawl !== null);
  assertEquals([code, interrupted, success, crawl.stopped_by], [0, false, 1, "max_time"]);
  assertEquals([crawl.known, peers + crawl.waiting, crawl.waiting > 0], [OTHERS + 1, OTHERS + 1, true]);
});
