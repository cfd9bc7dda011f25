import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import type { PeerRecord } from "../../src/report/records/peer.ts";
import { type PeerScript, SimulatedPeer } from "../../src/sim/peer.ts";
import { CHAINS, MAINNET } from "../../src/wire/chains.ts";
import { FOREIGN_CHAINS } from "../../src/wire/foreign_chains.ts";
import { encodeVersion } from "../../src/wire/version.ts";
import { answerWithParts, CapturingPeer } from "../support/capture.ts";
import { ResettingPeer } from "../../src/sim/hostile/resetting_peer.ts";
import { FullListener, REFUSING_TARGET } from "../support/faults.ts";
import { ascii, concat } from "../support/bytes.ts";
import { frame, nodeVersion, speak, speakAndClose, versionFrame } from "../support/raw.ts";
import { type ProgramResult, runProgram } from "../support/program.ts";

interface Expected {
  readonly code: string;
  readonly phase: string;
  /** What the message says. */
  readonly message: RegExp;
}

interface Case extends Expected {
  readonly what: string;
  readonly script: PeerScript;
}

function assertError({ error, success, verack }: PeerRecord, expected: Expected, what: string): void {
  const { code, phase } = expected;
  assertEquals({ code: error?.code, phase: error?.phase, success, verack }, {
    code,
    phase,
    success: false,
    verack: false,
  }, what);
  assertMatch(error?.message ?? "", expected.message, what);
}

function scan(targets: readonly string[], ...options: string[]): Promise<ProgramResult> {
  return runProgram(["--format", "ndjson", "-t", "10", ...options, ...targets]);
}

/** Runs the program once for all cases; each must fail as expected, and without a timeout. */
async function assertFailures(cases: readonly Case[], ...options: string[]): Promise<ProgramResult> {
  await using peers = new AsyncDisposableStack();
  const targets = cases.map(({ script }) => peers.use(new SimulatedPeer(script)).target);
  const result = await scan(targets, ...options);
  for (const [i, expected] of cases.entries()) assertError(result.peer(targets[i] ?? ""), expected, expected.what);
  assertEquals(result.code, 1);
  const { peers: count, success, failure, errors } = result.summary;
  const counts: Record<string, number> = {};
  for (const { code } of cases) counts[code] = (counts[code] ?? 0) + 1;
  assertEquals({ count, success, failure, errors }, {
    count: cases.length,
    success: 0,
    failure: cases.length,
    errors: counts,
  });
  return result;
}

const version = await versionFrame();
const verack = await frame("verack");
const TESTNET3 = CHAINS.find(({ name }) => name === "testnet3") ?? MAINNET;

Deno.test("wrong_network names the chain of the peer, whichever is asked for", async () => {
  const others = [...CHAINS, ...FOREIGN_CHAINS].filter(({ name }) => name !== "mainnet");
  const cases = await Promise.all(others.map(async (chain): Promise<Case> => ({
    what: chain.name,
    script: speak(await versionFrame({}, { chain })),
    code: "wrong_network",
    phase: "version",
    message: new RegExp(`\\b${chain.name}\\b`),
  })));
  await assertFailures(cases);
  await assertFailures(
    [{
      what: "mainnet on signet",
      script: speak(version),
      code: "wrong_network",
      phase: "version",
      message: /\bmainnet\b/,
    }],
    "--chain",
    "signet",
  );
});

Deno.test("not_bitcoin is what begins with no chain's magic", async () => {
  const answers: readonly (readonly [what: string, bytes: Uint8Array])[] = [
    ["HTTP", ascii("HTTP/1.1 400 Bad Request\r\n\r\n")],
    ["SSH", ascii("SSH-2.0-OpenSSH_9.6\r\n")],
    ["TLS alert", Uint8Array.of(0x15, 3, 1, 0, 2, 2, 0x28)],
    ["four bytes", Uint8Array.of(0, 0, 0, 0)],
    ["the magic in reverse", Uint8Array.of(0xd9, 0xb4, 0xbe, 0xf9)],
  ];
  const expected = { code: "not_bitcoin", phase: "version", message: /mainnet/ };
  await assertFailures([
    ...answers.map(([what, bytes]) => ({ what, script: speak(bytes), ...expected })),
    ...answers.map(([what, bytes]) => ({ what: `${what}, closing`, script: speakAndClose(bytes), ...expected })),
  ]);
});

Deno.test("connection_closed is a close before the peer's version", async () => {
  const expected = { code: "connection_closed", phase: "version", message: /clos/ };
  await assertFailures([
    { what: "at once", script: () => Promise.resolve(), ...expected },
    { what: "after our version", script: speakAndClose(), ...expected },
    { what: "within the magic", script: speakAndClose(version.subarray(0, 3)), ...expected },
    { what: "within the header", script: speakAndClose(version.subarray(0, 20)), ...expected },
    { what: "within the version", script: speakAndClose(version.subarray(0, -1)), ...expected },
    { what: "after another message", script: speakAndClose(await frame("ping", new Uint8Array(8))), ...expected },
    { what: "after a verack without a version", script: speakAndClose(verack), ...expected },
  ]);
});

