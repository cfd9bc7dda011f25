/**
 * The options for what is printed.
 *
 * @module
 */

import { oneOf } from "../../wire/argument.ts";
import type { Option } from "../option.ts";
import { word } from "../values.ts";

/** By long name, in the order of the help. */
export const OUTPUT_OPTIONS = {
  format: {
    group: "output",
    placeholder: "F",
    help: "Output format",
    excludes: ["check"],
    ...word(oneOf("text", "ndjson", "csv", "openmetrics", "seeds")),
    default: "text",
  },
  check: {
    group: "output",
    help: "Print one line with performance data, and exit with 0 to 3, as a plugin of Nagios or Icinga does",
    modes: ["scan", "audit"],
  },
  report: {
    group: "output",
    placeholder: "FILE.html",
    help: "Also write an HTML page with charts and every peer; needs --allow-write=FILE.html",
    file: "write",
    allowed: "a file name",
    parse: (text: string) => text === "" || text === "-" ? undefined : text,
  },
  trace: {
    group: "output",
    placeholder: "FORM",
    help: "In text: show every message with its fields, or draw each handshake as a Markdown diagram",
    modes: ["scan", "crawl"],
    excludes: ["check"],
    ...word(oneOf("text", "mermaid")),
    bare: "text",
  },
  "log-level": {
    group: "output",
    placeholder: "L",
    help: "Level of diagnostics on standard error",
    ...word(oneOf("debug", "info", "warn", "error")),
    default: "info",
    // Some monitoring systems take standard error for a part of the line.
    defaultWith: { check: "error" },
  },
  quiet: {
    group: "output",
    short: "q",
    help:
      "In text: print only the two count lines, of a crawl the tables too, and on standard error why handshakes failed",
  },
} as const satisfies Record<string, Option>;
