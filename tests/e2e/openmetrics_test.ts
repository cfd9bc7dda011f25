import { assert, assertEquals } from "@std/assert";
import { SimulatedPeer } from "../../src/sim/peer.ts";
import { nodeScript, silentScript } from "../../src/sim/scripts.ts";
import { temporaryFolder } from "../support/folder.ts";
import { readOpenMetrics } from "../support/openmetrics.ts";
import { REFUSING_TARGET } from "../support/faults.ts";
import { runProgram } from "../support/program.ts";

const NAME = "bitcoin_p2p_handshake";

Deno.test("openmetrics is one exposition at the end, and the exit status is that of any run", async () => {
  await using peer = new SimulatedPeer(nodeScript());
  const before = Date.now();
  const { code, stdout } = await runProgram(["--format", "openmetrics", peer.target, REFUSING_TARGET]);
  const families = readOpenMetrics(stdout);
  const values = (name: string) => families.get(`${NAME}_${name}`)?.samples.map(({ value }) => value) ?? [];
  assertEquals([code, values("success"), values("failure"), values("targets")], [0, [1], [1], [2]]);
  assertEquals(values("target_up").toSorted(), [0, 1]);
  const [time = 0] = values("last_run_timestamp_seconds");
  assert(time * 1000 >= before && time * 1000 <= Date.now());
});

Deno.test("openmetrics keeps what a peer says out of its labels", async () => {
  await using peer = new SimulatedPeer(nodeScript({ userAgent: '/x"} 1\n# EOF/' }));
  const { stdout } = await runProgram(["--format", "openmetrics", peer.target]);
  assertEquals(readOpenMetrics(stdout).get(`${NAME}_peers`)?.samples[0]?.labels, {
    chain: "mainnet",
    run: "scan",
    network: "ipv4",
    transport: "v1",
    outcome: "success",
  });
});

Deno.test("openmetrics says when a run was interrupted", { ignore: Deno.build.os === "windows" }, async () => {
  const heard = Promise.withResolvers<void>();
  await using mute = new SimulatedPeer(async (link) => {
    heard.resolve();
    await silentScript(link);
  });
  const { code, stdout } = await runProgram(["--format", "openmetrics", "-t", "30", mute.target], {
    signalAfter: { signal: "SIGTERM", event: heard.promise },
  });
  assertEquals(code, 143);
  assertEquals(readOpenMetrics(stdout).get(`${NAME}_last_run_interrupted`)?.samples[0]?.value, 1);
});

Deno.test("openmetrics of an audit has metrics of each seed", async () => {
  const { stdout } = await runProgram(["--demo", "--audit", "--format", "openmetrics"]);
  const verdicts = readOpenMetrics(stdout).get(`${NAME}_seed_verdict`)?.samples ?? [];
  const failed = verdicts.filter(({ labels, value }) => labels.verdict === "fail" && value === 1);
  assertEquals([verdicts.length, failed.length], [18 * 3, 6]);
});

Deno.test("The lines for cron in the docs put only whole metrics in the place of the last", {
  ignore: Deno.build.os === "windows",
}, async () => {
  using folder = temporaryFolder();
  const after = async (line: string, metrics: string) => {
    const [command = "", name = ""] = /(?<=> (\w+)\.tmp; ).*/.exec(line) ?? [];
    Deno.writeTextFileSync(`${folder.path}/${name}.tmp`, metrics);
    Deno.writeTextFileSync(`${folder.path}/${name}.prom`, "last\n");
    // Into this directory, wherever the line would put them.
    const args = ["-c", command.replace(/\/[\w/-]+\//, "./")];
    await new Deno.Command("sh", { args, cwd: folder.path }).output();
    return Deno.readTextFileSync(`${folder.path}/${name}.prom`);
  };
  for (const document of ["report", "state"]) {
    const text = Deno.readTextFileSync(new URL(`../../src/${document}/README.md`, import.meta.url));
    const line = text.split("\n").find((line) => line.includes(".tmp; ")) ?? "";
    const whole = "a 1\n# EOF\n";
    assertEquals([await after(line, ""), await after(line, "a 1\nb"), await after(line, whole)], [
      "last\n",
      "last\n",
      whole,
    ]);
  }
});
