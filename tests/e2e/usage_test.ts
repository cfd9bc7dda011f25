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

const BAD_VALUES: Readonly<Record<string, { values: readonly string[]; allowed: readonly string[] }>> = {
  chain: { values: ["", "Mainnet", "bitcoin"], allowed: ["mainnet", "testnet4", "signet", "regtest", "namecoin"] },
  "signet-challenge": {
    values: ["", "5", "0x51", "51 52", "OP_TRUE", "51".repeat(10_001)],
    allowed: ["script in hex", "10000 bytes"],
  },
  port: { values: ["", "0", "65536", "-1", "http", "8333.0", "0x10", " 1"], allowed: ["1", "65535"] },
  services: {
    values: ["", "-1", "18446744073709551616", "0x", "BEER", "NETWORK,,WITNESS"],
    allowed: ["0x", "WITNESS"],
  },
  "receiving-services": { values: ["", "0x10000000000000000", "NETWORK|WITNESS"], allowed: ["0x", "WITNESS"] },
  timeout: { values: ["", "0", "0.0", "-1", "ten", "10s", "1e3", "Infinity", "NaN"], allowed: ["greater than 0"] },
  hold: { values: ["", "-1", "1e3", "1m", "2147484", "NaN"], allowed: ["seconds from 0"] },
  concurrency: { values: ["", "0", "-1", "1.5", "many", "1e3"], allowed: ["1"] },
  "dns-server": {
    values: ["", "dns.example", "127.0.0.1:0", "127.0.0.1:65536", "1.2.3", "[::1", "::1:53:x"],
    allowed: ["IP address"],
  },
  "user-agent": { values: ["x".repeat(257), "₿".repeat(86)], allowed: ["256 bytes"] },
  "protocol-version": { values: ["", "x", "70016.5", "2147483648", "-1"], allowed: ["integer", "2147483647"] },
  "start-height": { values: ["", "x", "1.5", "2147483648"], allowed: ["integer", "2147483647"] },
  "service-bits": { values: ["", "0", "9,,d", "beer", "10000000000000000"], allowed: ["hex", "64 bits"] },
  format: { values: ["", "json", "TEXT"], allowed: ["text", "ndjson", "csv"] },
  targets: { values: [""], allowed: ["file"] },
  completions: { values: ["", "sh", "Bash"], allowed: ["bash, zsh, fish"] },
  "log-level": { values: ["", "trace", "INFO", "warning"], allowed: ["debug", "info", "warn", "error"] },
};

const SHORT: Readonly<Record<string, string>> = {
  chain: "c",
  port: "p",
  services: "s",
  "receiving-services": "r",
  timeout: "t",
  concurrency: "j",
};

for (const [name, { values, allowed }] of Object.entries(BAD_VALUES)) {
  Deno.test(`A bad value of --${name} is refused, with what is allowed`, async () => {
    const results = await Promise.all(values.map((value) => runUnsent([`--${name}=${value}`])));
    for (const [i, result] of results.entries()) assertUsageError(result, [`--${name}`, values[i] ?? "", ...allowed]);
  });

  Deno.test(`--${name} without a value is refused, with what is allowed`, async () => {
    const short = SHORT[name];
    const forms = [`--${name}`, ...short === undefined ? [] : [`-${short}`, `-q${short}`]];
    const results = await Promise.all(forms.map((form) => runUnsent([form])));
    for (const result of results) assertUsageError(result, [`--${name}`, ...allowed]);
  });
}

for (const [name, short] of Object.entries(SHORT)) {
  Deno.test(`A bad value is refused in the forms of -${short} too`, async () => {
    const forms = [[`-${short}`, "?"], [`-${short}?`], [`-q${short}?`], [`--${name}`, "?"]];
    const results = await Promise.all(forms.map((form) => runUnsent(form)));
    for (const result of results) assertUsageError(result, [`--${name}`, "'?'"]);
  });
}

Deno.test("A bad value of --trace, which needs none, is refused, with what is allowed", async () => {
  const results = await Promise.all(["", "html", "TEXT"].map((value) => runUnsent([`--trace=${value}`])));
  for (const result of results) assertUsageError(result, ["--trace", "text, mermaid"]);
});

for (const flag of ["ipv4", "ipv6", "relay", "audit", "include-unroutable", "demo", "quiet", "help", "version"]) {
  Deno.test(`--${flag} with a value is refused`, async () => {
    assertUsageError(await runUnsent([`--${flag}=yes`]), [`--${flag}`, "yes", "no value"]);
  });
}

