import { type Mutant, mutantsOf } from "../mutant.ts";

/** Mutants of `src/report/`. */
export const REPORT: readonly Mutant[] = [
  ...mutantsOf("report/ndjson.ts", [
    ["ndjson-on-many-lines", "JSON.stringify(record)", "JSON.stringify(record, null, 1)"],
  ]),
  ...mutantsOf("report/csv.ts", [
    ["csv-line-ends-of-unix", `CSV_LINE_END = "\\r\\n"`, `CSV_LINE_END = "\\n"`],
    ["csv-quotes-single", `text.replaceAll('"', '""')`, "text"],
    ["csv-commas-unquoted", String.raw`/[",\r\n]/`, String.raw`/["\r\n]/`],
    ["csv-line-ends-unquoted", String.raw`/[",\r\n]/`, `/[",]/`],
    ["csv-formulas", "&& !isNumber(text) ? `'${text}`", "&& false ? `'${text}`"],
    ["csv-formulas-with-at", "/^[=+@-]/", "/^[=+-]/"],
    ["csv-formulas-with-minus", "/^[=+@-]/", "/^[=+@]/"],
    ["csv-numbers-guarded", " && !isNumber(text)", ""],
    ["csv-formulas-that-begin-with-a-number", "(e[+-]?\\d+)?$/i", "/i"],
    ["csv-separator-unescaped", `.replaceAll("|", "\\\\x7c")`, ""],
    ["csv-null-shown", `String(cell ?? "")`, "String(cell)"],
    ["csv-rows-of-everything", "isRow(record) ? flat", "true ? flat"],
  ]),
  ...mutantsOf("report/table.ts", [
    ["table-best-first", "VERDICTS.flatMap", "VERDICTS.toReversed().flatMap"],
    ["table-always-coloured", "color: boolean = false", "color: boolean = true"],
    ["table-fail-is-green", String.raw`fail: "\x1b[31m"`, String.raw`fail: "\x1b[32m"`],
    ["table-81-columns", "WIDTH = 80", "WIDTH = 81"],
    ["table-rate-rounded", "Math.floor(success * 100", "Math.round(success * 100"],
    ["table-rate-of-nothing", `success + failure === 0 ? "-"`, `false ? "-"`],
    ["table-long-name-in-line", "rest.length === 0 && first.length <= SEED_WIDTH", "rest.length === 0"],
    ["table-reasons-too-wide", "WIDTH - INDENT - GAP.length)", "WIDTH - INDENT)"],
    ["table-reasons-dropped", ", ...reasons.flatMap(reasonLines)]", "]"],
    ["table-long-words-whole", 'word.match(new RegExp(`.{1,${width}}`, "g")) ?? [""]', "[word]"],
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
    ["text-null-shown", "if (value !== null) text", "text"],
    ["text-no-services-empty", `servicesnames?.join("|") || "NONE"`, `servicesnames?.join("|") ?? "NONE"`],
    ["text-time-in-tenths", "`${Math.round(handshake_ms)}ms`", "`${handshake_ms}ms`"],
    ["text-missing-verack-is-success", "if (!record.verack) return", "if (false) return"],
    ["text-missing-verack-hides-the-error", "if (error !== null) {", "if (error !== null && record.verack) {"],
    ["text-phase-dropped", "pairs({ peer: addr, code, phase, time })", "pairs({ peer: addr, code, time })"],
  ]),
];
