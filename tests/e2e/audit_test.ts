import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { AnyRecord } from "../../src/report/records.ts";
import type { AuditRecord } from "../../src/report/records/audit.ts";
import { SimulatedPeer } from "../../src/sim/peer.ts";
import { nodeScript, silentScript } from "../../src/sim/scripts.ts";
import { SIMULATED_SEEDS } from "../../src/sim/seed_zone.ts";
import { findChain, MAINNET } from "../../src/wire/chains.ts";
import { asking, startDns } from "../support/dns.ts";
import { type Schema, validate } from "../support/json_schema.ts";
import { ndjson, programCommand, type ProgramResult, runCommand, runDemo, runProgram } from "../support/program.ts";

const SCHEMA: Schema = JSON.parse(Deno.readTextFileSync(new URL("../../src/report/schema.json", import.meta.url)));

const REGTEST = findChain("regtest") ?? MAINNET;

/** The seeds of the demo with what is built into them, as one line each. */
const EXPECTED = SIMULATED_SEEDS.map(({ name, verdict, reasons }) =>
  [`${name}.seeds.test`, verdict, ...reasons].join(" ")
);

function shown({ seed, verdict, reasons }: AuditRecord): string {
  return [seed, verdict, ...reasons.map(({ code }) => code)].join(" ");
}

function types(records: readonly AnyRecord[]): string {
  return records.map(({ type }) => type.charAt(0)).join("");
}

/** Audits a seed on regtest whose peer does this; other names of the zone as they are given. */
async function auditOf(
  script: ConstructorParameters<typeof SimulatedPeer>[0],
  names: Parameters<typeof startDns>[0],
  ...args: readonly string[]
): Promise<ProgramResult> {
  await using peer = new SimulatedPeer(script);
  await using server = await startDns(names);
  return await runProgram(["--audit", "-p", `${peer.address.port}`, ...asking(server), ...args]);
}

Deno.test("--demo --audit in ndjson gives each seed the verdict and the reasons that are built into it", async () => {
  const result = await runDemo("--audit", "--format", "ndjson");
  assertEquals(result.audits.map(shown), EXPECTED);
  const records = ndjson<AnyRecord>(result.stdout);
  for (const record of records) assertEquals(validate(record, SCHEMA), [], JSON.stringify(record));
  assertMatch(types(records), /^[sp]+a{18}s$/);
  assertEquals(records.filter(({ type }) => type === "seed").length, 36);
  const { elapsed_ms: _elapsed, ...summary } = result.summary;
  assertEquals<unknown>(summary, {
    type: "summary",
    chain: "mainnet",
    targets: 18,
    peers: 139,
    success: 116,
    failure: 23,
    verack_missing: 0,
    errors: { connection_refused: 9, timeout: 9, wrong_network: 5 },
    interrupted: false,
    crawl: null,
  });
  assertEquals(result.code, 1);
});

Deno.test("--demo --audit in csv gives the same, a row a seed", async () => {
  const { code, stdout } = await runDemo("--audit", "--transport", "v1", "--format", "csv");
  const [header = "", ...rows] = stdout.trimEnd().split("\r\n").map((line) => line.split(","));
  const columns = ["seed", "verdict", "reasons_code"].map((name) => header.indexOf(name));
  const found = rows.map((row) => columns.map((i) => row[i]?.replaceAll("|", " ")).join(" ").trim());
  assertEquals({ code, found }, { code: 1, found: EXPECTED });
});

