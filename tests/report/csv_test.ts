import { assertEquals, assertStringIncludes } from "@std/assert";
import type { AnyRecord } from "../../src/report/records.ts";
import { PEER_ROWS, type Rows, RUN_ROWS, SEED_ROWS } from "../../src/report/csv.ts";
import { auditOf, failedPeerOf, peerOf, runOf, summaryOf } from "../support/records.ts";

const SEED = { type: "seed", target: "seed.example", addresses: ["250.1.0.1"], error: null } as const;

/** The fields of a line according to RFC 4180, without quotes. */
function fields(line: string): string[] {
  const found = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)];
  assertEquals(found.map(([text]) => text).join(""), line);
  return found.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
}

/** The cells of a record, by column. */
function cells(rows: Rows, record: AnyRecord): Record<string, string> {
  const names = rows.header.split(",");
  const values = fields(rows.row(record) ?? "");
  assertEquals(values.length, names.length);
  return Object.fromEntries(names.map((name, i) => [name, values[i] ?? ""]));
}

Deno.test("PEER_ROWS has the keys of the record in their order, the error as three columns", () => {
  const keys = Object.keys(peerOf()).filter((key) => key !== "error");
  assertEquals(PEER_ROWS.header.split(","), [...keys, "error_code", "error_phase", "error_message"]);
});

Deno.test("PEER_ROWS shows a peer that shook hands", () => {
  assertEquals(
    PEER_ROWS.row(peerOf()),
    "peer,seed.example,250.1.0.1:8333,ipv4,true,v1,,false,70016,0000000000000c09,NETWORK|WITNESS|NETWORK_LIMITED|P2P_V2," +
      '"/Satoshi:31.0.0/",940000,true,-3,198.51.100.2:51234,true,"version|wtxidrelay|sendaddrv2|verack",11.2,83.4,163,198,,,',
  );
});

Deno.test("PEER_ROWS leaves unknown values empty, and shows the error", () => {
  assertEquals(
    PEER_ROWS.row(failedPeerOf("timeout")),
    'peer,seed.example,250.1.0.1:8333,ipv4,false,v1,,false,,,,,,,,,false,,,83.4,163,0,timeout,connect,"no connection within 10 s"',
  );
  assertEquals(cells(PEER_ROWS, peerOf({ servicesnames: [], startingheight: 0, subver: "" })).startingheight, "0");
});

Deno.test("PEER_ROWS quotes text from a peer, and doubles the quotes within", () => {
  const cases: [subver: string, field: string][] = [
    ["/a/", '"/a/"'],
    ["/a,b/", '"/a,b/"'],
    ['/a"b/', '"/a""b/"'],
    ['"', '""""'],
    ['/a b, "c"/', '"/a b, ""c""/"'],
    ["31", '"31"'],
    ["", ""],
  ];
  for (const [subver, field] of cases) {
    const record = peerOf({ subver });
    assertStringIncludes(PEER_ROWS.row(record) ?? "", `,${field},940000,`);
    assertEquals(cells(PEER_ROWS, record).subver, subver);
  }
});

Deno.test("PEER_ROWS escapes what would end a cell, and unprintable characters, like bytes of a peer", () => {
  const cases: [text: string, cell: string][] = [
    ["/x/;y;", "/x/\\x3by\\x3b"],
    ["/x/\t=y", "/x/\\x09=y"],
    ["/x/|y", "/x/\\x7cy"],
    ["/a\nb\rc/", "/a\\x0ab\\x0dc/"],
    ["\u202e\x7f\x9b\u2028", "\\u{202e}\\x7f\\x9b\\u{2028}"],
    ['x:"y', "x:\\x22y"],
    ["x:", "x\\x3a"],
    ["x ", "x\\x20"],
  ];
  for (const [text, cell] of cases) {
    const error = { code: "malformed_message", phase: "version", message: text } as const;
    const { subver, error_message } = cells(PEER_ROWS, peerOf({ subver: text, error }));
    assertEquals([subver, error_message], [cell, cell]);
  }
});

/** Separators that a spreadsheet may be set to: LibreOffice's own choice, its single ones, and what else there is. */
const SETTINGS = [",", ";", "\t", ",;\t", " ", "|", ":", ", ", "; "];

/** The cells that a spreadsheet makes of a line: a quote counts only at the beginning of a cell, after spaces. */
function split(line: string, separators: string): string[] {
  const plain = `[^${separators}]*`;
  const cell = new RegExp(`( *"(?:[^"]|"")*"${plain}|${plain})(?:[${separators}]|$)`, "gy");
  return [...line.matchAll(cell)].map(([, text = ""]) =>
    text.replace(/^ *"((?:[^"]|"")*)"/, "$1").replaceAll('""', '"')
  );
}

