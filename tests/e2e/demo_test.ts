import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type Schema, validate } from "../support/json_schema.ts";
import { runDemo, runProgram } from "../support/program.ts";
import { HAS_TERMINAL, onTerminal } from "../support/terminal.ts";

const SCHEMA: Schema = JSON.parse(Deno.readTextFileSync(new URL("../../src/report/schema.json", import.meta.url)));

Deno.test("--demo in text has the same counts, always, needs --allow-net only, and exits with 0", async () => {
  const variants = [[], ["-q"], ["--timeout", "1"], ["-c", "regtest"]];
  const results = await Promise.all(variants.map((args) => runDemo(...args)));
  for (const { code, lines } of results) {
    assertEquals(code, 0);
    assertStringIncludes(lines.at(-2) ?? "", "Handshake Success Count: 13");
    assertStringIncludes(lines.at(-1) ?? "", "Handshake Failure Count: 8");
  }
  assertEquals(results.map(({ lines }) => lines.length), [23, 2, 23, 23]);
});

Deno.test("--demo in ndjson has the same counts on any chain, and records that are what the schema says", async () => {
  const chains = ["mainnet", "regtest", "namecoin"];
  const results = await Promise.all(chains.map((name) => runDemo("--format", "ndjson", "-c", name)));
  for (const [i, result] of results.entries()) {
    for (const record of result.records) assertEquals(validate(record, SCHEMA), [], JSON.stringify(record));
    const { elapsed_ms: _elapsed, ...summary } = result.summary;
    assertEquals<unknown>(summary, {
      type: "summary",
      chain: chains[i],
      targets: 22,
      peers: 21,
      success: 13,
      failure: 8,
      verack_missing: 1,
      errors: {
        connection_refused: 1,
        not_bitcoin: 1,
        not_found: 1,
        obsolete_version: 1,
        self_connection: 1,
        timeout: 2,
        wrong_network: 1,
      },
      interrupted: false,
      crawl: null,
    });
    assertEquals(result.code, 0);
  }
});

Deno.test("--demo shows peers over v2, peers over v1 alone, and a peer over v2 alone", async () => {
  const args = ["--format", "ndjson"];
  const [auto, v1, v2] = await Promise.all([
    runDemo(...args, "-c", "mainnet"),
    runDemo(...args, "--transport", "v1"),
    runDemo(...args, "--transport", "v2"),
  ]);
  const transports = ({ peers }: typeof auto) =>
    peers.filter(({ success }) => success).map(({ transport_protocol_type: type, v2_fallback }) =>
      `${type} ${v2_fallback}`
    );
  assertEquals(
    Map.groupBy(transports(auto), (one) => one).entries().map(([one, all]) => [one, all.length]).toArray().toSorted(),
    [
      ["v1 true", 3],
      ["v2 false", 10],
    ],
  );
  assertEquals(transports(v1), new Array(12).fill("v1 false"));
  assertEquals(transports(v2), new Array(10).fill("v2 false"));
  assertEquals(v1.summary.errors.connection_closed, 1);
  assertEquals(v2.summary.errors.v2_not_supported, 7);
  const ids = auto.peers.flatMap(({ session_id }) => session_id ?? []);
  assert(new Set(ids).size === ids.length && ids.length >= 10);
});

/** The lines without what is only known when they are printed: times, ports, the services of peers. */
function kinds(lines: readonly string[]): string[] {
  return lines.map((line) => /succeeded|failed|VERACK|Count/.exec(line)?.[0] ?? line);
}

Deno.test("--demo says first that it is simulated, then what works, then what fails on purpose, and last what to try", async () => {
  const { lines, errorLines } = await runDemo();
  assertStringIncludes(errorLines.slice(0, 2).join(" "), "no traffic leaves this machine");
  assertEquals(kinds(lines.slice(0, 12)), new Array(12).fill("succeeded"));
  assertEquals(kinds(lines.slice(-2)), ["Count", "Count"]);
  const rest = lines.slice(12, -2);
  assertEquals([rest.length, rest.filter((line) => !/ on_purpose=("[^"]+"|\w+)$/.test(line))], [9, []]);
  assertEquals(errorLines.filter((line) => /WARN|ERROR/.test(line)), []);
  assertMatch(errorLines.find((line) => line.includes("cannot resolve")) ?? "", /\(on purpose: .*\)$/);
  assertMatch(errorLines.slice(-6).join("\n"), /^That was a simulation\. Try next:\n {2}deno task demo /);
});

Deno.test("What the demo says of itself is not among its results, and -q and --log-level warn do without", async () => {
  const [ndjson, csv, quiet, warnings] = await Promise.all(
    [["--format", "ndjson", "-c", "mainnet"], ["--format", "csv"], ["-q"], ["--log-level", "warn"]].map((args) =>
      runDemo(...args)
    ),
  );
  assertEquals(ndjson?.records.length, 21 + 19 + 1);
  assertEquals(csv?.lines.length, 21 + 1);
  assertEquals([ndjson, csv].map((result) => result?.stderr.includes("no traffic leaves this machine")), [true, true]);
  assertEquals([quiet, warnings].map((result) => result?.stderr.includes("simulated")), [false, false]);
});

Deno.test("--demo takes a few seconds, and respects -t", async () => {
  const args = ["--format", "ndjson"];
  const [usual, short] = await Promise.all([runProgram(["--demo", ...args]), runDemo(...args, "-c", "mainnet")]);
  const late = (result: typeof usual) => result.peers.flatMap(({ error }) => error?.code === "timeout" ? [error] : []);
  // By its own clock no more than three: one that stands still while there is something to do.
  assertEquals(usual.summary.elapsed_ms < 10_000, true);
  assertEquals(late(usual).map(({ message }) => message).toSorted(), ["no verack within 2 s", "no version within 2 s"]);
  assertEquals(late(short).map(({ message }) => message).toSorted(), [
    "no verack within 0.5 s",
    "no version within 0.5 s",
  ]);
});

for (const args of [["--demo"], ["--demo", "--audit"]]) {
  for (const permission of ["--no-prompt", "--deny-net", "--allow-net=192.0.2.1"]) {
    Deno.test(`${args.join(" ")} under ${permission} names the flag to add, and the whole command`, async () => {
      const { code, stdout, errorLines } = await runProgram(args, { permissions: [permission] });
      assertEquals([code, stdout, errorLines.length], [2, "", 2]);
      assertMatch(
        errorLines[0] ?? "",
        /^error: --demo needs .*: run again with --allow-net, as in: deno run .*--allow-net /,
      );
      assertEquals(errorLines[0]?.endsWith(`main.ts ${args.join(" ")}`), true, errorLines[0]);
    });
  }

  Deno.test(`${args.join(" ")} needs no more of the network than 127.0.0.1`, async () => {
    const quick = [...args, "-t", "0.5", "--transport", "v1", "--format", "ndjson", "-q"];
    const result = await runProgram(quick, { permissions: ["--allow-net=127.0.0.1"] });
    assertEquals(result.stderr.includes("permission_denied"), false);
    assertEquals(JSON.parse(result.lines.at(-1) ?? "").success, args.includes("--audit") ? 116 : 12);
  });
}

Deno.test(
  "--demo asks on a terminal for no more of the network than it was given",
  { ignore: !HAS_TERMINAL },
  async () => {
    const shown = await onTerminal(["--demo", "-t", "0.5", "-q"], { permissions: ["--allow-net=127.0.0.1"] });
    assertEquals(/requests? net access/.exec(shown), null);
    assertStringIncludes(shown, "Handshake Success Count: 13");
  },
);
