import { assertEquals, assertStringIncludes } from "@std/assert";
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
        obsolete_version: 1,
        self_connection: 1,
        not_bitcoin: 1,
        timeout: 2,
        wrong_network: 1,
      },
      interrupted: false,
    });
    assertEquals(result.code, 0);
  }
});