/** What would be evaluated: not a number, nor anything after a quote. */
function isFormula(cell: string): boolean {
  return /^\s*[=+@\uff0b\uff0d\uff1d\uff20-]/.test(cell) && !/^[+-]?[\d.]+$/.test(cell);
}

const PAYLOADS = [
  "=1+1",
  "+1+1",
  "-1+1",
  "@SUM(1+1)",
  "--1",
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("http://example/")',
  "＝1+1",
];

for (const separators of SETTINGS) {
  Deno.test(`No formula comes out of a row where the separators are ${JSON.stringify(separators)}`, () => {
    for (
      const before of [
        "",
        "/x/",
        " ",
        "  ",
        '"',
        '" ',
        "'",
        ...SETTINGS,
        ...SETTINGS.map((text) => `/x/${text} "`),
      ]
    ) {
      for (const payload of PAYLOADS) {
        const text = `${before}${payload}${before}`;
        const peer = peerOf({
          subver: text,
          messages: ["version", text, text],
          error: { code: "malformed_message", phase: "version", message: text },
        });
        const audit = auditOf({
          reasons: [{ code: "one_version", message: text }, { code: "behind", message: text }],
          user_agents: [[text, 2], [text, 1], ["x:", 1]],
        });
        for (const row of [PEER_ROWS.row(peer) ?? "", SEED_ROWS.row(audit) ?? ""]) {
          assertEquals(split(row, separators).filter(isFormula), [], row);
        }
      }
    }
  });
}

for (const separators of [",", ";", "\t", ",;\t", "|"]) {
  Deno.test(`What a peer says stays in one cell where the separators are ${JSON.stringify(separators)}`, () => {
    const texts = ["a;b", "a\tb", "a,b", "a|b", 'a";"b', 'a ";b', ';"b', '"a;b', 'a","b', "a\r\nb", ';";";', '|"a'];
    for (const subver of texts) {
      const error = { code: "malformed_message", phase: "version", message: subver } as const;
      const plain = split(PEER_ROWS.row(peerOf({ subver: "x", error: { ...error, message: "x" } })) ?? "", separators);
      assertEquals(split(PEER_ROWS.row(peerOf({ subver, error })) ?? "", separators).length, plain.length, subver);
    }
  });
}

Deno.test("PEER_ROWS leaves options that a message names", () => {
  const message = "no usable answer: check --dns-server, or choose another chain (--chain), not --x(1) or --1";
  const error = { code: "timeout", phase: "version", message } as const;
  const shown = message.replace(" --x", " \\x2d-x").replace(" --1", " \\x2d-1");
  assertEquals(cells(PEER_ROWS, peerOf({ error })).error_message, shown);
});

Deno.test("PEER_ROWS puts a quote before what a spreadsheet would take for a formula, but not before numbers", () => {
  const guarded = [
    "=1+1",
    "=",
    "+1+1",
    "-1-1",
    "@SUM(A1)",
    "-",
    "+",
    '=HYPERLINK("http://example/")',
    "-1e",
    "--1",
    "+a",
    "-.",
    "=1",
  ];
  for (const subver of guarded) assertEquals(cells(PEER_ROWS, peerOf({ subver })).subver, `'${subver}`, subver);
  const kept = ["-3", "+3", "-0.5", "+.5", "-1e9", "1+1", "/=1/", "\\x3d1", "a-1", "/x-1(+a)=/"];
  for (const subver of kept) assertEquals(cells(PEER_ROWS, peerOf({ subver })).subver, subver, subver);
  assertEquals(cells(PEER_ROWS, peerOf({ subver: "  =1" })).subver, "  \\x3d1");
  assertEquals(cells(PEER_ROWS, peerOf({ timeoffset: -3600 })).timeoffset, "-3600");
  assertEquals(PEER_ROWS.row(peerOf({ subver: '=A1,"x"' }))?.includes(`,"'=A1,""x""",`), true);
});

Deno.test("PEER_ROWS escapes the separator within the elements of a list", () => {
  assertEquals(cells(PEER_ROWS, peerOf({ messages: ["version", "a|b", "verack"] })).messages, "version|a\\x7cb|verack");
});

Deno.test("PEER_ROWS and SEED_ROWS make no row of other records", () => {
  for (const record of [SEED, summaryOf(), auditOf()]) assertEquals(PEER_ROWS.row(record), null);
  for (const record of [SEED, summaryOf(), peerOf()]) assertEquals(SEED_ROWS.row(record), null);
});

