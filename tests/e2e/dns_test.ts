import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { CapturingPeer, neverAnswer } from "../support/capture.ts";
import { asking, startDns } from "../support/dns.ts";
import { HAS_IPV6 } from "../support/faults.ts";
import { runProgram } from "../support/program.ts";

const NDJSON = ["--format", "ndjson"];

Deno.test("A name is resolved to A and AAAA through --dns-server, and every address is tried", async () => {
  await using peer = new CapturingPeer();
  const { port } = peer.address;
  await using server = await startDns({ "seed.example": { a: ["127.0.0.1"], aaaa: ["::1"] } });
  const result = await runProgram([...asking(server), ...NDJSON, "-p", `${port}`, "seed.example"]);
  const seed = result.seeds.get("seed.example");
  assertEquals({ addresses: seed?.addresses.toSorted(), error: seed?.error }, {
    addresses: ["127.0.0.1", "::1"],
    error: null,
  });
  assertEquals(result.peers.map(({ addr }) => addr).toSorted(), [`127.0.0.1:${port}`, `[::1]:${port}`]);
  assertEquals(result.peer(peer.target).target, "seed.example");
  assertEquals(server.queries.map(({ name, type }) => `${name} ${type}`).toSorted(), [
    "seed.example A",
    "seed.example AAAA",
  ]);
  assertEquals(result.code, 0);
});

Deno.test("--dns-server may be an IPv6 address with a port", { ignore: !HAS_IPV6 }, async () => {
  await using peer = new CapturingPeer();
  await using server = await startDns({ "seed.example": { a: ["127.0.0.1"] } }, { hostname: "::1" });
  const result = await runProgram([...asking(server), ...NDJSON, "-p", `${peer.address.port}`, "seed.example"]);
  assertEquals(result.seeds.get("seed.example")?.addresses, ["127.0.0.1"]);
  assertEquals(result.code, 0);
});

Deno.test("A name may have a port", async () => {
  await using peer = new CapturingPeer();
  await using server = await startDns({ "seed.example": { a: ["127.0.0.1"] } });
  const target = `seed.example:${peer.address.port}`;
  const result = await runProgram([...asking(server), ...NDJSON, target]);
  assertEquals(result.peers.map(({ target, addr, success }) => ({ target, addr, success })), [
    { target, addr: peer.target, success: true },
  ]);
  assertEquals(result.seeds.get(target)?.addresses, ["127.0.0.1"]);
});

for (const [flag, type, address] of [["-4", "A", "127.0.0.1"], ["-6", "AAAA", "::1"]] as const) {
  Deno.test(`${flag} asks for ${type} only`, async () => {
    await using server = await startDns({ "seed.example": { a: ["127.0.0.1"], aaaa: ["::1"] } });
    const result = await runProgram([...asking(server), ...NDJSON, flag, "seed.example:1"]);
    assertEquals(server.queries.map((query) => query.type), [type]);
    assertEquals(result.seeds.get("seed.example:1")?.addresses, [address]);
    assertEquals({ peers: result.peers.length, stderr: result.stderr }, { peers: 1, stderr: "" });
  });
}

Deno.test("One family that fails, in any way, is no error while the other answers", async () => {
  await using peer = new CapturingPeer();
  const { port } = peer.address;
  await using server = await startDns({
    "absent.example": { a: ["127.0.0.1"] },
    "nxdomain.example": { a: ["127.0.0.1"], aaaa: "nxdomain" },
    "servfail.example": { a: ["127.0.0.1"], aaaa: "servfail" },
    "refused.example": { a: ["127.0.0.1"], aaaa: "refused" },
    "silent.example": { a: ["127.0.0.1"], aaaa: "silent" },
    "garbage.example": { a: ["127.0.0.1"], aaaa: "garbage" },
    "other.example": { a: "servfail", aaaa: ["::1"] },
  });
  const names = ["absent", "nxdomain", "servfail", "refused", "silent", "garbage"].map((name) => `${name}.example`);
  const args = [...asking(server), ...NDJSON, "-t", "1", "-p", `${port}`, ...names, "other.example"];
  const result = await runProgram(args);
  for (const name of names) {
    const { addresses, error } = result.seeds.get(name) ?? {};
    assertEquals({ addresses, error }, { addresses: ["127.0.0.1"], error: null }, name);
  }
  assertEquals(result.seeds.get("other.example")?.addresses, ["::1"]);
  assertEquals(result.code, 0);
});

Deno.test("A family's peers are tried while the other family is still silent", async () => {
  await using peer = new CapturingPeer();
  await using server = await startDns({ "seed.example": { a: ["127.0.0.1"], aaaa: "silent" } });
  const result = await runProgram([...asking(server), ...NDJSON, "-t", "1", `seed.example:${peer.address.port}`]);
  assertEquals(result.records.map(({ type }) => type), ["peer", "seed", "summary"]);
});

Deno.test("A name without an address is dns_not_found, makes no peer, and exits with 1", async () => {
  await using server = await startDns({
    "empty.example": {},
    "servfail.example": { a: "servfail", aaaa: "servfail" },
    "nxdomain.example": { a: "nxdomain", aaaa: "nxdomain" },
  });
  const names = ["no-such-name.example", "nxdomain.example", "empty.example", "servfail.example"];
  const result = await runProgram([...asking(server), ...NDJSON, ...names]);
  for (const name of names) {
    const { addresses, error } = result.seeds.get(name) ?? {};
    assertEquals([addresses, error?.code, error?.phase], [[], "dns_not_found", "dns"], name);
    assertStringIncludes(error?.message ?? "", name);
    assertStringIncludes(result.stderr, name);
  }
  const { peers, success, failure, targets, errors } = result.summary;
  assertEquals({ peers, success, failure, targets, errors }, {
    peers: 0,
    success: 0,
    failure: 0,
    targets: 4,
    errors: {},
  });
  assertEquals({ code: result.code, peers: result.peers }, { code: 1, peers: [] });
});

