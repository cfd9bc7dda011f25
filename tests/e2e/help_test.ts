import { assertEquals, assertStringIncludes } from "@std/assert";
import { VERSION } from "../../src/wire/user_agent.ts";
import { runProgram } from "../support/program.ts";

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
    assertEquals({ code, stdout, stderr }, { code: 0, stdout: `bitcoin-p2p-handshake ${VERSION}\n`, stderr: "" });
  });
}

Deno.test("--help tells the defaults and the choices", async () => {
  const { stdout } = await runProgram(["--help"], { permissions: [] });
  const expected = [
    "mainnet, main, testnet3, testnet, test, testnet4, signet, regtest, regnet, namecoin",
    "[default: mainnet]",
    "[default: 10]",
    "[default: 512]",
    `[default: /bitcoin-p2p-handshake:${VERSION}/]`,
    "[default: 70016]",
    "[default: text]",
    "text, ndjson, csv",
    "debug, info, warn, error",
  ];
  assertEquals(expected.filter((text) => !stdout.includes(text)), []);
});

Deno.test("--help wins over targets, which are not scanned", async () => {
  const [alone, withTarget] = await Promise.all([runProgram(["--help"]), runProgram(["127.0.0.1:1", "--help"])]);
  assertEquals([withTarget.code, withTarget.stdout], [0, alone.stdout]);
});
