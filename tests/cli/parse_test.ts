import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../src/cli/errors.ts";
import { FLAG_NAMES } from "../../src/cli/options.ts";
import { parseCommandLine, parseTargets } from "../../src/cli/parse.ts";

Deno.test("parseCommandLine() fills in the defaults", () => {
  const { chain, seeds, given, ...rest } = parseCommandLine(["seed.example"]);
  assertEquals([chain.name, seeds, given.size], ["mainnet", ["seed.example"], 0]);
  assertEquals(rest, {
    "signet-challenge": undefined,
    port: undefined,
    transport: "v1",
    services: 0n,
    "receiving-services": 0n,
    timeout: undefined,
    proxy: undefined,
    onion: [],
    i2psam: undefined,
    cjdns: false,
    concurrency: 512,
    hold: 0,
    "dns-server": undefined,
    "user-agent": rest["user-agent"],
    "protocol-version": 70016,
    "start-height": 0,
    "service-bits": undefined,
    format: "text",
    check: false,
    state: undefined,
    history: false,
    targets: [],
    report: undefined,
    trace: undefined,
    "log-level": "info",
    onlynet: [],
    ipv4: false,
    ipv6: false,
    relay: false,
    audit: false,
    crawl: false,
    "addr-wait": 10_000,
    "max-age": 172_800_000,
    "max-addresses": 1_000_000,
    "max-time": undefined,
    rate: 400,
    exclude: [],
    addresses: false,
    "include-unroutable": false,
    demo: false,
    quiet: false,
    completions: undefined,
    help: false,
    version: false,
  });
});

Deno.test("parseCommandLine() fills in the demo's own defaults under --demo, and takes what is given there too", () => {
  const demo = parseCommandLine(["--demo"]);
  assertEquals([demo.transport, demo.timeout, demo.concurrency], ["auto", 2000, 512]);
  const given = parseCommandLine(["-t", "4", "--transport", "v2", "--demo"]);
  assertEquals([given.transport, given.timeout], ["v2", 4000]);
});

Deno.test("parseCommandLine() fills in the crawl's own concurrency under --crawl, and takes what is given there too", () => {
  assertEquals(parseCommandLine(["--crawl"]).concurrency, 1024);
  assertEquals(parseCommandLine(["--crawl", "-j", "7"]).concurrency, 7);
});

Deno.test("parseCommandLine() takes durations with each unit, and without one as seconds", () => {
  const cases = [["90", 90_000], ["1.5s", 1500], ["2m", 120_000], [".5h", 1_800_000], ["2d", 172_800_000]] as const;
  for (const [text, milliseconds] of cases) {
    const options = parseCommandLine(["--crawl", "--max-time", text, "--max-age", text]);
    assertEquals([options["max-time"], options["max-age"]], [milliseconds, milliseconds], text);
  }
});

Deno.test("parseCommandLine() takes a hold of no seconds, and of fractions of one", () => {
  for (const [text, milliseconds] of [["0", 0], ["0.0", 0], ["0.5", 500], ["600", 600_000]] as const) {
    assertEquals(parseCommandLine(["--hold", text]).hold, milliseconds);
  }
});

Deno.test("parseCommandLine() assumes signet if a challenge is given without a chain", () => {
  for (const args of [["--signet-challenge", "51"], ["--signet-challenge=51", "-c", "signet"]]) {
    const { chain, "signet-challenge": challenge } = parseCommandLine(args);
    assertEquals([chain.name, challenge], ["signet", Uint8Array.of(0x51)]);
  }
  assertEquals(parseCommandLine(["-c", "main", "--signet-challenge", "51"]).chain.name, "mainnet");
});

Deno.test("parseCommandLine() takes every way to write an option", () => {
  for (
    const args of [
      ["-t", "20"],
      ["-t20"],
      ["-t20."],
      ["-t=20"],
      ["--timeout", "20"],
      ["--timeout=20"],
      ["-qt20"],
      ["-46t", "20"],
    ]
  ) {
    assertEquals(parseCommandLine([...args, "a"]).timeout, 20_000, args.join(" "));
    assertEquals(parseCommandLine(["a", ...args]).seeds, ["a"], args.join(" "));
  }
  const { quiet, ipv4, ipv6, concurrency } = parseCommandLine(["-q46j8", "a"]);
  assertEquals([quiet, ipv4, ipv6, concurrency], [true, true, true, 8]);
});

