import { assert, assertEquals, assertGreaterOrEqual, assertRejects } from "@std/assert";
import { formatI2p } from "../../src/address/i2p.ts";
import { denoIo, type PeerRecord, recordOf, scan } from "../../src/mod.ts";
import {
  type ExpectedProxyRecord,
  fastClock,
  HOSTILE_CLOCK,
  HOSTILE_PROXIES,
  type HostileProxy,
  startHostileProxy,
} from "../../src/sim.ts";
import { ascii, concat, hex } from "../support/bytes.ts";
import { RawClient } from "../support/raw_client.ts";

/** Never passes, not even on the busiest machine, unless a proxy that comes to an end does not; in milliseconds. */
const PATIENCE = 30_000;

/** How many times as fast time passes for those that take their time. */
const HASTE = 60;

/** By the fast clock; two seconds by the true one. */
const TIMEOUT = 120_000;

/** How many proxies are tried at once. */
const AT_ONCE = 32;

/** How many peers a proxy is asked for that turns hostile in mid-run, beyond those that it serves. */
const LATE = 20;

/** The peers to ask a proxy for. */
function targetsOf({ target, served }: HostileProxy): string[] {
  if (served === undefined) return [target];
  return Array.from({ length: served + LATE }, (_, i) => {
    if (target.endsWith(".i2p")) return formatI2p(new Uint8Array(32).fill(i));
    return target.replace(/\d+$/, String(1 + i));
  });
}

/** The records of handshakes through a proxy, one after the other, without any other way to the peers. */
async function tryProxy(proxy: HostileProxy, isFast: boolean): Promise<PeerRecord[]> {
  const clock = isFast ? fastClock(HASTE) : HOSTILE_CLOCK;
  await using running = await startHostileProxy(proxy, clock);
  const { host, port } = running.address;
  const endpoint = { host, port };
  const way = proxy.protocol === "sam"
    ? { i2psam: endpoint }
    : proxy.target.includes(".onion")
    ? { onion: [endpoint] }
    : { proxy: endpoint };
  const io = {
    ...denoIo,
    clock,
    resolve: () => Promise.reject(new Error("a name was resolved")),
    connect: (to: { readonly host: string; readonly port: number }, signal: AbortSignal) => {
      assertEquals(to.host, host, "something but the proxy was dialled");
      return denoIo.connect(endpoint, signal);
    },
  };
  const records: PeerRecord[] = [];
  const settings = { ...way, io, timeout: isFast ? TIMEOUT : PATIENCE, concurrency: 1 };
  for await (const result of scan(targetsOf(proxy), settings)) {
    const record = recordOf(result);
    if (record.type === "peer") records.push(record);
  }
  assertEquals(records.length, targetsOf(proxy).length, proxy.name);
  return records;
}

/** What the records must contain, in the order of the targets. */
function expectedOf(proxy: HostileProxy): ExpectedProxyRecord[] {
  const { served = 0, expected } = proxy;
  return targetsOf(proxy).map((_, i) => i < served ? { success: true, error: null } : { ...expected });
}

/** Asserts that each proxy gets the record that it must. */
async function assertRecords(proxies: readonly HostileProxy[], isFast: boolean): Promise<void> {
  const got: Record<string, unknown> = {};
  for (let begin = 0; begin < proxies.length; begin += AT_ONCE) {
    await Promise.all(
      proxies.slice(begin, begin + AT_ONCE).map(async (proxy) => {
        const records = await tryProxy(proxy, isFast);
        got[titleOf(proxy)] = records.map(({ success, error }) => ({
          success,
          error: error && { code: error.code, phase: error.phase },
        }));
      }),
    );
  }
  assertEquals(got, Object.fromEntries(proxies.map((proxy) => [titleOf(proxy), expectedOf(proxy)])));
}

const titleOf = ({ protocol, name }: HostileProxy): string => `${protocol}: ${name}`;

