import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { CapturingPeer } from "../support/capture.ts";
import { asking, startDns } from "../support/dns.ts";
import { type ProgramOptions, type ProgramResult, runProgram } from "../support/program.ts";

const USAGE = "Usage: bitcoin-p2p-handshake [OPTIONS] <DNS_SEED>...";

/** Asserts that the program refused the command line with one line, in which all these texts are, and the usage. */
function assertUsageError(result: ProgramResult, texts: readonly string[]): void {
  const { code, stdout, errorLines } = result;
  assertEquals({ code, stdout, lines: errorLines.length }, { code: 2, stdout: "", lines: 2 }, result.stderr);
  const [error = "", usage] = errorLines;
  assert(error.startsWith("error: "), error);
  assertEquals(usage, USAGE);
  for (const text of texts) assertStringIncludes(error, text);
}

/** Runs the program with these arguments and a good target; fails when anything was sent. */
async function runUnsent(args: readonly string[], options?: ProgramOptions): Promise<ProgramResult> {
  await using peer = new CapturingPeer();
  await using server = await startDns({});
  const result = await runProgram([...asking(server), peer.target, ...args], options);
  assertEquals({ connections: peer.connections.length, queries: server.queries.length }, {
    connections: 0,
    queries: 0,
  });
  return result;
}

/** Of each kind of slip one; tests/cli/ has all of them, without the program. */
const SLIPS: Readonly<Record<string, readonly (readonly [args: readonly string[], ...texts: readonly string[]])[]>> = {
  "A bad value of any option is refused, with what is allowed": [
    [["--chain="], "--chain", "mainnet", "testnet4", "signet", "regtest", "namecoin"],
    [["--signet-challenge=0x51"], "--signet-challenge", "0x51", "bytes in hex"],
    [["--port=65536"], "--port", "65536", "65535"],
    [["--services=NETWORK,,WITNESS"], "--services", "NETWORK,,WITNESS", "0x"],
    [["--receiving-services=BEER"], "--receiving-services", "BEER", "WITNESS"],
    [["--transport=v3"], "--transport", "v3", "v1, v2, auto"],
    [["--timeout=NaN"], "--timeout", "NaN", "greater than 0 and at most"],
    [["--hold=-1"], "--hold", "-1", "seconds from 0"],
    [["--concurrency=0"], "--concurrency", "'0'", "1 to"],
    [["--dns-server=[::1"], "--dns-server", "[::1", "IP address"],
    [["--user-agent", "₿".repeat(86)], "--user-agent", "256 bytes"],
    [["--protocol-version=70016.5"], "--protocol-version", "70016.5", "integer"],
    [["--start-height=2147483648"], "--start-height", "2147483648", "2147483647"],
    [["--service-bits=9,,d"], "--service-bits", "9,,d", "hex"],
    [["--format="], "--format", "text", "ndjson", "csv"],
    [["--targets="], "--targets", "file"],
    [["--trace=html"], "--trace", "html", "text, mermaid"],
    [["--completions=sh"], "--completions", "'sh'", "bash, zsh, fish"],
    [["--log-level", "trace"], "--log-level", "trace", "debug", "info", "warn", "error"],
  ],
  "A bad value is refused in every form": [
    [["-c", "?"], "--chain", "'?'"],
    [["-c?"], "--chain", "'?'"],
    [["-qc?"], "--chain", "'?'"],
    [["--chain", "?"], "--chain", "'?'"],
  ],
  "An option without its value is refused, with what is allowed": [
    [["--timeout"], "--timeout", "greater than 0 and at most"],
    [["-qt"], "--timeout", "greater than 0 and at most"],
  ],
  "A flag with a value is refused": [[["--audit=yes"], "--audit", "yes", "no value"]],
  "An unknown option is refused, and what may have been meant is suggested": [
    [["--timout=3"], "--timout", "'--timeout'"],
    [["-qv"], "'-v' in '-qv'", "'--log-level debug'"],
    [["--__proto__=1"], "--__proto__"],
  ],
  "A value that is another program's word, or has capitals, is refused, and ours suggested": [
    [["--format=json"], "expected one of", "did you mean 'ndjson'?"],
    [["-cRegtest"], "expected one of", "did you mean 'regtest'?"],
  ],
  "A target that is an option without its dashes is refused, and the option suggested": [
    [["help"], "'help'", "a name with a dot", "did you mean '--help'?"],
  ],
  "A bad target is refused with its name, and the good ones are not scanned": [
    [[""], "''"],
    [["127.0.0.1:65536"], "'127.0.0.1:65536'"],
    [["::1:8333"], "'::1:8333'"],
    [["seed example"], "'seed example'"],
    [[`${"x.".repeat(127)}example`], `'${"x.".repeat(127)}example'`],
  ],
};

for (const [name, slips] of Object.entries(SLIPS)) {
  Deno.test(name, async () => {
    const results = await Promise.all(
      slips.map(async ([args, ...texts]) => ({ texts, result: await runUnsent(args) })),
    );
    for (const { result, texts } of results) assertUsageError(result, texts);
  });
}