Deno.test("parseCommandLine() takes the last of several values, but every target file, and what looks like an option for a value", () => {
  assertEquals(parseCommandLine(["-t1", "-t2", "a"]).timeout, 2000);
  assertEquals(parseCommandLine(["--targets", "a", "--targets=b"]).targets, ["a", "b"]);
  assertEquals(parseCommandLine(["--targets", "-"]).targets, ["-"]);
  assertEquals(parseCommandLine(["--user-agent", "--x--"])["user-agent"], "--x--");
  assertEquals(parseCommandLine(["--user-agent="])["user-agent"], "");
  assertEquals(parseCommandLine(["--start-height", "-1"])["start-height"], -1);
});

Deno.test("parseCommandLine() takes everything after -- for a target", () => {
  const { quiet, seeds } = parseCommandLine(["a", "--", "-q", "--", "true"]);
  assertEquals([quiet, seeds], [false, ["a", "-q", "--", "true"]]);
});

Deno.test("parseCommandLine() reads each kind of value", () => {
  const parsed = parseCommandLine([
    ..."-c testnet -p 1 -s 0xffffffffffffffff -r NETWORK,NODE_WITNESS -t .5 --format ndjson --log-level debug".split(
      " ",
    ),
    ..."--dns-server [::1]:5353 --protocol-version 2147483647 --start-height -2147483648 --relay".split(" "),
  ]);
  assertEquals(parsed.chain.name, "testnet3");
  assertEquals([parsed.port, parsed.services, parsed["receiving-services"]], [1, 0xffff_ffff_ffff_ffffn, 9n]);
  assertEquals([parsed.timeout, parsed.format, parsed["log-level"]], [500, "ndjson", "debug"]);
  assertEquals(parsed["dns-server"], { ipAddr: "::1", port: 5353 });
  assertEquals([parsed["protocol-version"], parsed["start-height"], parsed.relay], [2147483647, -2147483648, true]);
  assertEquals(parseCommandLine(["--dns-server", "127.0.0.1"])["dns-server"], { ipAddr: "127.0.0.1", port: 53 });
});

Deno.test("parseCommandLine() reads service bits in hex, with or without x or 0x, without duplicates", () => {
  const bits = (text: string) => parseCommandLine(["--service-bits", text])["service-bits"];
  assertEquals(bits("9"), [9n]);
  assertEquals(bits("1,0x5,x9,XD,0d,0X40c"), [1n, 5n, 9n, 13n, 0x40cn]);
  assertEquals(bits("ffffffffffffffff,0000000000000001"), [0xffff_ffff_ffff_ffffn, 1n]);
  for (
    const text of [
      "",
      "0",
      "x0",
      "9,",
      ",9",
      "9;d",
      "g",
      "0x",
      "-9",
      " 9",
      "1ffffffffffffffff",
      "9n",
      "00000000000000001",
    ]
  ) {
    assertThrows(() => bits(text), UsageError, "hex numbers of at most 64 bits", text);
  }
});

