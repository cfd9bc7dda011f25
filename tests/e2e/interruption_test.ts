import { assertEquals, assertStringIncludes } from "@std/assert";
import { SimulatedPeer } from "../../src/sim/peer.ts";
import { nodeScript } from "../../src/sim/scripts.ts";
import { programCommand, runCommand, runProgram } from "../support/program.ts";

const PEERS = 5000;

const IN_FLIGHT = 128;

const SOME_PEERS = 4 * IN_FLIGHT;

/** Once this many peers are dialled, the records of the finished ones are more than a pipe holds. */
const ENOUGH = 1000;

/** All of 127.0.0.0/8 is this machine's own on Linux alone. */
const ignore = Deno.build.os !== "linux";

/** The given number of addresses of this machine, one per line. */
function addresses(port: number, count = PEERS): string {
  return Array.from({ length: count }, (_, i) => `127.0.${1 + (i >> 8)}.${i & 0xff}:${port}\n`).join("");
}

for (const after of [0, 1, IN_FLIGHT + 50, 2 * IN_FLIGHT, SOME_PEERS - 1]) {
  Deno.test(`SIGINT once ${after} of ${SOME_PEERS} peers were dialled leaves whole lines and counts that add up`, {
    ignore,
  }, async () => {
    const reached = Promise.withResolvers<void>();
    if (after === 0) reached.resolve();
    let accepted = 0;
    const answer = nodeScript();
    await using peers = new SimulatedPeer((link) => {
      if (++accepted === after) reached.resolve();
      return answer(link);
    }, { hostname: "0.0.0.0" });
    const result = await runProgram(["--format", "ndjson", "-t", "20", "-j", `${IN_FLIGHT}`, "--targets", "-"], {
      stdin: addresses(peers.address.port, SOME_PEERS),
      // With nothing to wait for, the signal comes when the first record does.
      signalAfter: { signal: "SIGINT", event: after === 0 ? /"peer"/ : reached.promise },
    });
    const { summary } = result;
    assertEquals([summary.peers, summary.success + summary.failure], [result.peers.length, summary.peers]);
    assertEquals(result.peers.filter(({ success }) => success).length, summary.success);
    assertEquals(new Set(result.peers.map(({ addr }) => addr)).size, summary.peers);
    // The very last peers may be done before the signal arrives.
    if (summary.peers < SOME_PEERS) assertEquals([result.code, summary.interrupted], [130, true]);
  });
}

Deno.test("A run of 5,000 peers has 5,000 records and counts that add up", { ignore }, async () => {
  await using peers = new SimulatedPeer(nodeScript(), { hostname: "0.0.0.0" });
  const args = ["--format", "ndjson", "-t", "25", "--targets", "-"];
  const result = await runProgram(args, { stdin: addresses(peers.address.port) });
  assertEquals([result.code, result.peers.length, new Set(result.peers.map(({ addr }) => addr)).size], [
    0,
    PEERS,
    PEERS,
  ]);
  assertEquals([result.summary.success, result.summary.failure, result.summary.errors], [PEERS, 0, {}]);
});

Deno.test("Peers that finish around their deadline have exactly one record each", { ignore }, async () => {
  const delayed = nodeScript({ verackDelay: 300 });
  await using peers = new SimulatedPeer(delayed, { hostname: "0.0.0.0" });
  const stdin = addresses(peers.address.port, 200);
  const { summary, peers: records } = await runProgram(["--format", "ndjson", "-t", "0.3", "--targets", "-"], {
    stdin,
  });
  assertEquals([records.length, new Set(records.map(({ addr }) => addr)).size, summary.peers], [200, 200, 200]);
  for (const { success, verack, error } of records) assertEquals(success, verack && error === null);
});

Deno.test("Results that cannot be written are an error that says so, and exit status 1", { ignore }, async () => {
  await using peer = new SimulatedPeer(nodeScript());
  const command = [...programCommand(), peer.target].map((word) => `'${word}'`).join(" ");
  const { code, stderr } = await runCommand(["sh", "-c", `${command} > /dev/full`]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "error: cannot write the results: No space left on device");
});

Deno.test("A second signal ends a program whose reader has stopped reading", { ignore }, async () => {
  const enough = Promise.withResolvers<void>();
  let accepted = 0;
  const answer = nodeScript();
  await using peers = new SimulatedPeer((link) => {
    if (++accepted === ENOUGH) enough.resolve();
    return answer(link);
  }, { hostname: "0.0.0.0" });
  const dropped = Promise.withResolvers<void>();
  await using mute = new SimulatedPeer((link) => link.waitForClose().then(dropped.resolve));

  const [command = "", ...args] = [
    ...programCommand(),
    "--format",
    "ndjson",
    "-t",
    "25",
    "--targets",
    "-",
    mute.target,
  ];
  const life = AbortSignal.timeout(30_000);
  const child = new Deno.Command(command, { args, stdin: "piped", stdout: "piped", stderr: "null", signal: life })
    .spawn();
  const input = new Blob([addresses(peers.address.port)]).stream().pipeTo(child.stdin);
  await enough.promise;
  child.kill("SIGINT");
  await dropped.promise; // It has heard the first signal; what it has found does not fit into the pipe.
  child.kill("SIGINT");
  assertEquals((await child.status).code, 130);
  await Promise.all([input, child.stdout.cancel()]);
});
