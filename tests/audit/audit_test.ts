import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type AnyAuditResult, Audit, type AuditSettings } from "../../src/audit/audit.ts";
import type { AuditResult } from "../../src/audit/result.ts";
import type { Io } from "../../src/net/io.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import { versionMessage } from "../support/messages.ts";
import { osError, ScriptedConnection, scriptedIo, until, untilAborted } from "../support/scripted_io.ts";
import { stream } from "../support/stream.ts";

const ANSWER = await stream([versionMessage(), { type: "verack" }]);

interface Network {
  readonly io: Io & ReturnType<typeof scriptedIo>;
  /** The names asked for, and the addresses dialled, in order. */
  readonly asked: string[];
  readonly dialled: string[];
}

/** Names with their addresses; a name without any stays silent. Peers in 32.0.0.0/8 refuse, in 31.0.0.0/8 stay silent. */
function network(names: Record<string, readonly string[]>): Network {
  const asked: string[] = [];
  const dialled: string[] = [];
  const io = scriptedIo({
    connect: ({ host: ip, port }, signal) => {
      dialled.push(`${ip} ${port}`);
      if (ip.startsWith("32.")) return Promise.reject(osError("ECONNREFUSED"));
      return ip.startsWith("31.") ? untilAborted(signal) : Promise.resolve(new ScriptedConnection(ANSWER, "end"));
    },
    resolve: (name, type, { signal }) => {
      asked.push(`${name} ${type}`);
      const given = names[name];
      if (given?.length === 0) return untilAborted(signal);
      const addresses = (given ?? []).filter((ip) => ip.includes(":") === (type === "AAAA"));
      return addresses.length > 0 ? Promise.resolve(addresses) : Promise.reject(new Deno.errors.NotFound());
    },
  });
  return { io, asked, dialled };
}

function start(seeds: readonly string[], io: Io, options: Partial<AuditSettings> = {}, signal?: AbortSignal): Audit {
  const settings = { includeUnroutable: false, ...withDefaults(options), ...options };
  return new Audit(seeds.map((name) => ({ name, serviceBits: [9n] })), { ...settings, port: 8333 }, io, signal);
}

function audits(results: readonly AnyAuditResult[]): AuditResult[] {
  return results.filter((result) => result.type === "audit");
}

Deno.test("Audit yields seeds and peers as they come, then a verdict for each seed, then the summary", async () => {
  const { io } = network({
    "a.example.": ["30.1.0.1", "3fff:1::1"],
    "x9.a.example.": ["30.1.0.1"],
    "b.example.": ["32.1.0.1", "3fff:2::1"],
  });
  const results = await Array.fromAsync(start(["a.example", "b.example"], io));
  const types = results.map(({ type }) => type);
  assertEquals(types.slice(0, 8).toSorted(), ["peer", "peer", "peer", "peer", "seed", "seed", "seed", "seed"]);
  assertEquals(types.slice(8), ["audit", "audit", "summary"]);
  assertEquals(audits(results).map(({ seed, verdict }) => [seed, verdict]), [["a.example", "pass"], [
    "b.example",
    "warn",
  ]]);
  const summary = results.at(-1);
  assert(summary?.type === "summary");
  assertEquals([summary.targets, summary.peers, summary.success, summary.failure], [2, 4, 3, 1]);
});

Deno.test("Audit asks for all seeds before any subdomain", async () => {
  const { io, asked } = network({});
  await Array.fromAsync(start(["a.example", "b.example"], io, { networks: ["ipv4"] }));
  assertEquals(asked, ["a.example. A", "b.example. A", "x9.a.example. A", "x9.b.example. A"]);
});

Deno.test("Audit asks for the seeds first, then for their subdomains, each name and family once, however often and in whatever spelling it is given", async () => {
  const { io, asked } = network({});
  const results = await Array.fromAsync(start(["a.example", "A.EXAMPLE.", "x9.a.example"], io));
  assertEquals(audits(results).map(({ seed }) => seed), ["a.example", "x9.a.example"]);
  const types = ["A", "AAAA"];
  const names = ["a.example.", "x9.a.example.", "x9.x9.a.example."];
  assertEquals(asked, names.flatMap((name) => types.map((type) => `${name} ${type}`)));
});

