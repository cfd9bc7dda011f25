import { assertEquals } from "@std/assert";
import { exposition } from "../../../src/report/openmetrics/exposition.ts";
import { escapeText } from "../../../src/wire/escape.ts";
import { readOpenMetrics } from "../../support/openmetrics.ts";

Deno.test("exposition() describes each family before its samples, and ends with # EOF", () => {
  const text = exposition([{
    name: "age_seconds",
    type: "gauge",
    help: "How old it is.",
    unit: "seconds",
    samples: [{ labels: { of: "it" }, value: 1.5 }],
  }], { chain: "mainnet" });
  assertEquals(
    text,
    "# TYPE bitcoin_p2p_handshake_age_seconds gauge\n" +
      "# UNIT bitcoin_p2p_handshake_age_seconds seconds\n" +
      "# HELP bitcoin_p2p_handshake_age_seconds How old it is.\n" +
      'bitcoin_p2p_handshake_age_seconds{chain="mainnet",of="it"} 1.5\n' +
      "# EOF\n",
  );
});

Deno.test("exposition() leaves out a family without samples", () => {
  assertEquals(exposition([{ name: "none", type: "gauge", help: "None.", samples: [] }], {}), "# EOF\n");
});

Deno.test("exposition() lets no label end early, whatever is in it", () => {
  for (const label of ['a"} 1', "a\\", '\\"', "a\nb 1", "\u2028", "\x1b[2J", "ä"]) {
    const samples = [{ labels: { label }, value: 1 }];
    const text = exposition([{ name: "one", type: "gauge", help: "One.", samples }], {});
    const [sample] = readOpenMetrics(text).get("bitcoin_p2p_handshake_one")?.samples ?? [];
    assertEquals(sample?.labels.label, escapeText(label));
  }
});
