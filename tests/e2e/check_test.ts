import { assertEquals, assertMatch } from "@std/assert";
import { SimulatedPeer } from "../../src/sim/peer.ts";
import { nodeScript, silentScript } from "../../src/sim/scripts.ts";
import { CapturingPeer, neverAnswer } from "../support/capture.ts";
import { asking, startDns } from "../support/dns.ts";
import { REFUSING_TARGET } from "../support/faults.ts";
import { type ProgramOptions, runProgram } from "../support/program.ts";

/** The exit status and the one line; nothing else may be said. */
async function check(args: readonly string[], options?: ProgramOptions): Promise<[code: number, line: string]> {
  const { code, lines, stderr } = await runProgram(["--check", ...args], options);
  assertEquals({ lines: lines.length, stderr }, { lines: 1, stderr: "" });
  return [code, lines[0] ?? ""];
}

Deno.test("--check of a node that shakes hands is OK, with performance data", async () => {
  await using peer = new SimulatedPeer(nodeScript());
  const [code, line] = await check([peer.target]);
  assertEquals(code, 0);
  assertMatch(
    line,
    /^BITCOIN OK: 1 of 1 target shook hands \| targets=1;1:;1:;0;1 peers=1;;;0;1 handshake=[\d.]+s;;;0 clock=-?\ds;-4200:4200 height=940000 behind=0;144;;0$/,
  );
});

Deno.test("--check is WARNING when some targets fail, and CRITICAL when all do, names included", async () => {
  await using peer = new SimulatedPeer(nodeScript());
  await using server = await startDns({});
  const [warning, some] = await check([...asking(server), peer.target, "no-such-name.example"]);
  assertEquals([warning, some.split(" | ")[0]], [
    1,
    "BITCOIN WARNING: 1 of 2 targets shook hands; no-such-name.example: dns_not_found",
  ]);
  const [critical, none] = await check([REFUSING_TARGET]);
  assertEquals([critical, none.split(" | ")[0]], [
    2,
    `BITCOIN CRITICAL: none of 1 target shook hands; ${REFUSING_TARGET}: connection_refused`,
  ]);
});

Deno.test("--check is CRITICAL when the name server is silent", async () => {
  await using server = await startDns({ "seed.example": { a: "silent", aaaa: "silent" } });
  for (const mode of [[], ["--audit", "--service-bits", "9"]]) {
    assertEquals((await check([...mode, ...asking(server), "-t", "0.2", "seed.example"]))[0], 2);
  }
});

Deno.test("--check of an audit has the worst verdict", async () => {
  const [code, line] = await check(["--demo", "--audit"]);
  assertEquals([code, /^BITCOIN CRITICAL: of \d+ seeds: 6 fail, 11 warn, 1 pass; /.test(line)], [2, true], line);
});

Deno.test("--check is UNKNOWN when it could not check: a wrong command line, no permission, no file", async () => {
  const line = async (args: readonly string[], options?: ProgramOptions) => {
    const [code, line] = await check(args, options);
    assertEquals(code, 3);
    return line.replace("BITCOIN UNKNOWN: ", "");
  };
  const denied: ProgramOptions = { permissions: ["--no-prompt"] };
  assertMatch(await line([]), /^no target: /);
  assertMatch(await line(["--nonsense", REFUSING_TARGET]), /^unknown option '--nonsense'/);
  assertMatch(await line(["--format", "csv", REFUSING_TARGET]), /^--check and --format cannot be combined$/);
  assertMatch(await line([REFUSING_TARGET], denied), /--allow-net$/);
  assertMatch(await line(["--targets", "nowhere.txt"], denied), /--allow-read=nowhere\.txt/);
  assertMatch(await line(["--report", "page.html", REFUSING_TARGET], denied), /--allow-write=page\.html/);
});

Deno.test(
  "--check is UNKNOWN after a signal",
  { ignore: Deno.build.os === "windows" },
  async () => {
    await using mute = new SimulatedPeer(silentScript);
    for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"] as const) {
      await using other = new CapturingPeer(neverAnswer);
      const options: ProgramOptions = { signalAfter: { signal, event: other.heard } };
      const [code, line] = await check(["-t", "30", mute.target, other.target], options);
      assertEquals([code, line], [3, "BITCOIN UNKNOWN: interrupted before all peers were done"]);
    }
  },
);