Deno.test("Audit takes a name that is a seed and another one's subdomain for both", async () => {
  const { io } = network({ "a.example.": ["30.1.0.1"], "x9.a.example.": ["30.1.0.1", "30.2.0.1"] });
  const results = await Array.fromAsync(start(["a.example", "x9.a.example"], io));
  assertEquals(audits(results).map(({ seed, addresses, shared }) => [seed, addresses, shared]), [
    ["a.example", 2, 2],
    ["x9.a.example", 2, 2],
  ]);
});

Deno.test("Audit dials every distinct address once over all names and seeds, whose peer it is by the first", async () => {
  const { io, dialled } = network({
    "a.example.": ["30.1.0.1"],
    "x9.a.example.": ["30.1.0.1", "30.2.0.1"],
    "b.example.": ["30.1.0.1", "30.3.0.1"],
  });
  const results = await Array.fromAsync(start(["a.example", "b.example"], io));
  assertEquals(dialled.toSorted(), ["30.1.0.1 8333", "30.2.0.1 8333", "30.3.0.1 8333"]);
  assertEquals(
    results.flatMap((result) => result.type === "peer" ? [`${result.address.host} ${result.target}`] : []).toSorted(),
    ["30.1.0.1 a.example", "30.2.0.1 x9.a.example", "30.3.0.1 b.example"],
  );
  assertEquals(audits(results).map(({ success, shared }) => [success, shared]), [[2, 1], [2, 1]]);
});

Deno.test("Audit counts unroutable addresses and does not dial them, unless they are wanted", async () => {
  const names = { "a.example.": ["10.0.0.1", "30.1.0.1", "2001:db8::1"], "x9.a.example.": ["30.1.0.1"] };
  const without = network(names);
  const [result] = audits(await Array.fromAsync(start(["a.example"], without.io)));
  assertEquals([result?.addresses, result?.unroutable, result?.success, result?.failure], [3, 2, 1, 0]);
  assertEquals(result?.reasons.map(({ code }) => code), ["unroutable"]);
  assertEquals(without.dialled, ["30.1.0.1 8333"]);
  const withThem = network(names);
  const [other] = audits(await Array.fromAsync(start(["a.example"], withThem.io, { includeUnroutable: true })));
  assertEquals([other?.unroutable, other?.success, other?.verdict], [2, 3, "pass"]);
  assertEquals(withThem.dialled.length, 3);
});

Deno.test("Audit of some families asks for these and misses no other", async () => {
  const { io, asked } = network({ "a.example.": ["30.1.0.1", "3fff:1::1"], "x9.a.example.": ["30.1.0.1"] });
  const [result] = audits(await Array.fromAsync(start(["a.example"], io, { networks: ["ipv4"] })));
  assertEquals([result?.addresses, result?.verdict], [1, "pass"]);
  assertEquals(asked, ["a.example. A", "x9.a.example. A"]);
});

Deno.test("Audit takes the time of each name, and ends within the time of a name and of a peer", async () => {
  const { io } = network({ "a.example.": ["31.1.0.1"], "x9.a.example.": [] });
  const audit = start(["a.example"], io);
  const results = Array.fromAsync(audit);
  await until(() => audit.progress.peers === 1);
  io.clock.advance(10_000);
  const [result] = audits(await results);
  assertEquals(result?.queries.map(({ elapsed, error }) => [elapsed, error?.code]), [
    [0, undefined],
    [10_000, "dns_timeout"],
  ]);
  assertEquals([result?.verdict, result?.errors], ["fail", new Map([["timeout", 1]])]);
  assertEquals(io.clock.timers, 0);
});

Deno.test("Audit that is interrupted judges the seeds by what is known, and says nothing of the others", async () => {
  const { io } = network({
    "a.example.": ["30.1.0.1", "31.1.0.1"],
    "x9.a.example.": [],
    "b.example.": [],
    "x9.b.example.": [],
  });
  const controller = new AbortController();
  const results: AnyAuditResult[] = [];
  for await (const result of start(["a.example", "b.example"], io, {}, controller.signal)) {
    results.push(result);
    if (results.some(({ type }) => type === "seed") && results.some(({ type }) => type === "peer")) controller.abort();
  }
  const found = audits(results).map(({ seed, success, failure, queries }) => [seed, success, failure, queries.length]);
  assertEquals(found, [["a.example", 1, 0, 1]]);
  assertEquals(audits(results).map(({ verdict, partial }) => [verdict, partial]), [["warn", true]]);
  const summary = results.at(-1);
  assert(summary?.type === "summary" && summary.interrupted);
  assertEquals([summary.targets, io.clock.timers], [2, 0]);
});