Deno.test("bad_checksum is that of a version or verack", async () => {
  const cases: Case[] = [
    {
      what: "version",
      script: speak(await versionFrame({}, { badChecksum: true }), verack),
      code: "bad_checksum",
      phase: "version",
      message: /version/,
    },
    {
      what: "verack",
      script: speak(version, await frame("verack", undefined, { badChecksum: true })),
      code: "bad_checksum",
      phase: "verack",
      message: /verack/,
    },
  ];
  await assertFailures(cases);
});

Deno.test("malformed_message is a version that cannot be read", async () => {
  const payload = encodeVersion(nodeVersion());
  const userAgentAt = 80;
  const overlong = concat(payload.subarray(0, userAgentAt), Uint8Array.of(0xfd, 1, 0, 0x2f), payload.subarray(-5));
  const tooLong = concat(
    payload.subarray(0, userAgentAt),
    Uint8Array.of(0xfd, 1, 1),
    new Uint8Array(257).fill(0x2f),
    payload.subarray(-5),
  );
  const payloads: readonly (readonly [what: string, bytes: Uint8Array<ArrayBuffer>, message: RegExp])[] = [
    ["empty", new Uint8Array(), /protocolVersion/],
    ["cut in addr_recv", payload.slice(0, 45), /addrRecv/],
    ["cut in addr_from", payload.slice(0, 50), /addrFrom/],
    ["cut in the nonce", payload.slice(0, 79), /nonce/],
    ["cut in the user agent", payload.slice(0, 90), /userAgent/],
    ["cut in the start height", payload.slice(0, -2), /startHeight/],
    ["a CompactSize that is too long", overlong, /userAgent/],
    ["a user agent of 257 bytes", tooLong, /256/],
  ];
  const cases = await Promise.all(payloads.map(async ([what, bytes, message]): Promise<Case> => ({
    what,
    script: speak(await frame("version", bytes), verack),
    code: "malformed_message",
    phase: "version",
    message,
  })));
  await assertFailures(cases);
});

Deno.test("malformed_message is a magic that changes mid-stream", async () => {
  const ping = await frame("ping", new Uint8Array(8));
  const otherVersion = await versionFrame({}, { chain: TESTNET3 });
  const expected = { code: "malformed_message", message: /magic/ };
  await assertFailures([
    { what: "after a ping", script: speak(ping, otherVersion), phase: "version", ...expected },
    { what: "in place of the verack", script: speak(version, ascii("HTTP/1.1")), phase: "verack", ...expected },
    {
      what: "to another chain's",
      script: speak(version, await frame("verack", undefined, { chain: TESTNET3 })),
      phase: "verack",
      ...expected,
    },
  ]);
});

Deno.test("connection_refused is a port on which nothing listens", async () => {
  const result = await scan([REFUSING_TARGET]);
  const expected = { code: "connection_refused", phase: "connect", message: /^connection refused$/ };
  assertError(result.peer(REFUSING_TARGET), expected, REFUSING_TARGET);
  assertEquals(result.peer(REFUSING_TARGET).connect_ms, null);
});

Deno.test("host_unreachable is an address that no node can have, and it is not dialled", async () => {
  const targets = [
    "224.0.0.1",
    "239.255.255.250",
    "255.255.255.255",
    "0.0.0.0",
    "0.1.2.3",
    "::",
    "ff02::1",
    "::ffff:224.0.0.2",
  ];
  // Without the permission to dial, an attempt would end as permission_denied.
  const result = await runProgram(["--format", "ndjson", ...targets], { permissions: ["--no-prompt"] });
  assertEquals(result.peers.length, targets.length);
  for (const peer of result.peers) {
    assertError(peer, { code: "host_unreachable", phase: "connect", message: /not dialled/ }, peer.addr);
    assertEquals({ connect_ms: peer.connect_ms, bytessent: peer.bytessent }, { connect_ms: null, bytessent: 0 });
  }
  assertEquals(result.code, 1);
});

/** Answers the first bytes with `said`, and resets the connection: at once, or when it has heard more. */
function resetAfter(said: Uint8Array, when: "at once" | "heard more" = "at once"): PeerScript {
  return async (link) => {
    const bytes = link.bytes();
    await bytes.next();
    await link.sendBytes(said);
    if (when === "heard more") await bytes.next();
    link.reset();
  };
}

