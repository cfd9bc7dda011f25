/** Scans through proxies and bridges. */

import { assert, assertEquals } from "@std/assert";
import { formatAddress, type PeerAddress } from "../../src/address/address.ts";
import { type Network, NETWORK_NAMES } from "../../src/address/network.ts";
import { reachableNetworks } from "../../src/net/reach.ts";
import type { ScanResult } from "../../src/scan/result.ts";
import { Scan, type ScanSettings } from "../../src/scan/scan.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import { parseTarget } from "../../src/scan/target.ts";
import { V1Transport } from "../../src/transport/v1.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { decodeVersion, type VersionMessage } from "../../src/wire/version.ts";
import { ascii, hex } from "../support/bytes.ts";
import { I2P, ONION } from "../support/overlays.ts";
import { BRIDGE, OTHER_PROXY, type ProxiedConnection, proxiedIo, PROXY } from "../support/proxied_io.ts";
import { turns, until } from "../support/scripted_io.ts";
import { framesOf } from "../support/v1.ts";

type Io = ReturnType<typeof proxiedIo>["io"];

/** Many onion targets: one service at as many ports. */
const onions = (count: number) => Array.from({ length: count }, (_, i) => `${ONION}:${i + 1}`);

function start(targets: readonly string[], io: Io, options: Partial<ScanSettings>, signal?: AbortSignal): Scan {
  const settings = withDefaults(options);
  const networks = reachableNetworks(settings);
  return new Scan(targets.map((target) => parseTarget(target, { networks })), settings, io, signal);
}

function scan(targets: readonly string[], io: Io, options: Partial<ScanSettings>): Promise<ScanResult[]> {
  return Array.fromAsync(start(targets, io, options));
}

/** What became of each peer: its address, its network, and the code of its error. */
function outcomes(results: readonly ScanResult[]): string[] {
  return results.flatMap((result) => {
    if (result.type !== "peer") return [];
    const { address, outcome: { error } } = result;
    return [`${formatAddress(address)} ${address.network} ${error === null ? "ok" : `${error.phase} ${error.code}`}`];
  }).toSorted();
}

Deno.test("Scan sends a name to the proxy unresolved, as one peer, and asks nobody else for it", async () => {
  const { io, connections, endpoints, asked } = proxiedIo();
  const targets = ["seed.example", "SEED.example.", "seed.example:1", "node.test"];
  const results = await scan(targets, io, { proxy: PROXY });
  assertEquals(outcomes(results), ["node.test:8333 null ok", "seed.example:1 null ok", "seed.example:8333 null ok"]);
  assertEquals(connections.map(({ name }) => name).toSorted(), ["node.test", "seed.example", "seed.example"]);
  assertEquals([new Set(endpoints), asked], [new Set([PROXY]), []]);
  assertEquals(results.filter(({ type }) => type === "seed"), []);
});

Deno.test("Scan asks neither a name server nor the proxy for special names, and knows localhost by itself", async () => {
  const { io, connections, asked } = proxiedIo();
  const results = await scan(["localhost:1", "a.invalid", "b.local"], io, { proxy: PROXY });
  assertEquals(outcomes(results), ["127.0.0.1:1 ipv4 ok", "[::1]:1 ipv6 ok"]);
  const seeds = results.flatMap((result) => result.type === "seed" ? result.resolution.error?.code ?? "ok" : []);
  assertEquals(seeds.toSorted(), ["dns_not_found", "dns_not_found", "ok"]);
  assertEquals(connections.map(({ request }) => request.toHex()).toSorted(), [
    "050100017f0000010001",
    "05010004000000000000000000000000000000010001",
  ]);
  assertEquals(asked, []);
});