Deno.test("--demo --audit in text is a table of 80 columns, the worst seeds first, and the two counts", async () => {
  const { code, lines } = await runDemo("--audit");
  const table = lines.slice(0, -2);
  assertEquals(table.filter((line) => line.length > 80), []);
  const rows = table.join("\n").split(/\n(?=\w)/).slice(1);
  const found = rows.map((row) => {
    const [, verdict, seed, rate] = /^(\w+) +(\S+)[^%]*? (\d+%|-)$/m.exec(row) ?? [];
    const codes = [...row.matchAll(/^ {9}(\w+): /gm)].map(([, code]) => code);
    return { rate: Number(rate?.replace("-", "-1").replace("%", "")), text: [seed, verdict, ...codes].join(" ") };
  });
  const verdicts = ["fail", "warn", "pass"].map((verdict) =>
    found.filter(({ text }) => text.split(" ")[1] === verdict)
  );
  assertEquals(found, verdicts.flatMap((rows) => rows.toSorted((a, b) => a.rate - b.rate)));
  assertEquals(found.map(({ text }) => text).toSorted(), EXPECTED.toSorted());
  assertMatch(lines.at(-2) ?? "", / INFO bitcoin-p2p-handshake: Handshake Success Count: 116$/);
  assertMatch(lines.at(-1) ?? "", / INFO bitcoin-p2p-handshake: Handshake Failure Count: 23$/);
  assertEquals(code, 1);
});

Deno.test("--demo --audit is the same on every chain, and in v1 too", async () => {
  const variants = [["-c", "regtest"], ["-c", "signet", "--transport", "v1"], ["--timeout", "1", "--transport", "v1"]];
  const results = await Promise.all(variants.map((args) => runDemo("--audit", "--format", "ndjson", ...args)));
  for (const { audits } of results) assertEquals(audits.map(shown), EXPECTED);
});

Deno.test("-q leaves the two counts of an audit", async () => {
  const { lines, code } = await runDemo("--audit", "--transport", "v1", "-q");
  assertEquals([lines.length, code], [2, 1]);
  assertStringIncludes(lines[0] ?? "", "Handshake Success Count: 116");
});

Deno.test("--demo --audit says first that it is simulated, warns of nothing, and says last what to try", async () => {
  const { code, lines, errorLines } = await runDemo("--audit");
  assertEquals([code, lines[0]?.split(" ")[0]], [1, "verdict"]);
  assertStringIncludes(errorLines.slice(0, 3).join(" "), "no traffic leaves this machine");
  assertMatch(errorLines.slice(-5).join("\n"), /^That was a simulation\. Try next:\n {2}deno task demo --audit /);
  assertEquals(errorLines.filter((line) => /INFO|WARN|ERROR/.test(line)), []);
});

Deno.test("--demo --audit tries v2 first, and v1 where v2 is not answered", async () => {
  const { peers } = await runDemo("--audit", "--format", "ndjson");
  const by = Map.groupBy(
    peers.filter(({ success }) => success),
    (peer) => `${peer.transport_protocol_type} ${peer.v2_fallback}`,
  );
  assertEquals([by.get("v2 false")?.length, by.get("v1 true")?.length, by.size], [100, 16, 2]);
});

Deno.test("An audit exits with 0 when no seed fails, and with 1 when one does", async () => {
  const names = { "seed.example": { a: ["127.0.0.1"] }, "x9.seed.example": { a: ["127.0.0.1"] } };
  const args = ["-c", "regtest", "--format", "ndjson", "seed.example"];
  const [good, bad] = await Promise.all([
    auditOf(nodeScript({ chain: REGTEST }), names, ...args),
    auditOf(nodeScript({ chain: REGTEST }), names, ...args, "no-such-seed.example"),
  ]);
  assertEquals([good.code, ...good.audits.map(shown)], [0, "seed.example warn no_ipv6"]);
  assertEquals([bad.code, ...bad.audits.map(shown)], [
    1,
    "seed.example warn no_ipv6",
    "no-such-seed.example fail no_address",
  ]);
  assertEquals(bad.audits[0]?.queries.map(({ name, matching }) => [name, matching]), [
    ["seed.example", null],
    ["x9.seed.example", 1],
  ]);
});

Deno.test("An audit does not dial unroutable addresses, except with --include-unroutable", async () => {
  const names = { "seed.example": { a: ["127.0.0.1"] }, "x9.seed.example": { a: ["127.0.0.1"] } };
  const args = ["-4", "--format", "ndjson", "seed.example"];
  const [without, withThem] = await Promise.all([
    auditOf(nodeScript(), names, ...args),
    auditOf(nodeScript(), names, ...args, "--include-unroutable"),
  ]);
  assertEquals([without.code, without.peers.length, ...without.audits.map(shown)], [
    1,
    0,
    "seed.example fail no_success unroutable",
  ]);
  assertEquals([withThem.code, withThem.peers.length, ...withThem.audits.map(shown)], [0, 1, "seed.example pass"]);
  assertEquals(withThem.audits[0]?.unroutable, 1);
});

