import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../src/cli/errors.ts";
import { takesValue } from "../../src/cli/option.ts";
import { OPTION_LIST } from "../../src/cli/options.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";
import {
  AGE_DURATION,
  CHALLENGE,
  HOLD_SECONDS,
  NAME_SERVER,
  TIME_DURATION,
  TIMEOUT_SECONDS,
} from "../../src/cli/values.ts";

/** Values that an option does not allow, and words of the error that says what it allows. */
const BAD_VALUES: Readonly<Record<string, { values: readonly string[]; allowed: readonly string[] }>> = {
  chain: { values: ["", "Mainnet", "bitcoin"], allowed: ["mainnet", "testnet4", "signet", "regtest", "namecoin"] },
  "signet-challenge": {
    values: ["", "5", "0x51", "51 52", "OP_TRUE", "51".repeat(10_001)],
    allowed: ["bytes in hex", "10000 bytes"],
  },
  port: { values: ["", "0", "65536", "-1", "http", "8333.0", "0x10", " 1"], allowed: ["1", "65535"] },
  services: {
    values: ["", "-1", "18446744073709551616", "0x", "BEER", "NETWORK,,WITNESS"],
    allowed: ["0x", "WITNESS"],
  },
  "receiving-services": { values: ["", "0x10000000000000000", "NETWORK|WITNESS"], allowed: ["0x", "WITNESS"] },
  transport: { values: ["", "v3", "V2", "v1,v2"], allowed: ["v1, v2, auto"] },
  timeout: {
    values: ["", "0", "0.0", "-1", "ten", "10s", "1e3", "Infinity", "NaN"],
    allowed: ["greater than 0 and at most"],
  },
  hold: { values: ["", "-1", "1e3", "1m", "2147484", "NaN"], allowed: ["seconds from 0"] },
  concurrency: { values: ["", "0", "-1", "1.5", "many", "1e3"], allowed: ["1"] },
  "addr-wait": { values: ["", "0", "-1", "1m", "2147484"], allowed: ["seconds greater than 0 and at most"] },
  "max-age": { values: ["", "0", "0d", "-1d", "1w", "2 d", "36501d", "1e3"], allowed: ["s, m, h or d", "36500d"] },
  "max-addresses": { values: ["", "0", "-1", "1.5", "all"], allowed: ["integer from 1"] },
  "max-time": { values: ["", "0", "25d", "forever", "1h30m", "2147484"], allowed: ["s, m, h or d", "2147483"] },
  rate: { values: ["", "-1", "0.5", "1000001", "400/s"], allowed: ["integer from 0"] },
  exclude: { values: ["", "-"], allowed: ["file name"] },
  state: { values: ["", "-"], allowed: ["file name"] },
  "dns-server": {
    values: ["", "dns.example", "127.0.0.1:0", "127.0.0.1:65536", "1.2.3", "[::1", "::1:53:x"],
    allowed: ["IP address"],
  },
  onlynet: { values: ["", "tor", "ipv4,", "IPV4", "ipv4 ipv6"], allowed: ["ipv4,ipv6,onion,i2p,cjdns"] },
  proxy: {
    values: [
      "",
      "host:0",
      "host:65536",
      "::1",
      "::1:9050",
      "http://host",
      "socks4://host:1",
      "user@host",
      "unix:",
      "a b",
    ],
    allowed: ["HOST:PORT", "unix:PATH", "user:password@"],
  },
  onion: {
    values: ["", "u:p@", ":p@host", "u:@host", "%:p@host", "u:p@unix:/x", `u:${"x".repeat(256)}@host`, "abc.onion"],
    allowed: ["HOST:PORT"],
  },
  i2psam: { values: ["", "u:p@host", "socks5h://host", "host:x", "[1.2.3.4]"], allowed: ["HOST:PORT", "unix:PATH"] },
  "user-agent": { values: ["x".repeat(257), "₿".repeat(86)], allowed: ["256 bytes"] },
  "protocol-version": { values: ["", "x", "70016.5", "2147483648", "-1"], allowed: ["integer", "2147483647"] },
  "start-height": { values: ["", "x", "1.5", "2147483648"], allowed: ["integer", "2147483647"] },
  "service-bits": { values: ["", "0", "9,,d", "beer", "10000000000000000"], allowed: ["hex", "64 bits"] },
  format: { values: ["", "json", "TEXT"], allowed: ["text", "ndjson", "csv", "openmetrics", "seeds"] },
  targets: { values: [""], allowed: ["file"] },
  report: { values: ["", "-"], allowed: ["file name"] },
  trace: { values: ["", "html", "TEXT"], allowed: ["text, mermaid"] },
  completions: { values: ["", "sh", "Bash"], allowed: ["bash, zsh, fish"] },
  "log-level": { values: ["", "trace", "INFO", "warning"], allowed: ["debug", "info", "warn", "error"] },
};

