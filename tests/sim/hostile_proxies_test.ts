import { assert, assertEquals, assertGreaterOrEqual } from "@std/assert";
import { denoIo, type PeerRecord, recordOf, scan } from "../../src/mod.ts";
import { fastClock, HOSTILE_CLOCK, HOSTILE_PROXIES, type HostileProxy, startHostileProxy } from "../../src/sim.ts";
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

/** The record of a handshake through a proxy, without any other way to the peer. */
async function tryProxy(proxy: HostileProxy, isFast: boolean): Promise<PeerRecord> {
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
  for await (const result of scan([proxy.target], { ...way, io, timeout: isFast ? TIMEOUT : PATIENCE })) {
    const record = recordOf(result);
    if (record.type === "peer") records.push(record);
  }
  const [record] = records;
  assert(record !== undefined && records.length === 1, `${proxy.name}: ${records.length} records`);
  return record;
}

/** Asserts that each proxy gets the record that it must. */
async function assertRecords(proxies: readonly HostileProxy[], isFast: boolean): Promise<void> {
  const got: Record<string, unknown> = {};
  for (let begin = 0; begin < proxies.length; begin += AT_ONCE) {
    await Promise.all(
      proxies.slice(begin, begin + AT_ONCE).map(async (proxy) => {
        const { success, error } = await tryProxy(proxy, isFast);
        got[titleOf(proxy)] = { success, error: error && { code: error.code, phase: error.phase } };
      }),
    );
  }
  assertEquals(got, Object.fromEntries(proxies.map((proxy) => [titleOf(proxy), { ...proxy.expected }])));
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