Deno.test("Scan resolves names itself, through the proxy or not, when it is told to", async () => {
  const { io, connections } = proxiedIo({
    resolve: (_, type) => type === "A" ? Promise.resolve(["192.0.2.1"]) : Promise.reject(new Deno.errors.NotFound()),
  });
  const results = await scan(["seed.example"], io, { proxy: PROXY, resolvesNames: true });
  assertEquals(outcomes(results), ["192.0.2.1:8333 ipv4 ok"]);
  assertEquals(connections.map(({ request }) => request.toHex()), ["05010001c0000201208d"]);
});

Deno.test("Scan goes to each network its own way, and gives an I2P address no port", async () => {
  const { io, endpoints, asked } = proxiedIo();
  const targets = ["192.0.2.1", "2001:db8::1", ONION, I2P, "fc00::1"];
  const results = await scan(targets, io, { port: 7, onion: [PROXY], i2psam: BRIDGE, cjdns: true });
  assertEquals(
    outcomes(results),
    [
      "192.0.2.1:7 ipv4 ok",
      "[2001:db8::1]:7 ipv6 ok",
      "[fc00::1]:7 cjdns ok",
      `${ONION}:7 onion ok`,
      `${I2P}:0 i2p ok`,
    ].toSorted(),
  );
  const hosts = endpoints.map(({ host, port }) => `${host} ${port}`).toSorted();
  assertEquals(hosts, [
    "127.0.0.1 7656",
    "127.0.0.1 7656",
    "127.0.0.1 9050",
    "192.0.2.1 7",
    "2001:db8::1 7",
    "fc00::1 7",
  ]);
  assertEquals(asked, []);
});

Deno.test("Scan leaves out the networks that are not wanted, and names when none of the internet is", async () => {
  for (const network of NETWORK_NAMES) {
    const { io, asked } = proxiedIo();
    const ways = { proxy: PROXY, i2psam: BRIDGE, cjdns: true };
    const targets = ["192.0.2.1", "2001:db8::1", ONION, I2P, "fc00::1"];
    const results = await scan(targets, io, { ...ways, networks: [network] });
    assertEquals(outcomes(results).map((line) => line.split(" ")[1]), [network]);
    const isNamed = await scan(["seed.example"], io, { ...ways, networks: [network] });
    assertEquals(outcomes(isNamed).length, network === "ipv4" || network === "ipv6" ? 1 : 0);
    assertEquals(asked, []);
  }
});

Deno.test("Scan takes addresses of CJDNS for what they are when this machine is there, those of names too", async () => {
  const { io } = proxiedIo({
    resolve: (_, type) => type === "AAAA" ? Promise.resolve(["fc00::2"]) : Promise.reject(new Deno.errors.NotFound()),
  });
  assertEquals(outcomes(await scan(["seed.example"], io, { cjdns: true })), ["[fc00::2]:8333 cjdns ok"]);
  assertEquals(outcomes(await scan(["seed.example"], io, {})), ["[fc00::2]:8333 ipv6 connect host_unreachable"]);
});

Deno.test("Scan gives each peer a login of its own, and both connections of one peer the same", async () => {
  const silent = [hex("0502"), hex("0100"), hex("05000001 00000000 0000"), "end"] as const;
  const { io, connections } = proxiedIo({ steps: new Map([[PROXY, [silent]]]) });
  await scan([`${ONION}:1`, `${ONION}:2`], io, { proxy: PROXY, transport: "auto" });
  const logins = Map.groupBy(connections, ({ login }) => login);
  assertEquals([...logins.values()].map(({ length }) => length), [2, 2]);
  for (const [, [first, second]] of logins) assertEquals(first?.request, second?.request);
});

/** The `version` that a connection was sent after what its proxy was told. */
async function versionIn(connection: ProxiedConnection): Promise<VersionMessage> {
  const bytes = Uint8Array.from(connection.written);
  const start = bytes.toHex().indexOf("f9beb4d9") / 2;
  const [frame] = await Array.fromAsync(framesOf(new V1Transport(MAINNET), bytes.subarray(start)));
  assert(frame?.payload);
  return decodeVersion(frame.payload);
}