Deno.test("Audit of no seed is a summary", async () => {
  const results = await Array.fromAsync(start([], network({}).io));
  assertEquals(results.map(({ type }) => type), ["summary"]);
});

/** A network whose names answer with one peer a family, and on which a query of this name and type never ends. */
function halfSilent(silent: string): Network["io"] {
  const { io } = network({ "a.example.": ["30.1.0.1", "3fff:1::1"], "x9.a.example.": ["30.1.0.1", "3fff:1::1"] });
  const resolve: Io["resolve"] = (name, type, options) =>
    `${name} ${type}` === silent ? untilAborted(options.signal) : io.resolve(name, type, options);
  return { ...io, resolve };
}

Deno.test("Audit says which query failed, in its result and in the reason, and does not call the family absent", async () => {
  for (const silent of ["a.example. AAAA", "x9.a.example. A"]) {
    const io = halfSilent(silent);
    const audit = start(["a.example"], io);
    const results = Array.fromAsync(audit);
    await until(() => audit.progress.success === 2);
    io.clock.advance(10_000);
    const [result] = audits(await results);
    assertEquals(
      result?.queries.map(({ error }) => error?.code),
      silent.startsWith("a.") ? ["dns_timeout", undefined] : [undefined, "dns_timeout"],
    );
    const [name = "", type] = silent.split(". ");
    const [reason, ...more] = result?.reasons ?? [];
    assertEquals([result?.verdict, reason?.code, more], ["warn", "dns_failure", []]);
    assertStringIncludes(reason?.message ?? "", `${type}: no usable answer for ${name} within 10 s`);
  }
});

Deno.test("Audit reports once a family that this machine has no route to, and blames no seed for it", async () => {
  const { io } = network({
    "a.example.": ["30.1.0.1", "3fff:1::1"],
    "x9.a.example.": ["30.1.0.1", "3fff:2::1"],
    "b.example.": ["3fff:3::1"],
    "x9.b.example.": ["3fff:3::1"],
  });
  const connect: Io["connect"] = (address, signal) =>
    address.host.includes(":") ? Promise.reject(osError("ENETUNREACH")) : io.connect(address, signal);
  const told: string[][] = [];
  const onNoRoute: AuditSettings["onNoRoute"] = (networks) => told.push([...networks]);
  const results = await Array.fromAsync(start(["a.example", "b.example"], { ...io, connect }, { onNoRoute }));
  assertEquals(told, [["ipv6"]]);
  assertEquals(
    audits(results).map(({ verdict, partial, reasons, noRoute, success, failure, errors }) => [
      ...[verdict, partial, reasons.map(({ code }) => code).join(" "), noRoute],
      ...[success, failure, errors.size],
    ]),
    [["pass", false, "", 2, 1, 0, 0], ["warn", true, "no_ipv4 partial", 1, 0, 0, 0]],
  );
  const summary = results.at(-1);
  assert(summary?.type === "summary");
  assertEquals([summary.success, summary.failure], [1, 3]);
});

Deno.test("Audit takes a lone address that a router calls unreachable for a failure of its seed", async () => {
  const { io } = network({ "a.example.": ["30.1.0.1", "3fff:1::1"], "x9.a.example.": ["30.1.0.1"] });
  const connect: Io["connect"] = (address, signal) =>
    address.host.includes(":") ? Promise.reject(osError("EHOSTUNREACH")) : io.connect(address, signal);
  const onNoRoute = () => assert(false);
  const [result] = audits(await Array.fromAsync(start(["a.example"], { ...io, connect }, { onNoRoute })));
  assertEquals([result?.noRoute, result?.success, result?.failure], [0, 1, 1]);
});

Deno.test("Audit reports no family as long as one of its addresses can be reached", async () => {
  const { io } = network({ "a.example.": ["30.1.0.1", "3fff:1::1", "3fff:2::1"], "x9.a.example.": ["30.1.0.1"] });
  const connect: Io["connect"] = (address, signal) =>
    address.host === "3fff:1::1" ? Promise.reject(osError("ENETUNREACH")) : io.connect(address, signal);
  const onNoRoute = () => assert(false);
  const [result] = audits(await Array.fromAsync(start(["a.example"], { ...io, connect }, { onNoRoute })));
  assertEquals([result?.noRoute, result?.success, result?.failure], [0, 2, 1]);
});
