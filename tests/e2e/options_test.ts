import { assert, assertEquals, assertMatch, assertNotEquals, assertStringIncludes } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import { PROGRAM_VERSION } from "../../src/scan/program.ts";
import type { VersionMessage } from "../../src/wire/version.ts";
import { CapturingPeer, neverAnswer } from "../support/capture.ts";
import { HAS_IPV6 } from "../support/faults.ts";
import { ascii } from "../support/bytes.ts";
import { runProgram } from "../support/program.ts";

/** What a peer is sent when the program is run with these options. */
async function versionSent(...options: string[]): Promise<VersionMessage> {
  await using peer = new CapturingPeer();
  const { code, stdout } = await runProgram([...options, peer.target]);
  assertEquals(code, 0, stdout);
  return (await peer.connection()).version();
}

Deno.test("Without options the program announces what the documentation says", async () => {
  await using peer = new CapturingPeer();
  const before = BigInt(Math.floor(Date.now() / 1000));
  await runProgram([peer.target]);
  const after = BigInt(Math.floor(Date.now() / 1000));
  const connection = await peer.connection();
  const { nonce, timestamp, ...rest } = connection.version();
  assertEquals(rest, {
    type: "version",
    protocolVersion: 70016,
    services: 0n,
    addrRecv: { services: 0n, ...peer.address },
    addrFrom: { services: 0n, ...ipAddress("::", 0) },
    userAgent: ascii(`/bitcoin-p2p-handshake:${PROGRAM_VERSION}/`),
    startHeight: 0,
    relay: false,
  });
  assert(before <= timestamp && timestamp <= after);
  assertNotEquals(nonce, 0n);
  assertEquals(connection.messageTypes(), ["version", "verack"]);
});

Deno.test("The nonce is another one for each connection", async () => {
  await using first = new CapturingPeer();
  await using second = new CapturingPeer();
  await runProgram([first.target, second.target]);
  const [one, other] = [await first.connection(), await second.connection()];
  assertNotEquals(one.version().nonce, other.version().nonce);
});

const BITS = [
  ["9", 9n],
  ["0x409", 0x409n],
  ["0XC0F", 0xc0fn],
  ["18446744073709551615", 0xffff_ffff_ffff_ffffn],
  ["0xffffffffffffffff", 0xffff_ffff_ffff_ffffn],
  ["NETWORK,WITNESS", 9n],
  ["NETWORK_LIMITED", 0x400n],
  ["P2P_V2,COMPACT_FILTERS,BLOOM,GETUTXO,XTHIN", 0x856n],
] as const;

Deno.test("-s BITS are the services of version and of addr_from, and -r BITS those of addr_recv", async () => {
  const pairs = BITS.map((own, i) => ({ own, receiving: BITS.at(i - 3) ?? own }));
  const versions = await Promise.all(pairs.map(({ own, receiving }) => versionSent("-s", own[0], "-r", receiving[0])));
  assertEquals(
    versions.map(({ services, addrFrom, addrRecv }) => [services, addrFrom?.services, addrRecv.services]),
    pairs.map(({ own, receiving }) => [own[1], own[1], receiving[1]]),
  );
});

const ANNOUNCED: readonly (readonly [options: readonly string[], expected: Partial<VersionMessage>])[] = [
  [["--user-agent", "/My Node:1.0/", "--relay"], { userAgent: ascii("/My Node:1.0/"), relay: true }],
  [["--user-agent=/a=b/", "--start-height", "840000"], { userAgent: ascii("/a=b/"), startHeight: 840_000 }],
  [["--user-agent", "--relay"], { userAgent: ascii("--relay"), relay: false }],
  [["--user-agent", "/₿/", "--services", "1"], { userAgent: new TextEncoder().encode("/₿/"), services: 1n }],
  [["--user-agent="], { userAgent: ascii("") }],
  [["--user-agent", ""], { userAgent: ascii("") }],
  [["--user-agent", "x".repeat(256), "--protocol-version", "70001"], {
    userAgent: ascii("x".repeat(256)),
    protocolVersion: 70001,
  }],
  [["--protocol-version=2147483647", "--start-height=2147483647"], {
    protocolVersion: 0x7fff_ffff,
    startHeight: 0x7fff_ffff,
  }],
];

