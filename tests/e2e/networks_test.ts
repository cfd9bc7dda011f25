/** The program through proxies and bridges. */

import { assert, assertEquals, assertGreaterOrEqual, assertLessOrEqual, assertMatch } from "@std/assert";
import { formatAddress } from "../../src/address/address.ts";
import { HOSTILE_PROXIES, SimulatedPeer, SimulatedSamBridge, SimulatedSocks5Proxy } from "../../src/sim.ts";
import { CapturingPeer } from "../support/capture.ts";
import { asking, startDns } from "../support/dns.ts";
import { REFUSING_TARGET } from "../support/faults.ts";
import { I2P, ONION } from "../support/overlays.ts";
import { runProgram } from "../support/program.ts";

const NDJSON = ["--format", "ndjson"];

/** A proxy to these targets; `args` are the options that name it. */
function startProxy(option: string, targets: Readonly<Record<string, string>>) {
  const proxy = new SimulatedSocks5Proxy({ targets: new Map(Object.entries(targets)) });
  const address = formatAddress(proxy.address);
  return { proxy, address, args: [`--${option}`, address], [Symbol.asyncDispose]: () => proxy[Symbol.asyncDispose]() };
}

Deno.test("An onion service is dialled through Tor's proxy, with no permission but for that", async () => {
  await using peer = new CapturingPeer();
  await using tor = startProxy("onion", { [`${ONION}:8333`]: peer.target, [`${ONION}:1`]: REFUSING_TARGET });
  const targets = [ONION, `${ONION.toUpperCase()}:8333`, `${ONION}:1`, `${ONION}:2`];
  const permissions = [`--allow-net=${tor.address}`];
  const { code, peers, stderr } = await runProgram([...NDJSON, ...tor.args, ...targets], { permissions });
  assertEquals([code, stderr], [0, ""]);
  assertEquals(peers.map(({ addr, network, error }) => [addr, network, error?.code, error?.phase]).toSorted(), [
    [`${ONION}:1`, "onion", "connection_refused", "proxy"],
    [`${ONION}:2`, "onion", "not_found", "proxy"],
    [`${ONION}:8333`, "onion", undefined, undefined],
  ]);
  const { requests } = tor.proxy;
  assertEquals(requests.map(({ type, host, port }) => [type, host, port]).toSorted(), [
    ["name", ONION, 1],
    ["name", ONION, 2],
    ["name", ONION, 8333],
  ]);
  assertEquals(new Set(requests.map(({ login }) => login?.user)).size, 3);
  const { addrRecv } = (await peer.connection()).version();
  assertEquals(formatAddress(addrRecv), "[::]:0");
});

Deno.test("An I2P name is dialled through a SAM bridge, with one session for all", async () => {
  await using peer = new CapturingPeer();
  await using bridge = new SimulatedSamBridge({ targets: new Map([[`${I2P}:0`, peer.target]]) });
  const address = formatAddress(bridge.address);
  const other = `${"a".repeat(52)}.b32.i2p`;
  const args = [...NDJSON, "--i2psam", address, I2P, `${I2P}:0`, other];
  const { code, peers } = await runProgram(args, { permissions: [`--allow-net=${address}`] });
  assertEquals(code, 0);
  assertEquals(peers.map(({ addr, network, error }) => [addr, network, error?.code]).toSorted(), [
    [`${other}:0`, "i2p", "not_found"],
    [`${I2P}:0`, "i2p", undefined],
  ]);
  assertEquals([bridge.sessions.length, bridge.streams.length], [1, 1]);
});