/** The names that an audit asked for, in the order of the alphabet. */
async function namesAsked(...args: readonly string[]): Promise<string[]> {
  await using server = await startDns({});
  const { code } = await runProgram(["--audit", ...asking(server), ...args]);
  assertEquals(code, 1);
  return [...new Set(server.queries.map(({ name }) => name))].toSorted();
}

Deno.test("--audit without a target asks the seeds that Bitcoin Core ships for the chain, for what they support", async () => {
  const seeds = [
    ["dnsseed.bluematt.me", 1],
    ["dnsseed.emzy.de", 1],
    ["seed.bitcoin.jonasschnelli.ch", 4],
    ["seed.bitcoin.sprovoost.nl", 1],
    ["seed.bitcoin.wiz.biz", 1],
    ["seed.btc.petertodd.net", 4],
    ["seed.mainnet.achownodes.xyz", 14],
  ] as const;
  const names = await namesAsked();
  assertEquals(names.filter((name) => !/^x[0-9a-f]+\./.test(name)), seeds.map(([seed]) => seed));
  for (const [seed, count] of seeds) {
    assertEquals(names.filter((name) => name.endsWith(`.${seed}`)).length, count, seed);
  }
  assertEquals(await namesAsked("-c", "testnet4"), [
    "seed.testnet4.bitcoin.sprovoost.nl",
    "seed.testnet4.wiz.biz",
    "x9.seed.testnet4.bitcoin.sprovoost.nl",
    "x9.seed.testnet4.wiz.biz",
  ]);
});

Deno.test("--service-bits says which subdomains to ask, of known seeds and of others", async () => {
  const subdomains = ["x40c", "x5"];
  const seeds = ["seed.btc.petertodd.net", "seed.example"];
  const names = [...seeds, ...subdomains.flatMap((bits) => seeds.map((seed) => `${bits}.${seed}`))].toSorted();
  assertEquals(await namesAsked("--service-bits", "5,0x40C", ...seeds), names);
  assertEquals(await namesAsked("seed.example"), ["seed.example", "x9.seed.example"]);
});

Deno.test("--audit takes its seeds from a target file too", async () => {
  await using server = await startDns({});
  const args = ["--audit", "--format", "ndjson", ...asking(server), "--targets", "-", "one.example"];
  const { audits } = await runProgram(args, { stdin: "two.example # and a comment\n" });
  assertEquals(audits.map(({ seed }) => seed), ["one.example", "two.example"]);
});

Deno.test("An audit that is interrupted judges what is known, prints the summary, and exits with 130", {
  ignore: Deno.build.os === "windows",
}, async () => {
  await using peer = new SimulatedPeer(silentScript);
  await using server = await startDns({
    "seed.example": { a: ["127.0.0.1"] },
    "x9.seed.example": { a: "silent", aaaa: "silent" },
    "mute.example": { a: "silent", aaaa: "silent" },
  });
  const args = ["--audit", "-c", "regtest", "-t", "20", "-p", `${peer.address.port}`, "--format", "ndjson"];
  const result = await runProgram([...args, ...asking(server), "seed.example", "mute.example"], {
    signalAfter: { signal: "SIGINT", event: /"seed","target":"seed.example"/ },
  });
  assertEquals(result.code, 130);
  assertEquals(result.audits.map(({ seed, queries, addresses }) => [seed, queries.length, addresses]), [
    ["seed.example", 1, 1],
  ]);
  assertEquals(result.audits.map(shown), ["seed.example warn partial"]);
  assertEquals(result.audits.map(({ partial }) => partial), [true]);
  assertEquals([result.summary.interrupted, result.summary.targets], [true, 2]);
});

