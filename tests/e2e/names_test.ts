import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { CapturingPeer } from "../support/capture.ts";
import { asking, startDns } from "../support/dns.ts";
import { programCommand, type ProgramResult, runCommand, runProgram } from "../support/program.ts";

const NDJSON = ["--format", "ndjson"];

Deno.test("Onion and I2P names are usage errors that say why, and are never looked up", async () => {
  await using server = await startDns({});
  for (
    const [name, why] of [["x.onion", "RFC 7686"], ["x.Onion.:8333", "Tor"], ["x.b32.i2p", "I2P"], ["x.I2P:1", "I2P"]]
  ) {
    const { code, stdout, errorLines } = await runProgram([...asking(server), `${name}`]);
    assertEquals([code, stdout, errorLines.length], [2, "", 2]);
    assertStringIncludes(errorLines[0] ?? "", `error: invalid target '${name}': the name is `);
    assertStringIncludes(errorLines[0] ?? "", `${why}`);
  }
  assertEquals(server.queries, []);
});

Deno.test("Onion and I2P names in a file are skipped with a warning that says why", async () => {
  await using peer = new CapturingPeer();
  await using server = await startDns({});
  const stdin = `x.onion\n${peer.target}\nX.B32.I2P:8333\n`;
  const { code, errorLines } = await runProgram([...asking(server), "--targets", "-"], { stdin });
  assertEquals([code, errorLines.length], [0, 2]);
  assertMatch(errorLines[0] ?? "", /-:1: skipped 'x\.onion': the name is a Tor onion service/);
  assertMatch(errorLines[1] ?? "", /-:3: skipped 'X\.B32\.I2P:8333': the name is an I2P name/);
  assertEquals(server.queries, []);
});

Deno.test("Names under local, invalid and alt are never looked up, and localhost is known", async () => {
  await using peer = new CapturingPeer();
  await using server = await startDns({});
  const names = ["node.local", "x.invalid", "X.ALT."];
  const local = `a.localhost:${peer.address.port}`;
  const result = await runProgram([...asking(server), ...NDJSON, "-4", ...names, local]);
  for (const name of names) {
    const error = result.seeds.get(name)?.error;
    assertEquals([error?.code, error?.phase], ["dns_not_found", "dns"]);
    assertMatch(error?.message ?? "", new RegExp(`^${name} is .*RFC \\d+.*: give `));
    assertStringIncludes(result.stderr, `cannot resolve ${name}: ${name} is `);
  }
  assertEquals(result.peers.map(({ addr }) => addr), [peer.target]);
  assertEquals([server.queries, result.code], [[], 0]);
});

Deno.test("A name under test is asked of --dns-server alone", async () => {
  await using server = await startDns({ "x.test": { a: ["127.0.0.1"] } });
  // Without the permission to dial, nothing is sent but the query.
  const permissions = ["--no-prompt", `--allow-net=127.0.0.1:${server.address.port}`];
  const asked = await runProgram([...asking(server), ...NDJSON, "-4", "x.test"], { permissions });
  assertEquals([asked.seeds.get("x.test")?.addresses, server.queries.length], [["127.0.0.1"], 1]);
  const unasked = await runProgram([...NDJSON, "x.test"], { permissions: ["--no-prompt"] });
  assertEquals(unasked.seeds.get("x.test")?.error?.code, "dns_not_found");
  assertStringIncludes(unasked.stderr, "--dns-server");
});

/**
 * Runs the program with a resolv.conf that Deno cannot read, in place of the system's; `null` if that is not possible.
 */
async function runWithResolvConf(text: string, args: readonly string[]): Promise<ProgramResult | null> {
  const file = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(file, text);
    const mounted = 'mount --bind "$0" /etc/resolv.conf || exit 99; exec "$@"';
    const command = ["unshare", "--map-root-user", "--mount", "sh", "-c", mounted, file, ...programCommand(), ...args];
    const result = await runCommand(command);
    return result.code === 99 || result.stderr.startsWith("unshare: ") ? null : result;
  } finally {
    await Deno.remove(file);
  }
}

Deno.test(
  "A resolv.conf that Deno cannot read leads to --dns-server",
  { ignore: Deno.build.os !== "linux" },
  async () => {
    const result = await runWithResolvConf("nameserver 127.0.0.1\noptions no-aaaa\n", [...NDJSON, "a.example"]);
    // A container without the right to mount.
    if (result === null) return;
    assertEquals([result.code, result.seeds.get("a.example")?.error], [1, {
      code: "dns_failure",
      phase: "dns",
      message: "Deno cannot read /etc/resolv.conf: option on line 2 is not recognized; " +
        "choose a name server with --dns-server",
    }]);
  },
);
