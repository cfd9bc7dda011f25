/**
 * Hints for unknown options, values and targets: a typo, or another program's word.
 *
 * @module
 */

import { nearest } from "../scan/suggest.ts";
import type { ValueOption } from "./option.ts";
import { OPTION_LIST } from "./options.ts";

/** What to write here, and other programs' options for the same, without their dashes. */
const OTHER_OPTIONS: readonly (readonly [advice: string, words: string])[] = [
  ["--log-level debug", "v vv vvv verbose d debug"],
  ["--quiet", "silent no-progress brief"],
  ["--log-level", "log verbosity"],
  ["--format ndjson", "json jsonl json-lines ndjson oJ"],
  ["--format csv", "csv"],
  ["--format openmetrics", "openmetrics prometheus prom metrics"],
  ["--state FILE", "db database sqlite"],
  ["--check", "nagios icinga plugin monitor monitoring perfdata"],
  ["--format text", "text plain"],
  ["--report FILE.html", "html page"],
  ["--chain", "network net"],
  ["--chain mainnet", "mainnet main"],
  ["--chain testnet3", "testnet testnet3 test"],
  ["--chain testnet4", "testnet4"],
  ["--chain signet", "signet"],
  ["--chain regtest", "regtest regnet"],
  ["--transport v2", "v2 v2transport v2only bip324"],
  ["--transport v1", "v1 v1only"],
  ["--ipv4", "inet v4 ipv4-only"],
  ["--ipv6", "inet6 v6 ipv6-only"],
  ["--timeout", "connect-timeout deadline wait m w W"],
  ["--concurrency", "threads workers parallel jobs tasks connections max-connections maxconnections"],
  ["--proxy", "socks socks5 socks5h socks5-hostname all-proxy x"],
  ["--onion", "tor tor-proxy torproxy onion-proxy"],
  ["--i2psam", "i2p sam"],
  ["--onlynet", "only-net networks nets"],
  ["--cjdns", "cjdnsreachable"],
  ["--dns-server", "resolver resolvers nameserver nameservers dns ns"],
  ["--targets FILE", "input input-file file list hosts f i iL l"],
  ["--targets -", "stdin"],
  ["--port", "default-port dport P"],
  ["--user-agent", "ua agent uacomment"],
  ["--start-height", "height startingheight"],
  ["--protocol-version", "protocol protocolversion pver"],
  ["--hold", "keep keepalive keep-alive keep-open linger"],
  ["--demo", "simulate simulation sim"],
  ["--crawl", "crawler spider recursive recurse getaddr nodes network-map"],
  ["--addresses", "all-addresses known dump-addresses addrs"],
  ["--max-age", "age since freshness max-address-age"],
  ["--max-time", "duration run-time runtime max-duration"],
  ["--rate", "max-rate min-rate rate-limit pps dials-per-second"],
  ["--exclude FILE", "blacklist blocklist denylist deny skip ignore exclude-file excludefile exclude-list"],
  ["--trace", "packet-trace dump log-messages"],
  ["--trace=mermaid", "mermaid"],
  ["--help", "usage help-all h H ?"],
  ["results go to standard output: redirect them with > FILE", "o output out outfile write"],
  [
    "targets are given without an option",
    "connect addnode seednode dnsseed seed host target node peer address addr ip url",
  ],
  ["options of deno run go before main.ts", "allow-net allow-read allow-write allow-all A no-prompt import-map"],
  ["the environment variable NO_COLOR=1 turns colours off", "color colour no-color no-colour"],
];

/** What others call the units of time, and how many seconds each is. */
const UNITS: readonly (readonly [seconds: number, words: string])[] = [
  [0.001, "ms msec"],
  [1, "s sec secs second seconds"],
  [60, "m min mins minute minutes"],
  [3600, "h hr hrs hour hours"],
  [86_400, "d day days"],
  [604_800, "w wk week weeks"],
];

const ADVICE: ReadonlyMap<string, string> = new Map(
  OTHER_OPTIONS.flatMap(([advice, words]) => words.split(" ").map((word) => [word, advice] as const)),
);

/** The words of other programs for the values of an option. */
const OTHER_VALUES: { readonly [option: string]: { readonly [value: string]: string } } = {
  chain: { mainnet: "bitcoin btc livenet production" },
  format: {
    ndjson: "json jsonl json-lines jsonlines",
    csv: "tsv excel xlsx",
    openmetrics: "prometheus prom metrics",
    "--check": "nagios icinga plugin",
    text: "txt plain human table log",
    "--report FILE.html": "html page",
  },
  "log-level": { debug: "trace verbose all", warn: "warning", error: "fatal critical quiet silent none off" },
  transport: { v1: "1 plain plaintext", v2: "2 bip324 encrypted", auto: "both any" },
  trace: { mermaid: "md markdown diagram" },
  onlynet: { ipv4: "4 v4 inet ip4", ipv6: "6 v6 inet6 ip6", onion: "tor torv3", i2p: "sam", cjdns: "hyperboria" },
};