const proxyNamed = (title: string): HostileProxy => {
  const proxy = HOSTILE_PROXIES.find((one) => titleOf(one) === title);
  assert(proxy !== undefined, `no proxy ${title}`);
  return proxy;
};

const SLOW = HOSTILE_PROXIES.filter(({ isSlow }) => isSlow);
const QUICK = HOSTILE_PROXIES.filter(({ isSlow }) => !isSlow);

Deno.test("Every hostile proxy has a unique name, and a consistent expectation", () => {
  assertGreaterOrEqual(HOSTILE_PROXIES.length, 60);
  assertEquals(new Set(HOSTILE_PROXIES.map(titleOf)).size, HOSTILE_PROXIES.length);
  for (const proxy of HOSTILE_PROXIES) assertEquals(proxy.expected.error === null, proxy.expected.success, proxy.name);
});

Deno.test("fastClock() runs as many times as fast as the system's, with a date that stands still", async () => {
  const clock = fastClock(1000);
  assertEquals(clock.unixTime(), HOSTILE_CLOCK.unixTime());
  const before = performance.now();
  const now = clock.now();
  assert(1000 * before <= now && now <= 1000 * performance.now());
  await new Promise<void>((resolve) => clock.schedule(resolve, 10_000));
  assertGreaterOrEqual(clock.now() - now, 10_000);
  clock.schedule(() => assert(false), 10_000)();
});

Deno.test("A hostile proxy sends the bytes that its name tells of", async () => {
  const request = concat(hex("050100 05010003 01"), ascii("x"), hex("208d"));
  for (
    const [title, heard] of [
      ["socks5: replies 0xf0 for an onion name", hex("0500 05f00001 00000000 0000")],
      ["socks5: replies in version 4", hex("0500 04000001 00000000 0000")],
      ["socks5: wants as login none of those offered", hex("05ff")],
      ["socks5: ends its stream after byte 3 of its reply", hex("0500 050000")],
      ["socks5: replies 0x05, bound to a name", concat(hex("0500 05050003 0d"), ascii("proxy.invalid"), hex("0000"))],
      ["socks5: replies 0x05, bound to an IPv6 address", hex("0500 05050004 00000000000000000000000000000001 0000")],
    ] as const
  ) {
    await using running = await startHostileProxy(proxyNamed(title));
    using client = await RawClient.connect(running.address);
    await client.say(request);
    await client.finish();
    assertEquals(await client.rest(), heard, title);
  }
});

Deno.test("A hostile proxy can reset only if it is said that it does", async () => {
  const { resets, ...proxy } = proxyNamed("socks5: resets before its first byte");
  assertEquals(resets, true);
  const meet = async () => {
    await using running = await startHostileProxy(proxy);
    using client = await RawClient.connect(running.address);
    await client.say(hex("050100"));
    await client.rest();
  };
  await assertRejects(meet, Deno.errors.NotSupported);
});

Deno.test("A hostile bridge answers wrong where its name says, and well elsewhere", async () => {
  await using running = await startHostileProxy(proxyNamed("sam: does not know the session at first"));
  using client = await RawClient.connect(running.address);
  await client.say("HELLO VERSION MIN=3.1 MAX=3.1\n");
  await client.hear("HELLO REPLY RESULT=OK VERSION=3.1\n");
  await client.say("STREAM CONNECT ID=a DESTINATION=AAAA\n");
  await client.hear("STREAM STATUS RESULT=INVALID_ID\n");
  await client.say("STREAM CONNECT ID=b DESTINATION=AAAA\n");
  await client.hear("STREAM STATUS RESULT=OK\n");
});

Deno.test("Every hostile proxy that comes to an end gets the record that it must", async () => {
  await assertRecords(QUICK, false);
});

Deno.test("Every hostile proxy that takes its time gets the record that it must", async () => {
  await assertRecords(SLOW, true);
});
