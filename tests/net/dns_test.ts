import { assertEquals, assertRejects } from "@std/assert";
import { resolveName, type ResolveSettings } from "../../src/net/dns.ts";
import type { Io, RecordType } from "../../src/net/io.ts";
import { scriptedIo, until, untilAborted } from "../support/scripted_io.ts";

const SETTINGS: ResolveSettings = { networks: ["ipv4", "ipv6"], timeout: 5000 };

type Answers = { readonly [T in RecordType]: readonly string[] | Error | "never" };

/** A resolver that gives these answers, and a list of what it was asked. */
function resolver(answers: Answers): { io: Io & ReturnType<typeof scriptedIo>; asked: string[] } {
  const asked: string[] = [];
  const io = scriptedIo({
    resolve: async (name, type, { signal, nameServer }) => {
      asked.push([type, name, nameServer?.ipAddr].filter(Boolean).join(" "));
      const answer = answers[type];
      if (answer === "never") return await untilAborted(signal);
      if (answer instanceof Error) throw answer;
      return [...answer];
    },
  });
  return { io, asked };
}

const NOT_FOUND = new Deno.errors.NotFound("no records found");

Deno.test("resolveName() asks for A and AAAA, and gives each address once, in canonical text", async () => {
  const { io, asked } = resolver({ A: ["192.0.2.1", "192.0.2.1"], AAAA: ["2001:DB8::1", "::ffff:192.0.2.1"] });
  const { addresses, error } = await resolveName("seed.example", SETTINGS, io);
  assertEquals({ addresses, error }, { addresses: ["192.0.2.1", "2001:db8::1"], error: null });
  assertEquals(asked, ["A seed.example.", "AAAA seed.example."]);
});

Deno.test("resolveName() keeps search domains away from names with a dot, and leaves single labels alone", async () => {
  const { io, asked } = resolver({ A: ["192.0.2.1"], AAAA: NOT_FOUND });
  for (const name of ["a.b", "a.b.", "node"]) await resolveName(name, { ...SETTINGS, networks: ["ipv4"] }, io);
  assertEquals(asked, ["A a.b.", "A a.b.", "A node"]);
});

Deno.test("resolveName() asks for the wanted family only, at the name server that is named", async () => {
  const { io, asked } = resolver({ A: ["192.0.2.1"], AAAA: ["2001:db8::1"] });
  const nameServer = { ipAddr: "127.0.0.1", port: 5300 };
  const { addresses } = await resolveName("a.b", { ...SETTINGS, networks: ["ipv6"], nameServer }, io);
  assertEquals([addresses, asked], [["2001:db8::1"], ["AAAA a.b. 127.0.0.1"]]);
});

Deno.test("resolveName() tells each family's addresses as they come", async () => {
  const { io } = resolver({ A: ["192.0.2.1"], AAAA: "never" });
  const told: (readonly string[])[] = [];
  const resolving = resolveName("a.b", SETTINGS, io, (addresses) => told.push(addresses));
  await until(() => told.length > 0);
  assertEquals(told, [["192.0.2.1"]]);
  io.clock.advance(5000);
  assertEquals(await resolving, { addresses: ["192.0.2.1"], error: null });
});

Deno.test("resolveName() knows localhost without asking", async () => {
  const { io, asked } = resolver({ A: "never", AAAA: "never" });
  for (const name of ["localhost", "LOCALHOST."]) {
    assertEquals((await resolveName(name, SETTINGS, io)).addresses, ["127.0.0.1", "::1"]);
  }
  assertEquals((await resolveName("localhost", { ...SETTINGS, networks: ["ipv6"] }, io)).addresses, ["::1"]);
  assertEquals(asked, []);
});

Deno.test("resolveName() says why there is no address, by the family that failed worst", async () => {
  const failure = new Error("proto error: io error");
  const denied = new Deno.errors.NotCapable('Requires net access to "127.0.0.1:53", run again with …');
  const cases: [Answers, string][] = [
    [{ A: NOT_FOUND, AAAA: NOT_FOUND }, "dns_not_found"],
    [{ A: [], AAAA: [] }, "dns_not_found"],
    [{ A: NOT_FOUND, AAAA: failure }, "dns_failure"],
    [{ A: failure, AAAA: "never" }, "dns_failure"],
    [{ A: NOT_FOUND, AAAA: "never" }, "dns_timeout"],
    [{ A: denied, AAAA: failure }, "permission_denied"],
  ];
  for (const [answers, code] of cases) {
    const { io } = resolver(answers);
    const resolving = resolveName("a.b", SETTINGS, io);
    await Promise.resolve(); // Both families have asked by then, and what fails has failed.
    io.clock.advance(5000);
    const { addresses, error } = await resolving;
    assertEquals([addresses, error?.code, error?.phase], [[], code, "dns"]);
  }
});

Deno.test("resolveName() asks again when the resolver gives up before the time is over", async () => {
  let tries = 0;
  const io = scriptedIo({
    resolve: () => ++tries < 3 ? Promise.reject(new Deno.errors.TimedOut()) : Promise.resolve(["192.0.2.1"]),
  });
  const { addresses } = await resolveName("a.b", { ...SETTINGS, networks: ["ipv4"] }, io);
  assertEquals([addresses, tries], [["192.0.2.1"], 3]);
});

Deno.test("resolveName() rejects with its signal's reason, and leaves no timer", async () => {
  const { io } = resolver({ A: "never", AAAA: "never" });
  const controller = new AbortController();
  const resolving = resolveName("a.b", SETTINGS, io, undefined, controller.signal);
  controller.abort(new Error("enough"));
  await assertRejects(() => resolving, Error, "enough");
  assertEquals(io.clock.timers, 0);
});

for (const number of [23, 24]) {
  Deno.test(`resolveName() asks again after a while when no descriptor is left, os error ${number}`, async () => {
    let tries = 0;
    const io = scriptedIo({
      resolve: () =>
        ++tries === 1
          ? Promise.reject(new Error(`proto error: Too many open files (os error ${number})`))
          : Promise.resolve(["192.0.2.1"]),
    });
    let over = false;
    const resolving = resolveName("a.b", { ...SETTINGS, networks: ["ipv4"] }, io).finally(() => over = true);
    // The deadline, and the while.
    await until(() => over || io.clock.timers === 2);
    io.clock.advance(99);
    assertEquals(tries, 1);
    io.clock.advance(1);
    assertEquals(await resolving, { addresses: ["192.0.2.1"], error: null });
    assertEquals([tries, io.clock.timers], [2, 0]);
  });
}

Deno.test("resolveName() tells no address twice", async () => {
  const { io } = resolver({ A: ["192.0.2.1", "192.0.2.2", "192.0.2.1"], AAAA: ["2001:DB8::1", "::ffff:192.0.2.2"] });
  const told: string[] = [];
  const { addresses } = await resolveName("a.b", SETTINGS, io, (fresh) => told.push(...fresh));
  assertEquals([told, addresses], [["192.0.2.1", "192.0.2.2", "2001:db8::1"], told]);
});