Deno.test("An argument with a newline still makes one line of error", async () => {
  const args = [["a\nb"], ["--chain", "a\nb"], ["--quiet=a\nb"], ["--a\nb"], ["--targets", "a\nb"]];
  const results = await Promise.all(
    args.map((some) => runUnsent(some, { permissions: ["--allow-net", "--allow-read"] })),
  );
  for (const result of results) assertUsageError(result, []);
});

Deno.test("Unprintable characters of an argument are escaped in every error, and other scripts are not", async () => {
  const word = "файл\x1b\x7f\x9b\u202e\u2069\u200b\ufeff";
  const shown = "файл\\x1b\\x7f\\x9b\\u{202e}\\u{2069}\\u{200b}\\u{feff}";
  const forms = [[word], ["--chain", word], [`--quiet=${word}`], [`--${word}`], ["--targets", word], [
    "--report",
    word,
  ]];
  const results = await Promise.all(forms.map((args) => runUnsent(args)));
  for (const result of results) assertUsageError(result, [shown]);
  const report = await runUnsent(["--report", `${word}/page.html`], { permissions: ["--allow-net", "--allow-write"] });
  assertEquals([report.code, report.errorLines.length], [1, 1]);
  assertStringIncludes(report.stderr, `error: cannot write --report ${shown}/page.html: `);
});

Deno.test("No target at all is refused", async () => {
  assertUsageError(await runProgram([]), ["target"]);
  assertUsageError(await runProgram(["-q", "--"]), ["target"]);
});

for (const [what, text] of [["an empty", ""], ["only comments in the", "# none\n\n   # here\r\n"]] as const) {
  Deno.test(`No target but ${what} target file is refused`, async () => {
    const file = await Deno.makeTempFile();
    await Deno.writeTextFile(file, text);
    try {
      assertUsageError(await runProgram(["--targets", file], { permissions: ["--allow-net", "--allow-read"] }), [
        "--targets",
        file,
      ]);
      assertUsageError(await runProgram(["--targets", "-"], { stdin: text }), ["--targets", "-"]);
    } finally {
      await Deno.remove(file);
    }
  });
}

Deno.test("A target file that cannot be read is refused with its name", async () => {
  const permissions = ["--allow-net", "--allow-read"];
  const directory = await Deno.makeTempDir();
  try {
    for (const file of [`${directory}/none`, directory]) {
      assertUsageError(await runUnsent(["--targets", file], { permissions }), ["--targets", file]);
    }
  } finally {
    await Deno.remove(directory);
  }
});

Deno.test("--demo with targets is refused", async () => {
  assertUsageError(await runUnsent(["--demo"]), ["--demo", "target"]);
  assertUsageError(await runProgram(["--demo", "--targets", "-"], { stdin: "127.0.0.1:1\n" }), ["--demo", "target"]);
});

Deno.test("--demo --audit with targets is refused", async () => {
  assertUsageError(await runUnsent(["--demo", "--audit"]), ["--demo", "target"]);
});

for (const target of ["127.0.0.1", "[::1]:8333", "seed.example:8333"]) {
  Deno.test(`--audit of ${target} is refused: that is not a seed`, async () => {
    const what = target.startsWith("seed") ? "--port" : "not an address";
    for (const args of [["seed.example", target], [target]]) {
      assertUsageError(await runProgram(["--audit", ...args]), [`'${target}'`, "name of a DNS seed", what]);
    }
    assertUsageError(await runProgram(["--audit", "--targets", "-"], { stdin: `seed.example\n${target}\n` }), [target]);
  });
}

Deno.test("--audit without a target is refused on a chain without seeds, and with an empty target file", async () => {
  for (const chain of ["regtest", "namecoin"]) {
    assertUsageError(await runProgram(["--audit", "-c", chain]), ["no target", chain]);
  }
  assertUsageError(await runProgram(["--audit", "--targets", "-"], { stdin: "# none\n" }), [
    "no target",
    "--targets -",
  ]);
});

Deno.test("What the demo would ignore is refused with it", async () => {
  assertUsageError(await runProgram(["--demo", "--port", "8333"]), ["--demo", "--port"]);
  assertUsageError(await runProgram(["--demo", "--audit", "--dns-server", "127.0.0.1"]), ["--demo", "--dns-server"]);
  assertUsageError(await runProgram(["--demo", "--audit", "--include-unroutable"]), ["--demo", "--include-unroutable"]);
});

Deno.test("The options of an audit are refused without --audit", async () => {
  assertUsageError(await runUnsent(["--service-bits", "9"]), ["--service-bits", "--audit"]);
  assertUsageError(await runUnsent(["--include-unroutable"]), ["--include-unroutable", "--audit"]);
  assertUsageError(await runProgram(["--demo", "--include-unroutable"]), ["--include-unroutable", "--audit"]);
});
