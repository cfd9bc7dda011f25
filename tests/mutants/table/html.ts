import { type Mutant, mutantsOf } from "../mutant.ts";

/** Mutants of `src/report/html/`. */
export const HTML: readonly Mutant[] = [
  ...mutantsOf("report/html/audits.ts", [
    [
      "html-audits-in-their-order",
      "VERDICTS.flatMap((verdict) => audits.filter((audit) => audit.verdict === verdict))",
      "audits",
    ],
    ["html-reason-without-code", "<code>${code}</code> ${cut(message)}", "${cut(message)}"],
    ["html-service-bits-in-full", 'service_bits.replace(/^0+(?=.)/, "")', "service_bits"],
  ]),
  ...mutantsOf("report/html/bars.ts", [
    ["html-bar-of-none", "part === 0 ? 0 : Math.max", "Math.max"],
    ["html-bar-too-short-to-see", "Math.max(LEAST_BAR, part / whole * 100)", "part / whole * 100"],
    ["html-rows-not-folded", "rows.length <= OPEN_ROWS + 1", "true"],
    ["html-folded-rows-unbounded", "others.slice(0, FOLDED_ROWS)", "others.slice(0)"],
  ]),
  ...mutantsOf("report/html/charts.ts", [
    ["html-phases-dropped", "note: phases(failed.filter((peer) => outcome(peer) === label)),", ""],
    ["html-unknown-heights-dropped", "if (unknown > 0) rows.push", "if (false) rows.push"],
    ["html-axes-differ", "decades([...connects, ...handshakes])", "decades(handshakes)"],
  ]),
  ...mutantsOf("report/html/escape.ts", [
    ["html-less-than-unescaped", `["<", "&lt;"],`, `["<", "<"],`],
    ["html-quote-unescaped", `['"', "&quot;"],`, `['"', '"'],`],
    ["html-apostrophe-unescaped", `["'", "&#39;"],`, `["'", "'"],`],
    ["html-ampersand-unescaped", `["&", "&amp;"],`, `["&", "&"],`],
    ["html-unseen-characters-unescaped", String.raw`/[&<>"'\p{C}]/gu`, `/[&<>"']/gu`],
    ["html-values-unescaped", "escapeHtml(String(content));", "String(content);"],
  ]),
  ...mutantsOf("report/html/histogram.ts", [
    ["html-bars-upside-down", `y="\${point(BOTTOM - height)}"`, `y="\${point(TOP)}"`],
    ["html-count-axis-off", "scale(count, 0, most, BOTTOM, TOP)", "scale(count, 0, 2 * most, BOTTOM, TOP)"],
  ]),
  ...mutantsOf("report/html/page.ts", [
    ["html-any-script-may-run", "`script-src ${hash(SCRIPT)}`", "`script-src 'unsafe-inline'`"],
    ["html-any-style-may-be-used", "`style-src ${hash(STYLE)}`", "`style-src 'unsafe-inline'`"],
    ["html-interruption-not-said", "interrupted ? interruption : null", "null"],
    ["html-audit-not-first", "audits.length > 0\n    ? [{ id", "audits.length > 99\n    ? [{ id"],
  ]),
  ...mutantsOf("report/html/peers.ts", [
    [
      "html-peer-error-unescaped",
      'escapeHtml(content === null ? "" : cut(String(content)))',
      '(content === null ? "" : cut(String(content)))',
    ],
    ["html-last-part-of-peers-dropped", "from < listed.length;", "from + FOLDED_ROWS < listed.length;"],
    ["html-rows-unbounded", "MAX_ROWS_SIZE = 4_400_000", "MAX_ROWS_SIZE = 44_000_000"],
    ["html-sample-of-the-first", "limit * (i + 1) / rows.length", "limit"],
    ["html-missing-verack-unsaid", `verack ? "success" : "success, no verack"`, `"success"`],
  ]),
  ...mutantsOf("report/html/script.ts", [
    ["html-empty-cells-first", `Number(a === "") - Number(b === "")`, `Number(b === "") - Number(a === "")`],
    ["html-query-of-any-word", ".every((word)", ".some((word)"],
    ["html-query-of-one-case", "query.toLowerCase()", "query"],
  ]),
  ...mutantsOf("report/html/seeds.ts", [
    ["html-shared-peers-not-counted", " ?? byAddress.get(ip))", ")"],
    ["html-peers-by-address-alone", "byAddress.get(`${seed.target} ${ip}`) ?? ", ""],
    ["html-best-seed-first", "successRate(a) - successRate(b)", "successRate(b) - successRate(a)"],
    ["html-unresolved-seed-not-worst", "return -1;", "return 1;"],
  ]),
  ...mutantsOf("report/html/stats.ts", [
    ["html-tally-least-first", "toSorted(([, a], [, b]) => b - a)", "toSorted(([, a], [, b]) => a - b)"],
    ["html-bin-edge-in-the-lower", "edge <= time", "edge < time"],
    [
      "html-height-class-off-by-one",
      `["7 to 144 behind, up to a day", -144]`,
      `["7 to 144 behind, up to a day", -143]`,
    ],
    ["html-share-of-nothing", `whole === 0 ? "–" : `, ""],
  ]),
  ...mutantsOf("report/html/text.ts", [
    ["html-texts-not-cut", "text.length <= MAX_TEXT", "true"],
  ]),
];
