import { assertEquals, assertGreaterOrEqual } from "@std/assert";
import { denoIo, handshake, type PeerRecord, recordOf } from "../../src/mod.ts";
import { fastClock, HOSTILE_CLOCK, HOSTILE_PROXIES, type HostileProxy, startHostileProxy } from "../../src/sim.ts";

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
  return recordOf(await handshake(proxy.target, { ...way, io, timeout: isFast ? TIMEOUT : PATIENCE }));
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

const SLOW = HOSTILE_PROXIES.filter(({ isSlow }) => isSlow);
const QUICK = HOSTILE_PROXIES.filter(({ isSlow }) => !isSlow);

Deno.test("Every hostile proxy has a name of its own, and an expectation that does not contradict itself", () => {
  assertGreaterOrEqual(HOSTILE_PROXIES.length, 60);
  assertEquals(new Set(HOSTILE_PROXIES.map(titleOf)).size, HOSTILE_PROXIES.length);
  for (const proxy of HOSTILE_PROXIES) assertEquals(proxy.expected.error === null, proxy.expected.success, proxy.name);
});

Deno.test("Every hostile proxy that comes to an end gets the record that it must", async () => {
  await assertRecords(QUICK, false);
});

Deno.test("Every hostile proxy that takes its time gets the record that it must", async () => {
  await assertRecords(SLOW, true);
});
