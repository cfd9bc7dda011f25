import { assert, assertEquals, assertMatch } from "@std/assert";
import { type PeerScript, SimulatedPeer } from "../../src/sim/peer.ts";
import { nodeScript } from "../../src/sim/scripts.ts";
import type { VersionMessage } from "../../src/wire/version.ts";
import { REFUSING_TARGET } from "../support/faults.ts";
import { ascii } from "../support/bytes.ts";
import { frame, speak, speakAndHear, versionFrame } from "../support/raw.ts";
import { type ProgramOptions, type ProgramResult, runProgram } from "../support/program.ts";

const PREFIX = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z {2}INFO bitcoin-p2p-handshake: /;

/** The messages of the log, after time, level and name, which every line must have. */
function messages({ lines }: ProgramResult): string[] {
  for (const line of lines) assertMatch(line, PREFIX);
  return lines.map((line) => line.replace(PREFIX, ""));
}

/** The message of one peer and the program's result. */
async function logOf(script: PeerScript, ...args: string[]): Promise<{ message: string; target: string }> {
  await using peer = new SimulatedPeer(script);
  const result = await runProgram(["-t", "10", ...args, peer.target]);
  const [message = "", ...counts] = messages(result);
  assertEquals(counts.length, 2, result.stdout);
  return { message, target: peer.target };
}

async function logOfVersion(changes: Partial<VersionMessage>): Promise<string> {
  const { message } = await logOf(speakAndHear(await versionFrame(changes), await frame("verack")));
  return message;
}

Deno.test("A handshake that succeeded has the keys of the documentation, in their order", async () => {
  const { message, target } = await logOf(
    nodeScript({ userAgent: "/Satoshi:31.0.0/", services: 9n, startHeight: 940_000 }),
  );
  const [front, time] = message.split(" time=");
  assertEquals(
    front,
    `Handshake succeeded! peer=${target} user_agent=/Satoshi:31.0.0/ version=70016 services=NETWORK|WITNESS height=940000`,
  );
  assertMatch(time ?? "", /^\d+ms$/);
});

Deno.test("A handshake that failed has the keys of the documentation, in their order", async () => {
  const [message = "", ...counts] = messages(await runProgram([REFUSING_TARGET]));
  const [front, time] = message.split(" time=");
  assertEquals(
    front,
    `Handshake failed with error: connection refused peer=${REFUSING_TARGET} code=connection_refused phase=connect`,
  );
  assertMatch(time ?? "", /^\d+ms$/);
  assertEquals(counts, ["Handshake Success Count: 0", "Handshake Failure Count: 1"]);
});

Deno.test("A peer that closed after its version has a line of its own, and counts as a success", async () => {
  await using peer = new SimulatedPeer(speakAndHear(await versionFrame()));
  const result = await runProgram([peer.target]);
  assertEquals(messages(result), [
    `VERACK message was not exchanged by peer peer=${peer.target}`,
    "Handshake Success Count: 1",
    "Handshake Failure Count: 0",
  ]);
  assertEquals(result.code, 0);
});

Deno.test("The two count lines are last, and add up to the peers", async () => {
  await using stack = new AsyncDisposableStack();
  const nodes = Array.from({ length: 6 }, () => stack.use(new SimulatedPeer(nodeScript())).target);
  const web = Array.from({ length: 3 }, () => stack.use(new SimulatedPeer(speak(ascii("HTTP/1.1")))).target);
  const all = messages(await runProgram([...nodes, ...web]));
  assertEquals(all.length, 11);
  assertEquals(all.slice(-2), ["Handshake Success Count: 6", "Handshake Failure Count: 3"]);
  assertEquals(all.filter((message) => message.startsWith("Handshake succeeded! peer=")).length, 6);
  assertEquals(all.filter((message) => message.startsWith("Handshake failed with error: ")).length, 3);
});

for (const flag of ["-q", "--quiet"]) {
  Deno.test(`${flag} prints the two count lines only`, async () => {
    await using peer = new SimulatedPeer(nodeScript());
    const result = await runProgram([flag, peer.target, REFUSING_TARGET]);
    assertEquals(messages(result), ["Handshake Success Count: 1", "Handshake Failure Count: 1"]);
    assertEquals(result.code, 0);
    assertMatch(result.stderr, /^\S+Z {2}WARN bitcoin-p2p-handshake: Handshakes failed: connection_refused=1\n$/);
  });
}

Deno.test("-q says on stderr why handshakes failed, the most frequent reason first, and nothing when none did", async () => {
  await using peer = new SimulatedPeer(nodeScript());
  await using web = new SimulatedPeer(speak(ascii("HTTP/1.1")));
  const failing = await runProgram(["-q", "224.0.0.1", web.target, "224.0.0.2", peer.target]);
  assertMatch(failing.stderr, / Handshakes failed: host_unreachable=2 not_bitcoin=1\n$/);
  assertEquals((await runProgram(["-q", peer.target])).stderr, "");
  for (const format of ["ndjson", "csv"]) {
    assertEquals((await runProgram(["-q", "--format", format, "224.0.0.1"])).stderr, "");
  }
});

