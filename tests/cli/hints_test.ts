import { assertEquals } from "@std/assert";
import { isLongOption, optionHint, targetHint, valueHint } from "../../src/cli/hints.ts";
import { OPTIONS, type ValueName } from "../../src/cli/options.ts";

const NO_HINT = "see --help for all options";

Deno.test("optionHint() knows typos, capitals, underscores and a missing dash", () => {
  const cases: [option: string, hint: string][] = [
    ["--tiemout", "did you mean '--timeout'?"],
    ["--TIMEOUT=3", "did you mean '--timeout'?"],
    ["--user_agent=x", "did you mean '--user-agent'?"],
    ["--qiuet=x", "did you mean '--quiet'?"],
    ["-version", "did you mean '--version'?"],
    ["-chain=regtest", "did you mean '--chain'?"],
    ["--hel", "did you mean '--help'?"],
    ["--keeep", NO_HINT],
    ["--torr", NO_HINT],
    ["--services-bits", "did you mean '--service-bits'?"],
    ["--xyzzy", NO_HINT],
    ["-z", NO_HINT],
    ["-n", NO_HINT],
    ["---", NO_HINT],
    ["--=", NO_HINT],
    ["--constructor", NO_HINT],
  ];
  for (const [option, hint] of cases) assertEquals(optionHint(option), hint, option);
});

Deno.test("optionHint() knows the words of other programs", () => {
  const cases: [option: string, hint: string][] = [
    ["--tor=127.0.0.1", "did you mean '--onion'?"],
    ["--socks5", "did you mean '--proxy'?"],
    ["-x", "did you mean '--proxy'?"],
    ["-i2p", "did you mean '--i2psam'?"],
    ["--json", "did you mean '--format ndjson'?"],
    ["-v", "did you mean '--log-level debug'?"],
    ["--verbose", "did you mean '--log-level debug'?"],
    ["--silent", "did you mean '--quiet'?"],
    ["-testnet", "did you mean '--chain testnet3'?"],
    ["--regtest", "did you mean '--chain regtest'?"],
    ["--network=signet", "did you mean '--chain'?"],
    ["--threads=8", "did you mean '--concurrency'?"],
    ["--connect-timeout", "did you mean '--timeout'?"],
    ["--crawler", "did you mean '--crawl'?"],
    ["--max-tiem=1h", "did you mean '--max-time'?"],
    ["--blocklist=x", "did you mean '--exclude FILE'?"],
    ["--min-rate", "did you mean '--rate'?"],
    ["--v2", "did you mean '--transport v2'?"],
    ["--csv", "did you mean '--format csv'?"],
    ["--prometheus", "did you mean '--format openmetrics'?"],
    ["--nagios", "did you mean '--check'?"],
    ["--mermaid", "did you mean '--trace=mermaid'?"],
    ["-iL", "did you mean '--targets FILE'?"],
    ["-?", "did you mean '--help'?"],
    ["--h", "did you mean '--help'?"],
    ["--help-all", "did you mean '--help'?"],
    ["--keep-alive", "did you mean '--hold'?"],
    ["--protocol=70015", "did you mean '--protocol-version'?"],
    ["--text", "did you mean '--format text'?"],
    ["--log=debug", "did you mean '--log-level'?"],
    ["-o", "results go to standard output: redirect them with > FILE"],
    ["-connect=192.0.2.1", "targets are given without an option"],
    ["--allow-net", "options of deno run go before main.ts"],
    ["--no-color", "the environment variable NO_COLOR=1 turns colours off"],
  ];
  for (const [option, hint] of cases) assertEquals(optionHint(option), hint, option);
});

Deno.test("isLongOption() knows long options with one dash, and no short options", () => {
  for (const argument of ["-regtest", "-version", "-chain=x", "-addnode=x", "-vv"]) {
    assertEquals(isLongOption(argument), true, argument);
  }
  for (const argument of ["-q", "-qt20", "-t=5", "-46", "-cregtest", "--version", "-", "-xyz", "-v"]) {
    assertEquals(isLongOption(argument), false, argument);
  }
});

