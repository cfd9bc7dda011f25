import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { CHAINS } from "../../src/wire/chains.ts";
import { runProgram } from "../support/program.ts";

Deno.test("--demo in text has the same counts, always, needs --allow-net only, and exits with 0", async () => {
  const results = await Promise.all([[], ["-q"], ["--timeout", "0.001"], ["-c", "regtest"]].map((args) => {
    return runProgram(["--demo", ...args], { permissions: ["--allow-net", "--no-prompt"] });
  }));
  for (const { code, lines } of results) {
    assertEquals(code, 0);
    assertStringIncludes(lines.at(-2) ?? "", "Handshake Success Count: 11");
    assertStringIncludes(lines.at(-1) ?? "", "Handshake Failure Count: 7");
  }
  assertEquals(results.map(({ lines }) => lines.length), [20, 2, 20, 20]);
});

Deno.test("--demo in ndjson has the same counts on every chain", async () => {
  const chains = CHAINS.map(({ name }) => name);
  const results = await Promise.all(chains.map((name) => runProgram(["--demo", "--format", "ndjson", "-c", name])));
  for (const [i, result] of results.entries()) {
    const { elapsed_ms: _elapsed, ...summary } = result.summary;
    assertEquals<unknown>(summary, {
      type: "summary",
      chain: chains[i],
      targets: 19,
      peers: 18,
      success: 11,
      failure: 7,
      verack_missing: 1,
      errors: {
        connection_refused: 1,
        not_bitcoin: 1,
        obsolete_version: 1,
        self_connection: 1,
        timeout: 2,
        wrong_network: 1,
      },
      interrupted: false,
    });
    assertEquals(result.code, 0);
  }
});

Deno.test("--demo shows peers over v2, peers over v1 alone, and a peer over v2 alone", async () => {
  const args = ["--demo", "--format", "ndjson"];
  const [auto, v1, v2] = await Promise.all([
    runProgram(args),
    runProgram([...args, "--transport", "v1"]),
    runProgram([...args, "--transport", "v2"]),
  ]);
  const transports = ({ peers }: typeof auto) =>
    peers.filter(({ success }) => success).map(({ transport_protocol_type: type, v2_fallback }) =>
      `${type} ${v2_fallback}`
    );
  assertEquals(
    Map.groupBy(transports(auto), (one) => one).entries().map(([one, all]) => [one, all.length]).toArray().toSorted(),
    [
      ["v1 true", 3],
      ["v2 false", 8],
    ],
  );
  assertEquals(transports(v1), new Array(10).fill("v1 false"));
  assertEquals(transports(v2), new Array(8).fill("v2 false"));
  assertEquals(v1.summary.errors.connection_closed, 1);
  assertEquals(v2.summary.errors.v2_not_supported, 7);
  const ids = auto.peers.flatMap(({ session_id }) => session_id ?? []);
  assert(new Set(ids).size === ids.length && ids.length >= 8);
});
