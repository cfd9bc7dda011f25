import { assertEquals } from "@std/assert";
import type { Io } from "../../src/net/io.ts";
import { Lookups, type LookupSettings } from "../../src/scan/lookups.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import { scriptedIo, until, untilAborted } from "../support/scripted_io.ts";

const target = (host: string) => ({ text: host, network: null, host, port: null });

/** Lookups, and what becomes of them. */
function lookupsWith(
  resolve: Io["resolve"],
  settings: Partial<LookupSettings> = {},
  signal = new AbortController().signal,
) {
  const io = scriptedIo({ resolve });
  const hosts: string[] = [];
  const seeds: string[] = [];
  let idle = 0;
  const lookups = new Lookups({ ...withDefaults(), ...settings }, io, {
    onHost: ({ text }, { host }) => void hosts.push(`${text} ${host}`),
    onSeed: ({ target, resolution }) => void seeds.push(`${target} ${resolution.error?.code ?? "ok"}`),
    onIdle: () => idle++,
  }, signal);
  return { lookups, io, hosts, seeds, idle: () => idle };
}

Deno.test("Lookups give the addresses of each name, then its result, and say when all are done", async () => {
  const { lookups, hosts, seeds, idle } = lookupsWith((name, type) =>
    name === "a.example." && type === "A" ? Promise.resolve(["192.0.2.1"]) : Promise.reject(new Deno.errors.NotFound())
  );
  lookups.add(target("a.example"));
  lookups.add(target("b.example"));
  assertEquals([lookups.unresolved, lookups.active, lookups.idle], [2, 2, false]);
  await until(() => lookups.idle);
  assertEquals(hosts, ["a.example 192.0.2.1"]);
  assertEquals(seeds.toSorted(), ["a.example ok", "b.example dns_not_found"]);
  assertEquals([lookups.unresolved, lookups.active, idle()], [0, 0, 1]);
  assertEquals(lookups.timeLeft(0), { milliseconds: 0, estimated: false });
});

Deno.test("Lookups ask for 64 names at once, or for fewer if so few handshakes may be in flight", () => {
  const silent: Io["resolve"] = (_name, _type, { signal }) => untilAborted(signal);
  for (const [concurrency, most] of [[512, 64], [3, 3]] as const) {
    const { lookups } = lookupsWith(silent, { concurrency });
    for (let i = 0; i < 100; i++) lookups.add(target(`${i}.example`));
    assertEquals([lookups.active, lookups.unresolved], [most, 100]);
  }
});

Deno.test("Lookups drop what waits when they are cleared, and what is in flight when the signal aborts", async () => {
  const controller = new AbortController();
  const silent: Io["resolve"] = (_name, _type, { signal }) => untilAborted(signal);
  const { lookups, seeds } = lookupsWith(silent, { concurrency: 1 }, controller.signal);
  lookups.add(target("a.example"));
  lookups.add(target("b.example"));
  lookups.clear();
  assertEquals([lookups.active, lookups.idle], [1, false]);
  controller.abort();
  await until(() => lookups.idle);
  assertEquals([lookups.unresolved, seeds], [2, []]);
});

Deno.test("Lookups do not ask for what they dropped, and say when fewer wait than so many", async () => {
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const { lookups } = lookupsWith(async (name) => {
    asked.push(name);
    await new Promise<void>((resolve) => answers.push(resolve));
    return ["192.0.2.1"];
  }, { concurrency: 1, networks: ["ipv4"] });
  for (const name of ["a.example", "b.example", "c.example"]) lookups.add(target(name));
  assertEquals(lookups.room(3), undefined);
  let hasRoom = false;
  lookups.room(1)?.then(() => hasRoom = true);
  answers[0]?.();
  await until(() => answers.length === 2);
  assertEquals([asked, hasRoom], [["a.example.", "b.example."], false]);
  lookups.clear();
  await until(() => hasRoom);
  answers[1]?.();
  await until(() => lookups.idle);
  assertEquals(asked, ["a.example.", "b.example."]);
});

Deno.test("Lookups leave a name to a proxy, unless it is told to resolve here, or the name is this machine's own", () => {
  const proxy = { host: "127.0.0.1", port: 9050 };
  const resolve = () => Promise.reject(new Deno.errors.NotFound());
  const isLeft = (host: string, settings: Partial<LookupSettings>) =>
    lookupsWith(resolve, settings).lookups.isLeftToProxy(target(host));
  assertEquals(isLeft("seed.example", {}), false);
  assertEquals(isLeft("seed.example", { proxy }), true);
  assertEquals(isLeft("seed.example", { proxy, resolvesNames: true }), false);
  assertEquals([isLeft("localhost", { proxy }), isLeft("a.invalid", { proxy })], [false, false]);
});