Deno.test("A name server that does not answer within --timeout is dns_timeout", async () => {
  await using server = await startDns({
    "silent.example": { a: "silent", aaaa: "silent" },
    "garbage.example": { a: "garbage", aaaa: "garbage" },
    "half.example": { a: "nxdomain", aaaa: "silent" },
  });
  const names = ["silent.example", "garbage.example", "half.example"];
  const result = await runProgram([...asking(server), ...NDJSON, "-t", "0.5", ...names]);
  for (const name of names) {
    const error = result.seeds.get(name)?.error;
    assertEquals([error?.code, error?.phase], ["dns_timeout", "dns"], name);
    assertStringIncludes(error?.message ?? "", "no usable answer");
    assertStringIncludes(error?.message ?? "", "0.5 s");
  }
  assertEquals(result.code, 1);
});

Deno.test("An answer that takes longer than a second is used, and asked for once", async () => {
  await using peer = new CapturingPeer();
  await using server = await startDns({ "slow.example": { a: ["127.0.0.1"], delay: 1300 } });
  const args = [...NDJSON, "-4", "-p", `${peer.address.port}`, "slow.example"];
  const result = await runProgram([...asking(server), ...args]);
  assertEquals(result.seeds.get("slow.example")?.addresses, ["127.0.0.1"]);
  assertEquals([result.peers.length, server.queries.length, result.code], [1, 1, 0]);
});

Deno.test("A silent name server is asked once, and holds up nothing after --timeout; the message says what may be wrong", async () => {
  await using peer = new CapturingPeer();
  await using server = await startDns({ "silent.example": { a: "silent" } });
  const begin = performance.now();
  const result = await runProgram([...asking(server), ...NDJSON, "-4", "-t", "1.2", "silent.example", peer.target]);
  // By itself Deno asks three times, and waits for 15 s.
  assert(performance.now() - begin < 10_000);
  const { code, phase, message = "" } = result.seeds.get("silent.example")?.error ?? {};
  assertEquals([code, phase], ["dns_timeout", "dns"]);
  const { host, port } = server.address;
  assertStringIncludes(
    message,
    `no usable answer for silent.example within 1.2 s from ${host}:${port}: nothing listens there`,
  );
  assertStringIncludes(message, "check --dns-server");
  assertEquals([result.peers.length, server.queries.length, result.code], [1, 1, 0]);
});

Deno.test("A family whose query fails is warned of on standard error, and is no error while the other answers", async () => {
  await using peer = new CapturingPeer();
  await using server = await startDns({ "half.example": { a: ["127.0.0.1"], aaaa: "silent" } });
  const result = await runProgram([...asking(server), ...NDJSON, "-t", "1", `half.example:${peer.address.port}`]);
  assertEquals(result.errorLines.length, 1);
  assertMatch(
    result.stderr,
    / WARN .*: cannot fully resolve half\.example:\d+: AAAA: no usable answer for half\.example /,
  );
  assertEquals([result.records.find(({ type }) => type === "seed"), result.code], [
    { type: "seed", target: `half.example:${peer.address.port}`, addresses: ["127.0.0.1"], error: null },
    0,
  ]);
});

Deno.test("A name that the resolver refuses is dns_failure", async () => {
  await using server = await startDns({});
  const result = await runProgram([...asking(server), ...NDJSON, "xn--a.example"]);
  const error = result.seeds.get("xn--a.example")?.error;
  assertEquals([error?.code, error?.phase], ["dns_failure", "dns"]);
  assertStringIncludes(error?.message ?? "", "xn--a.example");
  assertEquals({ code: result.code, queries: server.queries }, { code: 1, queries: [] });
});

Deno.test("A name that fails does not keep the others from being tried", async () => {
  await using peer = new CapturingPeer();
  await using server = await startDns({ "good.example": { a: ["127.0.0.1"] } });
  const { port } = peer.address;
  const result = await runProgram([...asking(server), "no-such-name.example", `good.example:${port}`]);
  assertEquals({ code: result.code, lines: result.lines.length }, { code: 0, lines: 3 });
  assertEquals(result.errorLines.length, 1);
  assertStringIncludes(result.stderr, " WARN bitcoin-p2p-handshake: ");
  assertStringIncludes(result.stderr, "no-such-name.example");
});

Deno.test("A name with more addresses than fit a datagram gives all of them", async () => {
  const a = Array.from({ length: 300 }, (_, i) => `127.0.${i >> 8}.${i & 0xff}`);
  await using server = await startDns({ "many.example": { a } });
  // Without the permission to dial, nothing is sent but the query.
  const permissions = ["--no-prompt", `--allow-net=127.0.0.1:${server.address.port}`];
  const result = await runProgram([...asking(server), ...NDJSON, "-4", "many.example:1"], { permissions });
  assertEquals(result.seeds.get("many.example:1")?.addresses.toSorted(), a.toSorted());
  assertEquals(result.summary.errors, { permission_denied: 300 });
});

Deno.test("The name and a peer of it have --timeout each", async () => {
  await using peer = new CapturingPeer(neverAnswer);
  await using server = await startDns({ "seed.example": { a: ["127.0.0.1"], aaaa: "silent" } });
  const target = `seed.example:${peer.address.port}`;
  const result = await runProgram([...asking(server), ...NDJSON, "-t", "1", target]);
  assertEquals(result.peer(peer.target).error?.code, "timeout");
  assertEquals(result.seeds.get(target)?.error, null);
});