Deno.test("valueHint() knows typos, capitals and other programs' words", () => {
  const cases: [name: ValueName, value: string, meant: string | null][] = [
    ["chain", "Regtest", "regtest"],
    ["chain", "rgtest", "regtest"],
    ["chain", " MAINNET", "mainnet"],
    ["chain", "bitcoin", "mainnet"],
    ["chain", "litecoin", null],
    ["chain", "", null],
    ["format", "json", "ndjson"],
    ["format", "JSON", "ndjson"],
    ["format", "cvs", "csv"],
    ["format", "prometheus", "openmetrics"],
    ["format", "nagios", "--check"],
    ["format", "html", "--report FILE.html"],
    ["format", "xml", null],
    ["log-level", "INFO", "info"],
    ["log-level", "warning", "warn"],
    ["log-level", "trace", "debug"],
    ["transport", "bip324", "v2"],
    ["transport", "v3", null],
    ["trace", "md", "mermaid"],
    ["services", "NETWROK,WITNES", "NETWORK,WITNESS"],
    ["services", "network|witness", "NETWORK,WITNESS"],
    ["services", "NETWORK,BEER", null],
    ["services", "-1", null],
    ["timeout", "10s", "10"],
    ["timeout", "500ms", "0.5"],
    ["timeout", "1,5", "1.5"],
    ["timeout", "1.5 Seconds", "1.5"],
    ["timeout", "2m", "120"],
    ["hold", "1h", "3600"],
    ["max-age", "2 days", "2d"],
    ["max-age", "1w", "7d"],
    ["max-time", "1,5h", "90m"],
    ["max-time", "500ms", "0.5s"],
    ["max-time", "90 minutes", "90m"],
    ["max-time", "3600 seconds", "1h"],
    ["timeout", "1ms", "0.001"],
    ["max-time", "25h30", null],
    ["max-time", "soon", null],
    ["timeout", "0s", null],
    ["timeout", "-1", null],
    ["timeout", "10 parsecs", null],
    ["timeout", "s", null],
    ["timeout", "never", null],
    ["chain", "__proto__", null],
    ["onlynet", "tor", "onion"],
    ["onlynet", "IPV4 onoin", "ipv4,onion"],
    ["onlynet", "ipv4,mars", null],
    ["onlynet", "__proto__", null],
    ["proxy", "socks5://user:password@tor:9050", "user:password@tor:9050"],
    ["onion", "::1", "[::1]"],
    ["proxy", "2001:db8::1:9050", "[2001:db8::1]:9050"],
    ["proxy", "http://127.0.0.1:8080", null],
    ["i2psam", "sam://127.0.0.1", "127.0.0.1"],
    ["i2psam", "host:port", null],
  ];
  for (const [name, value, meant] of cases) {
    assertEquals(valueHint(name, OPTIONS[name], value), meant === null ? "" : `; did you mean '${meant}'?`, value);
  }
});

Deno.test("targetHint() knows options without their dashes, and names of files", () => {
  const cases: [text: string, meant: string | null][] = [
    ["help", "--help"],
    ["Version", "--version"],
    ["mermaid", "--trace=mermaid"],
    ["audit", "--audit"],
    ["testnet", "--chain testnet3"],
    ["\u2014timeout=5", "--timeout"],
    ["\u2013help", "--help"],
    ["/?", "--help"],
    ["-", "--targets -"],
    ["./nodes.txt", "--targets FILE"],
    ["../nodes", "--targets FILE"],
    ["~/nodes", "--targets FILE"],
    ["C:\\nodes.txt", "--targets FILE"],
    ["file:///nodes", "--targets FILE"],
    ["nodes.TXT", "--targets FILE"],
    ["@192.0.2.53", "--dns-server IP"],
    ["?", "--help"],
    ["h", null],
    ["m", null],
    ["host", null],
    ["scan", null],
    ["", null],
    ["seed.example:x", null],
  ];
  for (const [text, meant] of cases) {
    assertEquals(targetHint(text), meant === null ? "" : `; did you mean '${meant}'?`, text);
  }
});