Deno.test("Scan tells a peer no address of its own unless it is an IP address that we dial ourselves", async () => {
  const ways = { onion: [PROXY], i2psam: BRIDGE, cjdns: true };
  const { io, connections } = proxiedIo();
  await scan(["192.0.2.1", ONION, I2P, "fc00::1"], io, ways);
  const peers = connections.filter(({ text }) => text.includes("version"));
  const told = await Promise.all(peers.map(async (one) => formatAddress((await versionIn(one)).addrRecv)));
  assertEquals(told.toSorted(), ["192.0.2.1:8333", "[::]:0", "[::]:0", "[::]:0"]);
  const proxied = proxiedIo();
  await scan(["192.0.2.1", "seed.example"], proxied.io, { proxy: PROXY });
  const versions = await Promise.all(proxied.connections.map(versionIn));
  assertEquals(versions.map(({ addrRecv }) => formatAddress(addrRecv)), ["[::]:0", "[::]:0"]);
});

/** How many handshakes are in flight when no more begin, and how many are when those are over. */
async function inFlight(targets: readonly string[], options: Partial<ScanSettings>): Promise<number> {
  const silent = [hex("0500")] as const;
  const { io } = proxiedIo({ steps: new Map([[PROXY, [silent]], [OTHER_PROXY, [silent]]]) });
  const controller = new AbortController();
  const running = start(targets, io, options, controller.signal);
  await turns(20);
  const { inFlight } = running.progress;
  controller.abort();
  await Array.fromAsync(running);
  return inFlight;
}

Deno.test("Scan has 32 in flight over a proxy, over two twice as many, and all within the concurrency", async () => {
  assertEquals(await inFlight(onions(100), { onion: [PROXY] }), 32);
  assertEquals(await inFlight(onions(100), { onion: [PROXY, OTHER_PROXY] }), 64);
  assertEquals(await inFlight(onions(100), { onion: [PROXY, OTHER_PROXY], concurrency: 40 }), 40);
  const names = Array.from({ length: 50 }, (_, i) => `${i}.seed.example`);
  assertEquals(await inFlight([...onions(50), ...names], { proxy: PROXY }), 32);
});

Deno.test("Scan makes the session of I2P before any peer's time begins, and lets nobody else wait for it", async () => {
  const hello = ascii("HELLO REPLY RESULT=OK\n");
  const { io, connections } = proxiedIo({ steps: new Map([[BRIDGE, [[hello]]]]) });
  const settings = { i2psam: BRIDGE, concurrency: 1 };
  const running = start([I2P, "192.0.2.1"], io, settings);
  const results: ScanResult[] = [];
  const reading = (async () => {
    for await (const result of running) results.push(result);
  })();
  await until(() => results.length > 0);
  assertEquals(outcomes(results), ["192.0.2.1:8333 ipv4 ok"]);
  assertEquals([running.progress.inFlight, running.progress.timeLeft > 0], [0, true]);
  io.clock.advance(150_000);
  assertEquals(results.length, 1);
  io.clock.advance(30_000);
  await reading;
  assertEquals(outcomes(results).at(-1), `${I2P}:0 i2p proxy proxy_unreachable`);
  const [failed] = results.filter((result) => result.type === "peer" && result.address.network === "i2p");
  assert(failed?.type === "peer");
  assertEquals([failed.outcome.handshakeTime, connections.length], [0, 2]);
});

