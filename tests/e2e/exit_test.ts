import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type PeerScript, SimulatedPeer } from "../../src/sim/peer.ts";
import { nodeScript, silentScript } from "../../src/sim/scripts.ts";
import { CapturingPeer, neverAnswer } from "../support/capture.ts";
import { asking, startDns } from "../support/dns.ts";
import { REFUSING_TARGET } from "../support/faults.ts";
import { type ProgramOptions, runProgram } from "../support/program.ts";

Deno.test("The exit status is 0 when one handshake succeeded, whatever the others did", async () => {
  await using peer = new SimulatedPeer(nodeScript());
  await using server = await startDns({});
  const args = [...asking(server), peer.target, REFUSING_TARGET, "no-such-name.example"];
  assertEquals((await runProgram(args)).code, 0);
});

Deno.test("The exit status is 1 when every peer failed", async () => {
  const { code, lines } = await runProgram([REFUSING_TARGET, "224.0.0.1"]);
  assertEquals({ code, lines: lines.length }, { code: 1, lines: 4 });
});

Deno.test("The exit status is 1 when no name has an address", async () => {
  await using server = await startDns({});
  const { code, lines } = await runProgram([...asking(server), "no-such-name.example"]);
  assertEquals(code, 1);
  assertEquals(lines.map((line) => line.split(": ").at(-1)), ["0", "0"]);
});

const SIGNALS = [["SIGHUP", 129], ["SIGINT", 130], ["SIGTERM", 143]] as const;

for (const [signal, status] of SIGNALS) {
  const ignore = Deno.build.os === "windows";

  Deno.test(`${signal} prints the counts of what had finished and exits with ${status}`, { ignore }, async () => {
    await using good = new SimulatedPeer(nodeScript());
    await using mute = new SimulatedPeer(silentScript);
    const options: ProgramOptions = { signalAfter: { signal, event: /succeeded!/ } };
    const { code, lines, stderr } = await runProgram(["-t", "30", mute.target, good.target], options);
    assertEquals({ code, lines: lines.length }, { code: status, lines: 3 });
    assertMatch(stderr, /^\S+Z {2}WARN bitcoin-p2p-handshake: Interrupted: 1 of 2 peers not finished\n$/);
    assertStringIncludes(lines.at(-2) ?? "", "Handshake Success Count: 1");
    assertStringIncludes(lines.at(-1) ?? "", "Handshake Failure Count: 0");
  });

  Deno.test(`${signal} in ndjson ends with a summary that says interrupted`, { ignore }, async () => {
    await using good = new SimulatedPeer(nodeScript());
    await using mute = new SimulatedPeer(silentScript);
    const options: ProgramOptions = {
      signalAfter: { signal, event: /"success":true[^]*refused|refused[^]*"success":true/ },
    };
    const args = ["--format", "ndjson", "-t", "30", mute.target, good.target, REFUSING_TARGET];
    const result = await runProgram(args, options);
    const { peers, success, failure, errors, interrupted, targets } = result.summary;
    assertEquals(result.code, status);
    assertEquals({ peers, success, failure, errors, interrupted, targets }, {
      peers: 2,
      success: 1,
      failure: 1,
      errors: { connection_refused: 1 },
      interrupted: true,
      targets: 3,
    });
    assertEquals(result.peers.map(({ addr }) => addr).toSorted(), [good.target, REFUSING_TARGET].toSorted());
  });

  Deno.test(`${signal} before anything finished prints counts of zero`, { ignore }, async () => {
    await using mute = new CapturingPeer(neverAnswer);
    const options: ProgramOptions = { signalAfter: { signal, event: mute.heard } };
    const { code, lines } = await runProgram(["-q", "-t", "30", mute.target], options);
    assertEquals(code, status);
    assertEquals(lines.map((line) => line.split(": ").at(-1)), ["0", "0"]);
  });

  Deno.test(`${signal} ends the wait for a name server too`, { ignore }, async () => {
    const asked = Promise.withResolvers<void>();
    await using server = await startDns({ "seed.example": { a: "silent", aaaa: "silent" } }, {
      onQuery: () => asked.resolve(),
    });
    const options: ProgramOptions = { signalAfter: { signal, event: asked.promise } };
    const result = await runProgram([...asking(server), "--format", "ndjson", "-t", "30", "seed.example"], options);
    assertEquals({ code: result.code, interrupted: result.summary.interrupted }, { code: status, interrupted: true });
    assertStringIncludes(result.stderr, "Interrupted: 0 of 0 peers not finished, 1 name not resolved\n");
  });

  Deno.test(`${signal} keeps what waits for its turn from being dialled`, { ignore }, async () => {
    await using first = new CapturingPeer(neverAnswer);
    await using second = new CapturingPeer();
    const options: ProgramOptions = { signalAfter: { signal, event: first.heard } };
    const { code } = await runProgram(["-j", "1", "-t", "30", first.target, second.target], options);
    assertEquals({ code, connections: second.connections.length }, { code: status, connections: 0 });
  });

  Deno.test(`${signal} ends --demo in the same way`, { ignore }, async () => {
    const options: ProgramOptions = { signalAfter: { signal, event: /"type":"peer"/ } };
    const result = await runProgram(["--demo", "--format", "ndjson"], options);
    const { peers, success, failure, interrupted } = result.summary;
    assertEquals({ code: result.code, interrupted, sum: success + failure }, {
      code: status,
      interrupted: true,
      sum: peers,
    });
  });
}

Deno.test(
  "When the reader of the results is gone the program ends quietly",
  { ignore: Deno.build.os === "windows" },
  async () => {
    const closed = Promise.withResolvers<void>();
    const late: PeerScript = async (link) => {
      await closed.promise;
      await nodeScript()(link);
    };
    await using stack = new AsyncDisposableStack();
    const first = stack.use(new SimulatedPeer(nodeScript()));
    const others = Array.from({ length: 20 }, () => stack.use(new SimulatedPeer(late)).target);
    const run = runProgram(["-t", "30", first.target, ...others], {
      closeStdoutAfter: /\n/,
      onStdoutClosed: () => closed.resolve(),
    });
    const { code, stdout, stderr } = await run;
    assertEquals({ code, stderr }, { code: 0, stderr: "" });
    assert(stdout.includes("succeeded!"));
  },
);

Deno.test("--help ends quietly when its reader is gone", { ignore: Deno.build.os === "windows" }, async () => {
  const { code, stderr } = await runProgram(["--help"], { closeStdoutAfter: /^/ });
  assertEquals({ code, stderr }, { code: 0, stderr: "" });
});