Deno.test("An audit that is interrupted in text shows the table of what is known", {
  ignore: Deno.build.os === "windows",
}, async () => {
  const accepted = Promise.withResolvers<void>();
  await using peer = new SimulatedPeer((link) => (accepted.resolve(), silentScript(link)));
  await using server = await startDns({
    "seed.example": { a: ["127.0.0.1"] },
    "x9.seed.example": { a: ["127.0.0.1"] },
  });
  const args = ["--audit", "-c", "regtest", "-4", "-t", "20", "-p", `${peer.address.port}`, ...asking(server)];
  const { code, lines } = await runProgram([...args, "seed.example"], {
    signalAfter: { signal: "SIGINT", event: accepted.promise },
  });
  assertEquals([code, lines.length], [130, 5]);
  assert(lines[1]?.startsWith("warn     seed.example "), lines[1]);
  assertEquals(lines[2], "         partial: interrupted after trying 0 of 1 addresses");
});

Deno.test("An audit says which family's query failed, in the record, in the reason and on standard error", async () => {
  const names = {
    "seed.example": { a: ["127.0.0.1"], aaaa: "silent" },
    "x9.seed.example": { a: ["127.0.0.1"], aaaa: ["::1"] },
  } as const;
  const args = ["-c", "regtest", "-t", "1", "--format", "ndjson", "seed.example"];
  const { audits, code, stderr } = await auditOf(nodeScript({ chain: REGTEST }), names, ...args);
  const failure = /^AAAA: no usable answer for seed\.example within 1 s/;
  const [record] = audits;
  assertEquals(record?.reasons.map(({ code }) => code).includes("dns_failure"), true);
  assertMatch(record?.reasons.find(({ code }) => code === "dns_failure")?.message ?? "", failure);
  assertEquals(record?.queries.map(({ a, aaaa, error }) => [a, aaaa, error?.code]), [
    [1, 0, "dns_timeout"],
    [1, 1, undefined],
  ]);
  assertMatch(record?.queries[0]?.error?.message ?? "", failure);
  assertStringIncludes(stderr, "cannot fully resolve seed.example: AAAA: no usable answer");
  assertEquals(code, 0);
});

Deno.test("An audit on a machine without IPv6 says so once, and blames no seed for it", {
  // What is unreachable at once: an address for documentation, in a network namespace with nothing but its loopback.
  ignore: Deno.build.os !== "linux",
}, async () => {
  const addresses = { a: ["127.0.0.1"], aaaa: ["2001:db8::7"] };
  await using peer = new SimulatedPeer(nodeScript({ chain: REGTEST }));
  await using server = await startDns({ "seed.example": addresses, "x9.seed.example": addresses });
  const args = ["-c", "regtest", "-t", "5", "--format", "ndjson", "-p", `${peer.address.port}`, ...asking(server)];
  const result = await runProgram(["--audit", ...args, "seed.example"]);
  const [record] = result.audits;
  // If there is IPv6, nothing answers there.
  if (record?.no_route === 0) return;
  const { verdict, no_route, success, failure, success_rate, errors } = record ?? {};
  assertEquals([verdict, no_route, success, failure, success_rate, errors], ["pass", 1, 1, 0, 1, {}]);
  assertEquals(result.errorLines.filter((line) => line.includes("this machine has no route to IPv6")).length, 1);
  assertEquals([result.summary.success, result.summary.failure, result.code], [1, 1, 0]);
});

Deno.test("An audit waits for a file descriptor when none is left, with a warning", {
  // All of 127.0.0.0/8 is this machine's own on Linux alone.
  ignore: Deno.build.os !== "linux",
}, async () => {
  await using peer = new SimulatedPeer(nodeScript({ chain: REGTEST }), { hostname: "0.0.0.0" });
  await using server = await startDns({ "seed.example": { a: Array.from({ length: 150 }, (_, i) => `127.0.1.${i}`) } });
  const limited = ["sh", "-c", 'ulimit -n 64; exec "$0" "$@"', ...programCommand()];
  const args = ["--audit", "-c", "regtest", "-4", "-p", `${peer.address.port}`, ...asking(server), "seed.example"];
  const { code, lines, stderr } = await runCommand([...limited, "-q", ...args]);
  assertEquals([code, ...lines.map((line) => line.split(": ").at(-1))], [0, "150", "0"]);
  assertStringIncludes(stderr, " WARN bitcoin-p2p-handshake: out of file descriptors");
});
