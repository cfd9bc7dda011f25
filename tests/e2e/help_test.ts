import { assertEquals, assertStringIncludes } from "@std/assert";
import { SCRIPTS } from "../../src/cli/completions.ts";
import { PROGRAM_VERSION } from "../../src/scan/program.ts";
import { runProgram } from "../support/program.ts";
import { HAS_TERMINAL, onTerminal } from "../support/terminal.ts";

const OPTIONS = [
  "-c, --chain <CHAIN>",
  "-p, --port <PORT>",
  "-s, --services <BITS>",
  "-r, --receiving-services <BITS>",
  "-t, --timeout <SECONDS>",
  "-j, --concurrency <N>",
  "-4, ",
  "-6, ",
  "--dns-server <IP[:PORT]>",
  "--user-agent <UA>",
  "--protocol-version <N>",
  "--start-height <N>",
  "--relay",
  "--audit",
  "--service-bits <HEX,HEX,...>",
  "--include-unroutable",
  "--format <F>",
  "--targets <FILE>",
  "--report <FILE.html>",
  "--log-level <L>",
  "-q, --quiet",
  "--demo",
  "--completions <SHELL>",
  "-h, --help",
  "-V, --version",
];

for (const option of ["--help", "-h"]) {
  Deno.test(`${option} prints every option on stdout and exits with 0`, async () => {
    const { code, stdout, stderr, lines } = await runProgram([option], { permissions: [] });
    assertEquals({ code, stderr }, { code: 0, stderr: "" });
    assertStringIncludes(stdout, "Usage: bitcoin-p2p-handshake [OPTIONS] <DNS_SEED>...");
    const shown = lines.map((line) => line.trim());
    assertEquals(OPTIONS.filter((form) => !shown.some((line) => line.startsWith(form))), []);
  });
}

for (const option of ["--version", "-V"]) {
  Deno.test(`${option} prints name and version on stdout and exits with 0`, async () => {
    const { code, stdout, stderr } = await runProgram([option], { permissions: [] });
    assertEquals({ code, stdout, stderr }, {
      code: 0,
      stdout: `bitcoin-p2p-handshake ${PROGRAM_VERSION}\n`,
      stderr: "",
    });
  });
}

Deno.test("--help tells the defaults and the choices", async () => {
  const { stdout } = await runProgram(["--help"], { permissions: [] });
  const expected = [
    "mainnet, main, testnet3, testnet, test, testnet4, signet, regtest, regnet, namecoin",
    "[default: mainnet]",
    "[default: 10]",
    "[default: 512]",
    `[default: /bitcoin-p2p-handshake:${PROGRAM_VERSION}/]`,
    "[default: 70016]",
    "[default: text]",
    "text, ndjson, csv",
    "debug, info, warn, error",
  ];
  const text = stdout.replace(/\s+/g, " ");
  assertEquals(expected.filter((part) => !text.includes(part)), []);
});

/** The length of the longest line of a text. */
function width(text: string): number {
  return Math.max(...text.split(/\r?\n/).map(({ length }) => length));
}

Deno.test("--help fits the terminal, and 80 columns where there is none", { ignore: !HAS_TERMINAL }, async () => {
  const [narrow, usual, wide, unknown] = await Promise.all(
    [40, 80, 200, undefined].map((columns) => onTerminal(["--help"], { columns, permissions: [] })),
  );
  const { stdout } = await runProgram(["--help"], { permissions: [] });
  assertEquals([narrow, usual, wide].map((text = "") => Math.ceil(width(text) / 20) * 20), [40, 80, 100]);
  assertEquals([usual, unknown].map((text) => text?.replaceAll("\r\n", "\n")), [stdout, stdout]);
});

for (const shell of ["bash", "zsh", "fish"] as const) {
  Deno.test(`--completions ${shell} prints completions on stdout and exits with 0`, async () => {
    const { code, stdout, stderr } = await runProgram(["--completions", shell], { permissions: [] });
    assertEquals({ code, stdout, stderr }, { code: 0, stdout: `${SCRIPTS[shell]()}\n`, stderr: "" });
  });
}

Deno.test("--help wins over targets, which are not scanned", async () => {
  const [alone, withTarget] = await Promise.all([runProgram(["--help"]), runProgram(["127.0.0.1:1", "--help"])]);
  assertEquals([withTarget.code, withTarget.stdout], [0, alone.stdout]);
});