Deno.test("With --proxy everything goes through it, names unresolved, and no name server is asked", async () => {
  await using peer = new CapturingPeer();
  await using other = new CapturingPeer();
  await using server = await startDns({ "seed.test": { a: ["127.0.0.9"] } });
  const byName = { "seed.test:8333": peer.target, [other.target]: other.target };
  await using proxy = startProxy("proxy", byName);
  const args = [...NDJSON, ...proxy.args, ...asking(server), "seed.test", "SEED.test.", other.target, "10.0.0.1"];
  const { code, peers, seeds, errorLines } = await runProgram(args);
  assertEquals([code, seeds.size], [0, 0]);
  assertEquals(peers.map(({ addr, network, success }) => [addr, network, success]).toSorted(), [
    ["10.0.0.1:8333", "ipv4", false],
    [other.target, "ipv4", true],
    ["seed.test:8333", null, true],
  ]);
  assertEquals(proxy.proxy.requests.map(({ type, host }) => [type, host]).toSorted(), [
    ["ipv4", "10.0.0.1"],
    ["ipv4", "127.0.0.1"],
    ["name", "seed.test"],
  ]);
  assertEquals([server.queries, errorLines.length], [[], 1]);
  assertMatch(errorLines[0] ?? "", /WARN .*--dns-server is not used/);
});

Deno.test("A proxy may want a login, which is given when it is the right one", async () => {
  await using peer = new CapturingPeer();
  const login = { user: "us@er", password: "pass:word" };
  await using proxy = new SimulatedSocks5Proxy({ targets: new Map([[peer.target, peer.target]]), login });
  const address = formatAddress(proxy.address);
  const [right, wrong, none] = await Promise.all([
    runProgram([...NDJSON, "--proxy", `socks5h://us%40er:pass:word@${address}`, peer.target]),
    runProgram([...NDJSON, "--proxy", `user:password@${address}`, peer.target]),
    runProgram([...NDJSON, "--proxy", address, peer.target]),
  ]);
  const codes = [right, wrong, none].map(({ code, peers }) => [code, peers[0]?.error?.code]);
  assertEquals(codes, [[0, undefined], [1, "proxy_refused"], [1, "proxy_refused"]]);
});

Deno.test("A dead proxy fails all that waits for it at once, with one warning, and nothing else", async () => {
  await using peer = new CapturingPeer();
  const targets = Array.from({ length: 100 }, (_, i) => `${ONION}:${i + 1}`);
  const args = [...NDJSON, "--onion", REFUSING_TARGET, ...targets, peer.target];
  const { code, peers, errorLines } = await runProgram(args);
  const codes = Map.groupBy(peers, ({ error }) => `${error?.phase} ${error?.code}`);
  assertEquals([code, codes.get("proxy proxy_unreachable")?.length, peers.length], [0, 100, 101]);
  assertEquals(errorLines.length, 1);
  assertMatch(
    errorLines[0] ?? "",
    /WARN .*: proxy 127\.0\.0\.1:1: connection refused; peers waiting for it fail; Tor's is usually at port 9050/,
  );
});

Deno.test("A proxy that dies in mid-run fails what waits for it, with one warning, and nothing else", async () => {
  const SERVED = 40;
  const wellBehaved = HOSTILE_PROXIES.find(({ name }) => name === "wants no login")?.script();
  assert(wellBehaved !== undefined);
  let connections = 0;
  await using proxy: SimulatedPeer = new SimulatedPeer(async (link) => {
    if (++connections > SERVED) return void proxy.close();
    await wellBehaved(link);
  });
  await using peer = new CapturingPeer();
  const targets = Array.from({ length: 100 }, (_, i) => `${ONION}:${i + 1}`);
  const { peers, errorLines } = await runProgram([...NDJSON, "--onion", proxy.target, ...targets, peer.target]);
  assertEquals([peers.length, peers.find(({ network }) => network === "ipv4")?.success], [101, true]);
  const lost = peers.filter(({ error }) => error?.phase === "proxy" && error.code === "proxy_unreachable");
  assertGreaterOrEqual(lost.length, targets.length - SERVED);
  assertLessOrEqual(Math.max(...lost.map(({ handshake_ms }) => handshake_ms ?? 0)), 5_000);
  assertEquals(errorLines.length, 1);
  assertMatch(
    errorLines[0] ?? "",
    /WARN .*: proxy 127\.0\.0\.1:\d+: connection (refused|reset by the proxy); peers waiting for it fail$/,
  );
});