const TYPOS = [
  ["--timout=3", "--timout", "--timeout"],
  ["--concurency", "--concurency", "--concurrency"],
  ["--user_agent", "--user_agent", "--user-agent"],
  ["--chains", "--chains", "--chain"],
  ["--recieving-services", "--recieving-services", "--receiving-services"],
  ["--hlep", "--hlep", "--help"],
  ["--TIMEOUT=3", "--TIMEOUT", "--timeout"],
  ["--json", "--json", "--format ndjson"],
  ["-v", "-v", "--log-level debug"],
  ["-testnet", "-testnet", "--chain testnet3"],
  ["-qv", "'-v' in '-qv'", "--log-level debug"],
  ["--no-relay", "--no-relay", undefined],
  ["--frobnicate", "--frobnicate", undefined],
  ["---", "---", undefined],
  ["-x", "-x", undefined],
  ["-qx", "x", undefined],
  ["-5", "-5", undefined],
  ["--constructor", "--constructor", undefined],
  ["--__proto__=1", "--__proto__", undefined],
] as const;

for (const [argument, named, suggested] of TYPOS) {
  const hint = suggested === undefined ? "refused" : `refused, and ${suggested} suggested`;
  Deno.test(`The unknown option ${argument} is ${hint}`, async () => {
    const result = await runUnsent([argument]);
    assertUsageError(result, [named]);
    if (suggested !== undefined) assertStringIncludes(result.stderr, `'${suggested}'`);
  });
}

Deno.test("A value that is another program's word, or has capitals, is refused, and ours suggested", async () => {
  const cases = [["--format=json", "ndjson"], ["-cRegtest", "regtest"], ["--chain=rgtest", "regtest"]] as const;
  for (const [argument, suggested] of cases) {
    assertUsageError(await runUnsent([argument]), ["expected one of", `did you mean '${suggested}'?`]);
  }
});

Deno.test("A target that is an option without its dashes is refused, and the option suggested", async () => {
  assertUsageError(await runUnsent(["help"]), ["'help'", "without a dot", "did you mean '--help'?"]);
});

const BAD_TARGETS = [
  "",
  " ",
  ":8333",
  "127.0.0.1:0",
  "127.0.0.1:65536",
  "127.0.0.1:x",
  "127.0.0.1:",
  "127.0.0.256",
  "127.0.0.01",
  "127.1",
  "[127.0.0.1]:8333",
  "[::1",
  "[::1]8333",
  "[seed.example]:8333",
  "::1::2",
  "fe80::1%",
  "seed..example",
  ".example",
  "seed example",
  "sêed.example",
  "seed.example:",
  "::1:8333",
  "::1:18333",
  "127.0.0.0/8",
  "127.0.0.1 8333",
  "nodes/list.txt",
  "http://",
  "help",
  "8333",
  `${"x".repeat(64)}.example`,
  `${"x.".repeat(127)}example`,
];

Deno.test("A bad target is refused with its name, and the good ones are not scanned", async () => {
  const results = await Promise.all(BAD_TARGETS.map((target) => runUnsent([target])));
  for (const [i, result] of results.entries()) assertUsageError(result, [`'${BAD_TARGETS[i]}'`]);
});

Deno.test("An argument with a newline still makes one line of error", async () => {
  const args = [["a\nb"], ["--chain", "a\nb"], ["--quiet=a\nb"], ["--a\nb"], ["--targets", "a\nb"]];
  const results = await Promise.all(
    args.map((some) => runUnsent(some, { permissions: ["--allow-net", "--allow-read"] })),
  );
  for (const result of results) assertUsageError(result, []);
});

Deno.test("What an argument has that does not show is escaped in every error, and other scripts are not", async () => {
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
  Deno.test(`--audit of ${target} is refused: that is no seed`, async () => {
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

Deno.test("What the demo would not heed is refused with it", async () => {
  assertUsageError(await runProgram(["--demo", "--port", "8333"]), ["--demo", "--port"]);
  assertUsageError(await runProgram(["--demo", "--audit", "--dns-server", "127.0.0.1"]), ["--demo", "--dns-server"]);
  assertUsageError(await runProgram(["--demo", "--audit", "--include-unroutable"]), ["--demo", "--include-unroutable"]);
});

Deno.test("The options of an audit are refused without --audit", async () => {
  assertUsageError(await runUnsent(["--service-bits", "9"]), ["--service-bits", "--audit"]);
  assertUsageError(await runUnsent(["--include-unroutable"]), ["--include-unroutable", "--audit"]);
  assertUsageError(await runProgram(["--demo", "--include-unroutable"]), ["--include-unroutable", "--audit"]);
});