const NAMES: readonly string[] = OPTION_LIST.map(([name]) => name);

/** The hint for an unknown option, as the end of an error. */
export function optionHint(option: string): string {
  const [, name = ""] = /^--?([^=]*)/.exec(option) ?? [];
  const close = nearest(name, NAMES);
  const advice = adviceOn(name) ?? (close === undefined ? undefined : `--${close}`);
  if (advice === undefined) return "see --help for all options";
  return advice.startsWith("-") ? `did you mean '${advice}'?` : advice;
}

/** Whether an argument that begins with one dash is meant to be a long option. */
export function isLongOption(argument: string): boolean {
  const [, name] = /^-([^-=][^=]+)/.exec(argument) ?? [];
  return name !== undefined && adviceOn(name) !== undefined;
}

/** The hint for a value that is not allowed, as the end of an error; empty if there is none. */
export function valueHint(
  name: string,
  { choices, words = [], placeholder, parse }: ValueOption<unknown>,
  text: string,
): string {
  const meant = choices !== undefined
    ? meantChoice(choices, OTHER_VALUES[name], text)
    : placeholder === "SECONDS"
    ? meantSeconds(text)
    : placeholder === "DURATION"
    ? meantDuration(text)
    : placeholder === "HOST[:PORT]"
    ? meantProxy(parse, text)
    : meantWords(words, OTHER_VALUES[name], text);
  return meant === undefined ? "" : `; did you mean '${meant}'?`;
}

/** The hint for an invalid target, as the end of an error; empty if there is none. */
export function targetHint(text: string): string {
  if (text === "-") return "; did you mean '--targets -'?";
  // As dig has it.
  if (/^@[^@]/.test(text)) return "; did you mean '--dns-server IP'?";
  // A bare word, or one after a non-ASCII dash or a Windows slash.
  const [, name = ""] = /^(?:[\u2010-\u2015\u2212]+|\/)?(\?|\w[\w-]+)(?:=.*)?$/s.exec(text) ?? [];
  if (adviceOn(name)?.startsWith("-")) return `; ${optionHint(`--${name}`)}`;
  return /^([.~\\/]|\w:\\|file:)|^[^/:]*\.(txt|csv|tsv|json|ndjson|jsonl|lst)$/i.test(text)
    ? "; did you mean '--targets FILE'?"
    : "";
}

/** The option with this name in another case, or the hint for another program's word. */
function adviceOn(name: string): string | undefined {
  const ours = name.toLowerCase().replaceAll("_", "-");
  return NAMES.includes(ours) ? `--${ours}` : ADVICE.get(name) ?? ADVICE.get(name.toLowerCase());
}

/** The seconds of a time with a unit, or with a comma before its fraction. */
function meantSeconds(text: string): string | undefined {
  const [, number = "", unit = ""] = /^(\d{1,9}(?:[.,]\d{1,3})?) ?([a-z]*)$/i.exec(text.trim()) ?? [];
  const [factor = 0] = UNITS.find(([, words]) => words.split(" ").includes(unit.toLowerCase() || "s")) ?? [];
  const milliseconds = Math.round(Number(number.replace(",", ".")) * factor * 1000);
  return milliseconds > 0 ? String(milliseconds / 1000) : undefined;
}

/** The duration of a time with another word for its unit, or with a comma before its fraction. */
function meantDuration(text: string): string | undefined {
  const seconds = Number(meantSeconds(text) ?? NaN);
  if (Number.isNaN(seconds)) return undefined;
  const [factor, unit] =
    ([[86_400, "d"], [3600, "h"], [60, "m"]] as const).find(([factor]) => seconds % factor === 0) ??
      [1, "s"];
  return `${seconds / factor}${unit}`;
}

/** A proxy without the scheme that other programs want, or with brackets around an IPv6 address. */
function meantProxy(parse: ValueOption<unknown>["parse"], text: string): string | undefined {
  const bare = text.trim().replace(/^(?:socks5?[ah]?|tor|sam):\/\//i, "");
  const candidates = [bare, bare.replace(/^(.*):(\d+)$/, "[$1]:$2"), `[${bare}]`];
  return candidates.find((candidate) => parse(candidate) !== undefined);
}

function meantChoice(
  choices: readonly string[],
  others: { readonly [value: string]: string } = {},
  text: string,
): string | undefined {
  const word = text.trim().toLowerCase();
  const [meant] = Object.entries(others).find(([, words]) => words.split(" ").includes(word)) ?? [];
  return meant ?? nearest(word, choices);
}

/** The list with each word replaced by the one that is meant. */
function meantWords(
  words: readonly string[],
  others: { readonly [value: string]: string } | undefined,
  text: string,
): string | undefined {
  const byLowerCase = new Map(words.map((word) => [word.toLowerCase(), word]));
  const meant = text.split(/[\s,;|+]+/).map((word) => {
    return byLowerCase.get(meantChoice([...byLowerCase.keys()], others, word) ?? "");
  });
  return meant.includes(undefined) ? undefined : meant.join(",");
}