Deno.test("Scan makes one session of I2P for all, and again one when the bridge has lost it", async () => {
  const hello = ascii("HELLO REPLY RESULT=OK\n");
  const session = [hello, ascii("SESSION STATUS RESULT=OK DESTINATION=AAAA\n")];
  const lookup = ascii("NAMING REPLY RESULT=OK VALUE=AAAA\n");
  const lost = [hello, lookup, ascii("STREAM STATUS RESULT=INVALID_ID\n")];
  const unreachable = [hello, lookup, ascii("STREAM STATUS RESULT=CANT_REACH_PEER\n")];
  const { io, connections } = proxiedIo({ steps: new Map([[BRIDGE, [session, lost, session, unreachable]]]) });
  const results = await scan([I2P], io, { i2psam: BRIDGE });
  assertEquals(outcomes(results), [`${I2P}:0 i2p proxy host_unreachable`]);
  const ids = connections.map(({ text }) => / ID=(\S+)/.exec(text)?.[1] ?? "");
  assertEquals([ids[0] === ids[1], ids[2] === ids[3], ids[0] === ids[2], ids.length], [true, true, false, 4]);
});

Deno.test("Scan does not wait for a dead proxy once for each peer: what waits fails at once, the rest goes on", async () => {
  const silent = [hex("0500")] as const;
  const { io, endpoints } = proxiedIo({ steps: new Map([[PROXY, [[]]], [OTHER_PROXY, [silent]]]) });
  const warnings: string[] = [];
  const onProxyLost = (warning: string) => warnings.push(warning);
  const running = start([...onions(100), "192.0.2.1"], io, { onion: [PROXY], onProxyLost });
  const results: ScanResult[] = [];
  const reading = (async () => {
    for await (const result of running) results.push(result);
  })();
  await until(() => results.length === 1);
  assertEquals(outcomes(results), ["192.0.2.1:8333 ipv4 ok"]);
  io.clock.advance(60_000);
  await reading;
  assertEquals(endpoints.length, 33);
  assertEquals(outcomes(results).filter((line) => line.endsWith(" proxy proxy_unreachable")).length, 100);
  assertEquals(warnings, ["proxy 127.0.0.1:9050: no answer within 60 s; peers waiting for it fail"]);
  assertEquals(io.clock.now(), 60_000);
});

Deno.test("Scan goes over another of Tor's proxies when one is dead", async () => {
  const { io } = proxiedIo({ dead: new Set([PROXY]) });
  const warnings: string[] = [];
  const onProxyLost = (warning: string) => warnings.push(warning);
  const results = await scan(onions(200), io, { onion: [PROXY, OTHER_PROXY], onProxyLost });
  const lost = outcomes(results).filter((line) => line.endsWith("proxy_unreachable")).length;
  // Those that had begun already.
  assert(lost > 0 && lost <= 32, String(lost));
  assertEquals([outcomes(results).length, warnings.length], [200, 1]);
});

Deno.test("Scan gives each network its time", async () => {
  const times = async (options: Partial<ScanSettings>) => {
    const silent = [hex("0500"), hex("05000001 00000000 0000")] as const;
    const stream = [
      ascii("HELLO REPLY RESULT=OK\n"),
      ascii("NAMING REPLY RESULT=OK VALUE=AAAA\nSTREAM STATUS RESULT=OK\n"),
    ];
    const session = [ascii("HELLO REPLY RESULT=OK\n"), ascii("SESSION STATUS RESULT=OK\n")];
    const { io } = proxiedIo({ steps: new Map([[PROXY, [silent]], [BRIDGE, [session, stream]]]) });
    const running = start(["192.0.2.1", ONION, I2P], io, { proxy: PROXY, i2psam: BRIDGE, ...options });
    const found: (readonly [PeerAddress["network"], number])[] = [];
    const reading = (async () => {
      for await (const result of running) {
        if (result.type === "peer") found.push([result.address.network, io.clock.now()]);
      }
    })();
    while (found.length < 3) {
      await turns(10);
      io.clock.advance(1000);
    }
    await reading;
    return found;
  };
  const networks: readonly Network[] = ["ipv4", "onion", "i2p"];
  assertEquals(await times({}), networks.map((network, i) => [network, [10_000, 60_000, 120_000][i] ?? 0]));
  assertEquals((await times({ timeout: 3000 })).map(([, time]) => time), [3000, 3000, 3000]);
});
