import { type Mutant, mutantsOf } from "../mutant.ts";

/** Mutants of `src/report/`. */
export const REPORT: readonly Mutant[] = [
  ...mutantsOf("report/ndjson.ts", [
    ["ndjson-on-many-lines", "JSON.stringify(record)", "JSON.stringify(record, null, 1)"],
  ]),
  ...mutantsOf("report/text.ts", [
    [
      "text-counts-swapped",
      "return [`Handshake Success Count: ${success}`, `Handshake Failure Count: ${failure}`];",
      "return [`Handshake Failure Count: ${failure}`, `Handshake Success Count: ${success}`];",
    ],
    ["text-equals-sign-unquoted", String.raw`/[\s"=]/`, String.raw`/[\s"]/`],
    ["text-space-unquoted", String.raw`/[\s"=]/`, `/["=]/`],
    ["text-quotes-unescaped", `value.replaceAll('"', '\\\\"')`, "value"],
    ["text-empty-value-unquoted", `value === "" || `, ""],
    ["text-null-shown", "    .filter(([, value]) => value !== null)\n", ""],
    ["text-no-services-empty", `servicesnames?.join("|") || "NONE"`, `servicesnames?.join("|") ?? "NONE"`],
    ["text-time-in-tenths", "`${Math.round(handshake_ms)}ms`", "`${handshake_ms}ms`"],
    ["text-missing-verack-is-success", "if (!record.verack) return", "if (false) return"],
    ["text-missing-verack-hides-the-error", "if (error !== null) {", "if (error !== null && record.verack) {"],
    ["text-phase-dropped", "pairs({ peer: addr, code, phase, time })", "pairs({ peer: addr, code, time })"],
  ]),
];