for (const [options, expected] of ANNOUNCED) {
  const shown = options.map((option) => option.length > 40 ? `${option.slice(0, 8)}…` : option || "''").join(" ");
  Deno.test(`${shown} is announced as given`, async () => {
    const version = await versionSent(...options);
    const announced = Object.fromEntries(Object.entries(version).filter(([field]) => Object.hasOwn(expected, field)));
    assertEquals(announced, expected);
  });
}

for (
  const [form, wrap] of [["-p PORT", (p: string) => ["-p", p]], [
    "--port=PORT",
    (p: string) => [`--port=${p}`],
  ]] as const
) {
  Deno.test(`${form} is dialled at targets that name no port, and put in addr_recv`, async () => {
    await using peer = new CapturingPeer();
    const { code } = await runProgram([...wrap(`${peer.address.port}`), "127.0.0.1"]);
    assertEquals(code, 0);
    assertEquals((await peer.connection()).version().addrRecv, { services: 0n, ...peer.address });
  });
}

Deno.test("A port of the target wins over --port", async () => {
  await using peer = new CapturingPeer();
  await using other = new CapturingPeer();
  const { code } = await runProgram(["-p", `${other.address.port}`, peer.target]);
  assertEquals({ code, other: other.connections.length }, { code: 0, other: 0 });
});

Deno.test("--port is dialled at IPv6 targets with and without brackets", { ignore: !HAS_IPV6 }, async () => {
  for (const target of ["::1", "[::1]", "0:0:0:0:0:0:0:1"]) {
    await using peer = new CapturingPeer(undefined, { hostname: "::1" });
    const { code } = await runProgram(["--port", `${peer.address.port}`, target]);
    assertEquals(code, 0);
    assertEquals((await peer.connection()).version().addrRecv, { services: 0n, ...peer.address });
  }
});

const TIMEOUT_FORMS = [["-t", "0.5"], ["--timeout=.5"], ["-46t0.5"]];

Deno.test("An option's value is taken in every form, joined, combined or apart", async () => {
  await using peer = new CapturingPeer(neverAnswer);
  const results = await Promise.all(
    TIMEOUT_FORMS.map((form) => runProgram([...form, "--format", "ndjson", peer.target])),
  );
  for (const [i, result] of results.entries()) {
    const { error } = result.peer(peer.target);
    assertEquals(
      error,
      { code: "timeout", phase: "version", message: "no version within 0.5 s" },
      TIMEOUT_FORMS[i]?.join(" "),
    );
    assertEquals(result.code, 1);
  }
});

Deno.test("-qt1 is -q and -t 1", async () => {
  await using peer = new CapturingPeer();
  const { code, lines } = await runProgram(["-qt1", peer.target]);
  assertEquals({ code, lines: lines.length }, { code: 0, lines: 2 });
});

Deno.test("Options may follow targets", async () => {
  await using peer = new CapturingPeer();
  const { code, lines } = await runProgram([peer.target, "--relay", "-q"]);
  assertEquals({ code, lines: lines.length }, { code: 0, lines: 2 });
  assertEquals((await peer.connection()).version().relay, true);
});

Deno.test("What follows -- is a target, whatever it looks like", async () => {
  await using peer = new CapturingPeer();
  const { code, stderr } = await runProgram(["--", peer.target, "-q"]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, "invalid target '-q'");
});

Deno.test("--log-level error silences warnings, warn shows them, debug shows more", async () => {
  await using peer = new CapturingPeer();
  const run = (level: string) => runProgram(["-4", "--log-level", level, peer.target, "::1", "localhost:1"]);
  const [error, warn, info, debug] = await Promise.all(["error", "warn", "info", "debug"].map(run));
  assertEquals(error?.stderr, "");
  assertMatch(warn?.stderr ?? "", /^\S+Z {2}WARN bitcoin-p2p-handshake: .*::1.*\n$/);
  assertEquals(info?.errorLines.length, 1);
  assertMatch(debug?.stderr ?? "", / DEBUG bitcoin-p2p-handshake: .*localhost/);
  for (const result of [error, warn, info, debug]) assertEquals([result?.code, result?.lines.length], [0, 4]);
});