Deno.test("--format text is the default", async () => {
  await using peer = new SimulatedPeer(nodeScript());
  const [given, left] = await Promise.all([
    runProgram(["--format", "text", "-q", peer.target]),
    runProgram(["-q", peer.target]),
  ]);
  assertEquals(given && messages(given), left && messages(left));
});

const USER_AGENTS = [
  ["plain text", ascii("/Satoshi:31.0.0/Knots:20251110/"), "/Satoshi:31.0.0/Knots:20251110/"],
  ["a space", ascii("/My Node:1.0/"), '"/My Node:1.0/"'],
  ["an equals sign", ascii("/a=b/"), '"/a=b/"'],
  ["quotes", ascii('/"x"/'), '"/\\"x\\"/"'],
  ["a forged line", ascii("/x/\n2026-01-01T00:00:00.000Z  INFO evil"), '"/x/\\x0a2026-01-01T00:00:00.000Z  INFO evil"'],
  ["terminal codes", ascii("\x1b[2J\x07/x/\r"), "\\x1b[2J\\x07/x/\\x0d"],
  ["a backslash", ascii("/a\\x41/"), "/a\\\\x41/"],
  ["UTF-8", new TextEncoder().encode("/₿/"), "/\\xe2\\x82\\xbf/"],
  ["invalid UTF-8", Uint8Array.of(0x2f, 0xff, 0xc3, 0x28, 0x80, 0x2f), "/\\xff\\xc3(\\x80/"],
  ["NUL and DEL", Uint8Array.of(0, 0x7f), "\\x00\\x7f"],
  ["no bytes at all", new Uint8Array(), '""'],
] as const;

Deno.test("The user agent is one value, shown without loss", async () => {
  await using running = new AsyncDisposableStack();
  const verack = await frame("verack");
  const scripts = await Promise.all(
    USER_AGENTS.map(async ([, userAgent]) => speakAndHear(await versionFrame({ userAgent }), verack)),
  );
  const targets = scripts.map((script) => running.use(new SimulatedPeer(script)).target);
  const log = messages(await runProgram(targets));
  for (const [i, [what, , shown]] of USER_AGENTS.entries()) {
    const message = log.find((message) => message.includes(` peer=${targets[i]} `)) ?? "";
    assertEquals(/ user_agent=(.*) version=70016 /.exec(message)?.[1], shown, what);
  }
});

Deno.test("Unknown service bits have a name too", async () => {
  const message = await logOfVersion({ services: 1n | 1n << 5n | 1n << 63n });
  assertEquals(/ services=(\S*) /.exec(message)?.[1], "NETWORK|UNKNOWN[2^5]|UNKNOWN[2^63]");
});

Deno.test("Bytes from a peer that are quoted in an error are escaped", async () => {
  const { message } = await logOf(speak(Uint8Array.of(0x1b, 0x5b, 0x32, 0x4a)));
  assert(message.startsWith("Handshake failed with error: "));
  assert(message.includes("\\x1b[2J"), message);
});

Deno.test("A message type from a peer that is quoted in an error is escaped", async () => {
  const typeBytes = ascii("\x1b[31m\nevil!!");
  const { message } = await logOf(speak(await frame("inv", undefined, { typeBytes, size: 5_000_000 })));
  assert(message.includes("\\x1b[31m\\x0aevil!!"), message);
});

const QUIET_CASES: readonly (readonly [what: string, options: ProgramOptions])[] = [
  ["on a pipe", {}],
  ["with NO_COLOR", { env: { NO_COLOR: "1" } }],
];

for (const [what, options] of QUIET_CASES) {
  Deno.test(`There is no escape sequence in any output ${what}`, async () => {
    await using peer = new SimulatedPeer(
      speakAndHear(await versionFrame({ userAgent: ascii("\x1b[31m/x/") }), await frame("verack")),
    );
    const args = ["-4", "--log-level", "debug", "-t", "10", peer.target, "127.0.0.1:1", "::1", "localhost:1"];
    const { stdout, stderr } = await runProgram(args, options);
    assertMatch(stderr, / WARN /);
    assertMatch(stdout, /succeeded/);
    assertEquals([stdout.includes("\x1b"), stderr.includes("\x1b")], [false, false]);
  });
}

Deno.test("A warning is on stderr, never among the results", async () => {
  await using peer = new SimulatedPeer(nodeScript());
  const result = await runProgram(["-4", "::1", peer.target]);
  assertEquals(messages(result).length, 3);
  assertMatch(result.stderr, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z {2}WARN bitcoin-p2p-handshake: /);
});