const VALUE_OPTIONS = OPTION_LIST.flatMap(([name, option]) => takesValue(option) ? [[name, option] as const] : []);

/** Asserts that the arguments are refused with an error in which all these texts are. */
function assertRefused(args: readonly string[], texts: readonly string[]): void {
  for (const text of texts) assertThrows(() => parseCommandLine(args), UsageError, text, args.join(" "));
}

Deno.test("There are bad values of every option", () => {
  assertEquals(Object.keys(BAD_VALUES).toSorted(), VALUE_OPTIONS.map(([name]) => name).toSorted());
});

for (const [name, { short, bare }] of VALUE_OPTIONS) {
  const { values = [], allowed = [] } = BAD_VALUES[name] ?? {};

  Deno.test(`A bad value of --${name} is refused in every form, with what is allowed`, () => {
    for (const value of values) {
      assertRefused([`--${name}=${value}`], [`--${name} `, `'${value}'`, ...allowed]);
      if (bare === undefined) assertRefused([`--${name}`, value], [`--${name} `, `'${value}'`]);
    }
    const shortForms = short === undefined ? [] : [[`-${short}`, "?"], [`-${short}?`], [`-q${short}?`]];
    for (const form of shortForms) assertRefused(form, [`--${name} `, "'?'", ...allowed]);
  });

  if (bare !== undefined) continue;
  Deno.test(`--${name} without a value is refused, with what is allowed`, () => {
    const shortForms = short === undefined ? [] : [`-${short}`, `-q${short}`];
    for (const form of [`--${name}`, ...shortForms]) assertRefused([form], [`--${name} `, ...allowed]);
  });
}

Deno.test("Times are milliseconds, to the last one allowed, and what is allowed is said in seconds", () => {
  const seconds = ["1", "0.5", ".25", "2.", "2147483", "2147483.001"].map(TIMEOUT_SECONDS.parse);
  assertEquals(seconds, [1000, 500, 250, 2000, 2_147_483_000, undefined]);
  assertEquals(HOLD_SECONDS.parse("0"), 0);
  const durations = ["1", "1.5s", "2m", "3h", "4d"].map(TIME_DURATION.parse);
  assertEquals(durations, [1000, 1500, 120_000, 10_800_000, 345_600_000]);
  assertEquals(["36500d", "1.5h"].map(AGE_DURATION.parse), [3_153_600_000_000, 5_400_000]);
  assertEquals(
    [TIMEOUT_SECONDS, HOLD_SECONDS, TIME_DURATION].map(({ allowed }) => allowed.replace(/^.* (?=\S+ \d)/, "")),
    ["most 2147483, fractions allowed", "to 2147483, fractions allowed", "most 2147483"],
  );
});

Deno.test("A signet's challenge has up to 10,000 bytes", () => {
  assertEquals(CHALLENGE.parse("51aE"), Uint8Array.of(0x51, 0xae));
  assertEquals(CHALLENGE.parse("51".repeat(10_000))?.length, 10_000);
});

Deno.test("A name server is an IP address, on port 53 unless it says another", () => {
  const texts = [
    "192.0.2.53",
    "192.0.2.53:5353",
    "[2001:db8::53]:5353",
    "2001:db8::53",
    "[fe80::1%eth0]:53",
    "fe80::1%1",
  ];
  assertEquals(texts.map(NAME_SERVER.parse), [
    { ipAddr: "192.0.2.53", port: 53 },
    { ipAddr: "192.0.2.53", port: 5353 },
    { ipAddr: "2001:db8::53", port: 5353 },
    { ipAddr: "2001:db8::53", port: 53 },
    undefined,
    undefined,
  ]);
});