Deno.test("SEED_ROWS has a column for every key of the record, or one for each of its parts", () => {
  const names = SEED_ROWS.header.split(",");
  assertEquals(names.filter((name) => name.startsWith("queries_")).length, 7);
  const flattened = ["reasons", "queries", "connect_ms", "handshake_ms"];
  const keys = [...new Set(names.map((name) => flattened.find((key) => name.startsWith(`${key}_`)) ?? name))];
  assertEquals(keys, Object.keys(auditOf()));
});

Deno.test("SEED_ROWS shows an audited seed", () => {
  const record = auditOf({
    verdict: "fail",
    reasons: [{ code: "no_ipv6", message: "none, none" }, { code: "one_version", message: "all are /a|b/" }],
    errors: { timeout: 9, connection_refused: 2 },
    user_agents: [["=cmd|' /C calc'!A0", 12], ["/b=c/", 1]],
    success_rate: null,
    connect_ms: { p50: null, p90: null },
  });
  assertEquals(cells(SEED_ROWS, record), {
    type: "audit",
    seed: "seed.example",
    verdict: "fail",
    partial: "false",
    reasons_code: "no_ipv6|one_version",
    reasons_message: "none, none|all are /a\\x7cb/",
    queries_name: "seed.example|x9.seed.example",
    queries_service_bits: "|0000000000000009",
    queries_a: "10|10",
    queries_aaaa: "10|10",
    queries_elapsed_ms: "31.2|29.8",
    queries_matching: "|20",
    queries_error_code: "|",
    addresses: "20",
    ipv4: "10",
    ipv6: "10",
    unroutable: "0",
    no_route: "0",
    shared: "0",
    netgroups: "20",
    success: "20",
    failure: "0",
    success_rate: "",
    errors: "timeout=9|connection_refused=2",
    behind: "0",
    median_height: "940000",
    v2: "20",
    user_agents: "'=cmd\\x7c' /C calc'!A0=12|/b=c/=1",
    connect_ms_p50: "",
    connect_ms_p90: "",
    handshake_ms_p50: "95",
    handshake_ms_p90: "391.7",
  });
});

Deno.test("SEED_ROWS shows which of the queries failed", () => {
  const [own, ...rest] = auditOf().queries;
  const error = { code: "dns_timeout", phase: "dns", message: "no answer" } as const;
  const record = auditOf({ queries: own === undefined ? [] : [{ ...own, error }, ...rest] });
  assertEquals(cells(SEED_ROWS, record).queries_error_code, "dns_timeout|");
});

Deno.test("PEER_ROWS quotes what would end a cell in text from the user, too", () => {
  const row = (target: string) => PEER_ROWS.row(peerOf({ target }))?.split(",ipv4,")[0];
  assertEquals([row("a,b"), row('a"b')], ['peer,"a,b",250.1.0.1:8333', 'peer,"a""b",250.1.0.1:8333']);
});

Deno.test("RUN_ROWS shows a run with its networks and how it compares with the one before, if there was one", () => {
  const { type, run, started, ended, elapsed_ms, known, waiting, complete } = runOf();
  const networks = (["ipv4", "ipv6", "onion", "i2p", "cjdns"] as const).flatMap((network) => {
    const { known, dialled, success, v2, median_height } = runOf().networks[network];
    return Object.entries({ known, dialled, success, v2, median_height }).map(([key, value]) =>
      [`networks_${network}_${key}`, `${value}`] as const
    );
  });
  const shown = Object.entries({ type, run, started, ended, elapsed_ms, known, waiting, complete });
  assertEquals(cells(RUN_ROWS, runOf()), {
    ...Object.fromEntries(shown.map(([key, value]) => [key, `${value}`])),
    stopped_by: "",
    ...Object.fromEntries(networks),
    user_agents: "/Satoshi:31.0.0/=12000|/Satoshi:30.2.0/=8570",
    since_new: "120",
    since_back: "40",
    since_gone: "130",
    since_kept: "20410",
  });
  const first = cells(RUN_ROWS, runOf({ since: null, complete: false, stopped_by: "max_time", user_agents: [] }));
  assertEquals([first.since_new, first.since_back, first.since_gone, first.since_kept], ["", "", "", ""]);
  assertEquals([first.complete, first.stopped_by, first.user_agents], ["false", "max_time", ""]);
  assertEquals([RUN_ROWS.row(summaryOf()), PEER_ROWS.row(runOf())], [null, null]);
});
