import { assertEquals, assertRejects } from "@std/assert";
import { type DnsRecordType, resolveDns } from "../../src/net/resolver.ts";
import type { DnsServer } from "../../src/sim/dns_server.ts";
import { startDns } from "../support/dns.ts";
import { replaced } from "../support/replaced.ts";
import { watchedSignal } from "../support/scripted_io.ts";

const MANY = Array.from({ length: 300 }, (_, i) => `127.0.${i >> 8}.${i & 0xff}`);

function ask(
  { address: { host, port } }: DnsServer,
  timeout: number,
  type: DnsRecordType = "A",
  signal = AbortSignal.timeout(timeout),
): Promise<string[]> {
  return resolveDns("slow.example", type, { nameServer: { ipAddr: host, port }, timeout, signal });
}

Deno.test("resolveDns() accepts an answer after 1.3 s over UDP, and after 1.3 s more over TCP, with one query each", async () => {
  await using server = await startDns({ "slow.example": { a: MANY, aaaa: ["::1"], delay: 1300 } });
  const [a, aaaa] = await Promise.all([ask(server, 10_000), ask(server, 10_000, "AAAA")]);
  assertEquals([a.length, aaaa], [MANY.length, ["::1"]]);
  assertEquals(server.queries.map(({ type, transport }) => `${type} ${transport}`).toSorted(), [
    "A tcp",
    "A udp",
    "AAAA udp",
  ]);
});

for (const timeout of [500, 10_000]) {
  Deno.test(`resolveDns() ends when its signal aborts, of ${timeout} ms too, and nothing comes of a later answer`, async () => {
    const asked = Promise.withResolvers<void>();
    const options = { onQuery: () => asked.resolve() };
    await using server = await startDns({ "slow.example": { a: ["127.0.0.1"], delay: 20 } }, options);
    const controller = new AbortController();
    const answer = ask(server, timeout, "A", controller.signal);
    await asked.promise;
    controller.abort(new Error("enough"));
    await assertRejects(() => answer, Error, "enough");
    await new Promise((resolve) => setTimeout(resolve, 30));
    assertEquals(server.queries.length, 1);
    await assertRejects(() => ask(server, timeout, "A", controller.signal), Error, "enough");
    assertEquals(server.queries.length, 1);
  });
}

Deno.test("resolveDns() gives Deno its signal only for a second or less, and leaves nothing with it", async () => {
  const { signal, listeners } = watchedSignal();
  const given: unknown[] = [];
  const stub = (_name: string, _type: string, options?: Deno.ResolveDnsOptions) => {
    given.push([options?.signal === signal, listeners.size]);
    return Promise.resolve(["127.0.0.1"]);
  };
  using _ = replaced(Deno, { resolveDns: stub as typeof Deno.resolveDns });
  for (const timeout of [1, 1000, 1001, 10_000]) {
    assertEquals(await resolveDns("a.example", "A", { signal, timeout }), ["127.0.0.1"]);
  }
  assertEquals(given, [[true, 0], [true, 0], [false, 1], [false, 1]]);
  assertEquals(listeners.size, 0);
});