Deno.test("parseCommandLine() names the option, the value and what is allowed", () => {
  const cases: [args: string[], ...parts: string[]][] = [
    [["-c", "litecoin"], "--chain", "'litecoin'", "mainnet, main, testnet3"],
    [["-p", "65536"], "--port", "'65536'", "1 to 65535"],
    [["-s", "18446744073709551616"], "--services", "64-bit"],
    [["-r", "NETWORK,BEER"], "--receiving-services", "'NETWORK,BEER'", "NETWORK,GETUTXO"],
    [["-t", "0"], "--timeout", "'0'", "greater than 0 and at most"],
    [["-t", "1e3"], "--timeout"],
    [["-t", "2147484"], "--timeout", "at most"],
    [["-j", "0"], "--concurrency", "1 to 65535"],
    [["--dns-server", "ns.example"], "--dns-server", "IP address"],
    [["--dns-server", "https://192.0.2.53/dns-query"], "--dns-server", "IP address"],
    [["--dns-server", "tls://192.0.2.53"], "--dns-server", "IP address"],
    [["--user-agent", "é".repeat(129)], "--user-agent", "256 bytes"],
    [["--protocol-version", "2147483648"], "--protocol-version", "2147483647"],
    [["--start-height", "1.5"], "--start-height", "integer"],
    [["--trace=html"], "--trace", "text, mermaid"],
    [["--format", "xml"], "--format", "text, ndjson, csv, openmetrics, seeds"],
    [["--service-bits", "9,,d"], "--service-bits", "'9,,d'", "hex"],
    [["--log-level", "trace"], "--log-level", "debug, info"],
    [["--targets", ""], "--targets", "file name"],
    [["--timeout"], "--timeout <SECONDS>", "needs a value"],
    [["-qt"], "--timeout <SECONDS>", "needs a value"],
    [["--tiemout", "3"], "'--tiemout'", "did you mean '--timeout'?"],
    [["--timout=3"], "'--timout'", "did you mean '--timeout'?"],
    [["--concurency"], "'--concurency'", "did you mean '--concurrency'?"],
    [["--user_agent"], "'--user_agent'", "did you mean '--user-agent'?"],
    [["--chains"], "'--chains'", "did you mean '--chain'?"],
    [["--recieving-services"], "'--recieving-services'", "did you mean '--receiving-services'?"],
    [["--hlep"], "'--hlep'", "did you mean '--help'?"],
    [["--TIMEOUT=3"], "'--TIMEOUT'", "did you mean '--timeout'?"],
    [["--json"], "'--json'", "did you mean '--format ndjson'?"],
    [["-v"], "'-v'", "did you mean '--log-level debug'?"],
    [["-testnet"], "'-testnet'", "did you mean '--chain testnet3'?"],
    [["-qv"], "'-v' in '-qv'", "did you mean '--log-level debug'?"],
    [["--format=json"], "expected one of", "did you mean 'ndjson'?"],
    [["-cRegtest"], "expected one of", "did you mean 'regtest'?"],
    [["--chain=rgtest"], "expected one of", "did you mean 'regtest'?"],
    [["--no-relay"], "'--no-relay'", "--help"],
    [["--frobnicate"], "'--frobnicate'", "--help"],
    [["---"], "'---'", "--help"],
    [["-k"], "'-k'", "--help"],
    [["-qk"], "'-k' in '-qk'", "--help"],
    [["-5"], "'-5'", "--help"],
    [["--constructor"], "'--constructor'", "--help"],
    [["--__proto__=1"], "'--__proto__'", "--help"],
    ...FLAG_NAMES.map((name): [string[], ...string[]] => [[`--${name}=yes`], `--${name}`, "takes no value", "'yes'"]),
  ];
  for (const [args, ...parts] of cases) {
    for (const part of parts) assertThrows(() => parseCommandLine(args), UsageError, part, args.join(" "));
  }
});

Deno.test("parseCommandLine() takes no value for an option that needs none but one that is joined to it", () => {
  const parsed = (...args: string[]) => {
    const { trace, seeds } = parseCommandLine(args);
    return [trace, ...seeds];
  };
  assertEquals(parsed("--trace", "mermaid"), ["text", "mermaid"]);
  assertEquals(parsed("--trace=mermaid", "seed.example"), ["mermaid", "seed.example"]);
});

Deno.test("parseCommandLine() takes a single dash for a target", () => {
  assertEquals(parseCommandLine(["-", "-q"]).seeds, ["-"]);
});

Deno.test("parseCommandLine() says which options were given, whatever their form", () => {
  const { given } = parseCommandLine([
    "-qt10",
    "--relay",
    "--targets",
    "a",
    "--targets",
    "b",
    "--signet-challenge",
    "51",
  ]);
  assertEquals(given, new Set(["signet-challenge", "targets", "timeout", "relay", "quiet"]));
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

Deno.test("parseTargets() names an invalid target, whatever is wrong with it", () => {
  for (const target of BAD_TARGETS) {
    assertThrows(() => parseTargets(["a.example", target], []), UsageError, `invalid target '${target}': `);
  }
});

Deno.test("parseTargets() names an invalid target, and what may have been meant", () => {
  assertEquals(parseTargets(["a.example", "[::1]:8333"], []).map(({ host }) => host), ["a.example", "::1"]);
  assertThrows(() => parseTargets(["a.example", "b c"], []), UsageError, "invalid target 'b c': ");
  assertThrows(() => parseTargets(["help"], []), UsageError, "did you mean '--help'?");
});

Deno.test("parseCommandLine() says where an unknown letter is, unless it is alone", () => {
  assertThrows(() => parseCommandLine(["-z"]), UsageError, "unknown option '-z': ");
  assertThrows(() => parseCommandLine(["-qz"]), UsageError, "unknown option '-z' in '-qz': ");
});