Deno.test("A proxy may listen at a path", { ignore: Deno.build.os === "windows" }, async () => {
  await using peer = new CapturingPeer();
  await using tor = startProxy("onion", { [`${ONION}:8333`]: peer.target });
  const folder = await Deno.makeTempDir();
  const path = `${folder}/socks`;
  using listener = Deno.listen({ transport: "unix", path });
  const { host: hostname, port } = tor.proxy.address;
  (async () => {
    for await (const near of listener) {
      const far = await Deno.connect({ hostname, port });
      near.readable.pipeTo(far.writable).catch(() => {});
      far.readable.pipeTo(near.writable).catch(() => {});
    }
  })();
  try {
    const args = [...NDJSON, "--onion", `unix:${path}`, ONION];
    const permissions = [`--allow-read=${path}`, `--allow-write=${path}`, "--allow-net"];
    assertEquals((await runProgram(args, { permissions })).code, 0);
    const { peers } = await runProgram(args, { permissions: ["--no-prompt"] });
    assertEquals(peers.map(({ error }) => error?.code), ["permission_denied"]);
    assertMatch(
      peers[0]?.error?.message ?? "",
      /run again with --allow-read=.*socks --allow-write=.*socks --allow-net=unix/,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("Text, CSV and traces show onion and I2P peers like any other", async () => {
  await using peer = new CapturingPeer();
  await using tor = startProxy("onion", { [`${ONION}:8333`]: peer.target });
  const [text, csv, trace] = await Promise.all([
    runProgram([...tor.args, ONION]),
    runProgram([...tor.args, "--format", "csv", ONION]),
    runProgram([...tor.args, "--trace", ONION]),
  ]);
  assertMatch(text.lines[0] ?? "", new RegExp(`Handshake succeeded! peer=${ONION}:8333 user_agent=`));
  assertMatch(csv.lines[1] ?? "", new RegExp(`^peer,${ONION},${ONION}:8333,onion,true,`));
  assertMatch(trace.lines[0] ?? "", new RegExp(`^${ONION}:8333 \\+\\d+\\.\\dms -- connected, v1 transport`));
});

Deno.test("An audit through a proxy asks the name server that it is given, and dials nothing private", async () => {
  await using peer = new CapturingPeer();
  const addresses = { a: ["30.1.0.1", "10.0.0.1"], aaaa: ["3fff:1::1"] };
  await using server = await startDns({ "seed.test": addresses, "x9.seed.test": addresses });
  await using proxy = startProxy("proxy", { "30.1.0.1:8333": peer.target, "[3fff:1::1]:8333": peer.target });
  const { audits, peers } = await runProgram([...NDJSON, "--audit", ...proxy.args, ...asking(server), "seed.test"]);
  const figures = audits.map((
    { addresses, success, failure, unroutable },
  ) => [addresses, success, failure, unroutable]);
  assertEquals(figures, [[3, 2, 0, 1]]);
  assertEquals(peers.map(({ addr }) => addr).toSorted(), ["30.1.0.1:8333", "[3fff:1::1]:8333"]);
  assertEquals(proxy.proxy.requests.map(({ host }) => host).toSorted(), ["30.1.0.1", "3fff:1::1"]);
  const refused = await runProgram(["--audit", ...proxy.args, "seed.test"]);
  assertEquals([refused.code, refused.stdout], [2, ""]);
  assertMatch(refused.errorLines[0] ?? "", /--audit with --proxy needs --dns-server/);
});

Deno.test("A dead proxy is no fault of the seeds in an audit", async () => {
  const addresses = { a: ["30.1.0.1", "30.2.0.1"], aaaa: ["3fff:1::1"] };
  await using server = await startDns({ "seed.test": addresses, "x9.seed.test": addresses });
  const args = [...NDJSON, "--audit", "--proxy", REFUSING_TARGET, ...asking(server), "seed.test"];
  const { audits } = await runProgram(args);
  const [audit] = audits;
  assertEquals([audit?.partial, audit?.no_route, audit?.success, audit?.failure], [true, 3, 0, 0]);
  assertEquals(audit?.reasons.map(({ code }) => code).includes("no_success"), false);
});