Deno.test("connection_reset is a reset in either phase, after the peer's version too", async () => {
  await using peers = new AsyncDisposableStack();
  const before = peers.use(await ResettingPeer.start(resetAfter(new Uint8Array())));
  const between = peers.use(await ResettingPeer.start(resetAfter(version)));
  const after = peers.use(await ResettingPeer.start(resetAfter(version, "heard more")));
  const within = peers.use(await ResettingPeer.start(resetAfter(version.subarray(0, 30))));
  const result = await scan([before, between, after, within].map(({ target }) => target));
  const expected = { code: "connection_reset", message: /reset/ };
  assertError(result.peer(before.target), { phase: "version", ...expected }, "before the version");
  assertError(result.peer(within.target), { phase: "version", ...expected }, "within the version");
  assertError(result.peer(after.target), { phase: "verack", ...expected }, "after our verack");
  assertError(result.peer(between.target), { phase: "verack", ...expected }, "with the version");
  assertEquals(result.summary.errors, { connection_reset: 4 });
});

Deno.test("timeout says in which phase the deadline passed: version and verack", async () => {
  const withVersion = { code: "timeout", phase: "verack", message: /no verack within 1 s/ };
  const without = { code: "timeout", phase: "version", message: /no version within 1 s/ };
  await assertFailures(
    [
      { what: "silent", script: speak(), ...without },
      { what: "within the header", script: speak(version.subarray(0, 10)), ...without },
      { what: "within the version", script: speak(version.subarray(0, -1)), ...without },
      { what: "a verack before the version", script: speak(verack), ...without },
      { what: "no verack", script: speak(version), ...withVersion },
      { what: "within the verack", script: speak(version, verack.subarray(0, -1)), ...withVersion },
      { what: "a version twice", script: speak(version, version), ...withVersion },
    ],
    "-t",
    "1",
  );
});

Deno.test(
  "timeout says in which phase the deadline passed: connect",
  { ignore: Deno.build.os !== "linux" },
  async () => {
    using full = await FullListener.start();
    const result = await scan([full.target], "-t", "0.5");
    const expected = { code: "timeout", phase: "connect", message: /no connection within 0.5 s/ };
    assertError(result.peer(full.target), expected, "connect");
    assertEquals(result.peer(full.target).connect_ms, null);
  },
);

Deno.test("timeout bounds the whole handshake of a peer that is never silent", async () => {
  const ping = await frame("ping", new Uint8Array(8));
  const chatter: PeerScript = async (link) => {
    await link.sendBytes(version);
    for (;;) {
      await link.sendBytes(ping);
      await link.wait(20);
    }
  };
  await assertFailures(
    [{
      what: "chatter",
      script: chatter,
      code: "timeout",
      phase: "verack",
      message: /1 s/,
    }],
    "-t",
    "1",
  );
});

Deno.test("obsolete_version is a peer below 31800, which gets no verack", async () => {
  await using peer = new CapturingPeer(() => answerWithParts(oldVersion));
  const result = await scan([peer.target]);
  const record = result.peer(peer.target);
  assertError(record, { code: "obsolete_version", phase: "version", message: /31800.*31799/ }, "obsolete");
  assertEquals({ version: record.version, subver: record.subver }, { version: 31799, subver: "/Satoshi:31.0.0/" });
  assertEquals((await peer.connection()).messageTypes(), ["version"]);
});

const oldVersion = await versionFrame({ protocolVersion: 31799 });

Deno.test("self_connection is our nonce in the peer's version, and gets no verack", async () => {
  await using peer = new CapturingPeer(() => (bytes) => bytes);
  const result = await scan([peer.target]);
  assertError(result.peer(peer.target), { code: "self_connection", phase: "version", message: /nonce/ }, "self");
  assertEquals((await peer.connection()).messageTypes(), ["version"]);
});

Deno.test("A failure in phase verack keeps what the version said", async () => {
  await using peer = new SimulatedPeer(speak(version, ascii("HTTP/1.1")));
  const { error, version: protocolVersion, services, subver, startingheight, relaytxes, timeoffset, messages } =
    (await scan([peer.target])).peer(peer.target);
  assertEquals(error?.phase, "verack");
  assertEquals({ protocolVersion, services, subver, startingheight, relaytxes, messages }, {
    protocolVersion: 70016,
    services: "0000000000000c09",
    subver: "/Satoshi:31.0.0/",
    startingheight: 940_000,
    relaytxes: true,
    messages: ["version"],
  });
  assertNotEquals(timeoffset, null);
});

Deno.test("A failure in phase version knows nothing of the peer", async () => {
  await using peer = new SimulatedPeer(speak(ascii("HTTP/1.1")));
  const record = (await scan([peer.target])).peer(peer.target);
  const { version, services, servicesnames, subver, startingheight, relaytxes, timeoffset, addrlocal } = record;
  assertEquals(
    { version, services, servicesnames, subver, startingheight, relaytxes, timeoffset, addrlocal },
    {
      version: null,
      services: null,
      servicesnames: null,
      subver: null,
      startingheight: null,
      relaytxes: null,
      timeoffset: null,
      addrlocal: null,
    },
  );
  assert(record.connect_ms !== null);
});
