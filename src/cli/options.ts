/**
 * The options of the command line. One definition determines an option's parsing, errors, help and completion.
 *
 * @module
 */

import { DEFAULT_SETTINGS } from "../scan/settings.ts";
import { CONCURRENCY, PROTOCOL_VERSION, TRANSPORT } from "../scan/rules.ts";
import { INT32, oneOf } from "../wire/argument.ts";
import { CHAINS, findChain, PORT } from "../wire/chains.ts";
import { parseServices, SERVICE_BITS } from "../wire/services.ts";
import { USER_AGENT } from "../wire/user_agent.ts";
import { type FlagOption, type Option, takesValue, type ValueOption } from "./option.ts";
import {
  CHALLENGE,
  HOLD_SECONDS,
  integer,
  NAME_SERVER,
  SERVICE_BIT_LIST,
  text,
  TIMEOUT_SECONDS,
  word,
} from "./values.ts";

const SERVICES = {
  placeholder: "BITS",
  words: [...SERVICE_BITS.keys()],
  allowed: `a 64-bit number, decimal or 0x hex, or names from ${[...SERVICE_BITS.keys()].join(",")}`,
  parse: parseServices,
} as const;

const CHAIN_NAMES = CHAINS.flatMap(({ name, aliases }) => [name, ...aliases]);

/** All options, by long name, in the order of the help. */
export const OPTIONS = {
  chain: {
    group: "target",
    short: "c",
    placeholder: "CHAIN",
    help: "Chain of the peers",
    choices: CHAIN_NAMES,
    allowed: `one of ${CHAIN_NAMES.join(", ")}`,
    default: DEFAULT_SETTINGS.chain.name,
    parse: findChain,
  },
  "signet-challenge": {
    group: "target",
    placeholder: "HEX",
    help: "Use the signet with this challenge (-signetchallenge in Bitcoin Core)",
    ...CHALLENGE,
  },
  port: {
    group: "target",
    short: "p",
    placeholder: "PORT",
    help: "Port of targets without one",
    otherwise: "the chain's own",
    excludes: ["demo"],
    ...integer(PORT),
  },
  targets: {
    group: "target",
    placeholder: "FILE",
    help:
      "File with more targets, one per line, # for comments; - reads standard input and dials targets as they come; needs --allow-read=FILE; can be repeated",
    repeatable: true,
    file: "read",
    excludes: ["demo"],
    allowed: "a file name, or - for standard input",
    parse: (text: string) => text === "" ? undefined : text,
  },
  ipv4: { group: "target", short: "4", help: "Only IPv4; -4 and -6 together mean both" },
  ipv6: { group: "target", short: "6", help: "Only IPv6; -4 and -6 together mean both" },
  "dns-server": {
    group: "target",
    placeholder: "IP[:PORT]",
    help: "Name server to use",
    otherwise: "the system's",
    excludes: ["demo"],
    ...NAME_SERVER,
  },
  services: {
    group: "announce",
    short: "s",
    help: "Services of the transmitting node: a number, 0x hex, or names such as NETWORK,WITNESS",
    default: String(DEFAULT_SETTINGS.services),
    ...SERVICES,
  },
  "receiving-services": {
    group: "announce",
    short: "r",
    help: "Services of the receiving node, in the same format",
    default: String(DEFAULT_SETTINGS.receivingServices),
    ...SERVICES,
  },
  "user-agent": {
    group: "announce",
    placeholder: "UA",
    help: "User agent (BIP 14)",
    default: DEFAULT_SETTINGS.userAgent,
    ...text(USER_AGENT),
  },
  "protocol-version": {
    group: "announce",
    placeholder: "N",
    help: "Protocol version",
    ...integer(PROTOCOL_VERSION),
    default: String(DEFAULT_SETTINGS.protocolVersion),
  },
  "start-height": {
    group: "announce",
    placeholder: "N",
    help: "Start height",
    ...integer(INT32),
    default: String(DEFAULT_SETTINGS.startHeight),
  },
  relay: { group: "announce", help: "Ask for transactions (BIP 37)" },
  transport: {
    group: "how",
    placeholder: "T",
    help: "Transport protocol: v2 is encrypted (BIP 324), auto tries v2 and then v1",
    ...word(TRANSPORT),
    default: DEFAULT_SETTINGS.transport,
    defaultWith: { demo: "auto" },
  },
  timeout: {
    group: "how",
    short: "t",
    placeholder: "SECONDS",
    help: "Time limit for each peer, including the connect, and for each name",
    default: String(DEFAULT_SETTINGS.timeout / 1000),
    // By the demo's clock, which waits for a busy machine: long enough to show a timeout, but not long to wait.
    defaultWith: { demo: "2" },
    ...TIMEOUT_SECONDS,
  },
  concurrency: {
    group: "how",
    short: "j",
    placeholder: "N",
    help: "Handshakes in flight at once",
    ...integer(CONCURRENCY),
    default: String(DEFAULT_SETTINGS.concurrency),
  },
  hold: {
    group: "how",
    placeholder: "SECONDS",
    help: "Keep connections open this long after a successful handshake, answering pings",
    ...HOLD_SECONDS,
    default: String(DEFAULT_SETTINGS.hold / 1000),
  },
  format: {
    group: "output",
    placeholder: "F",
    help: "Output format",
    ...word(oneOf("text", "ndjson", "csv")),
    default: "text",
  },
  report: {
    group: "output",
    placeholder: "FILE.html",
    help: "Also write an HTML page with charts and every peer; needs --allow-write=FILE.html",
    file: "write",
    allowed: "a file name",
    parse: (text: string) => text === "" || text === "-" ? undefined : text,
  },
  trace: {
    group: "output",
    placeholder: "FORM",
    help: "In text: show every message with its fields, or draw each handshake as a Markdown diagram",
    modes: ["scan"],
    ...word(oneOf("text", "mermaid")),
    bare: "text",
  },
  "log-level": {
    group: "output",
    placeholder: "L",
    help: "Level of diagnostics on standard error",
    ...word(oneOf("debug", "info", "warn", "error")),
    default: "info",
  },
  quiet: {
    group: "output",
    short: "q",
    help: "In text: print only the two count lines, and on standard error why handshakes failed",
  },
  audit: {
    group: "mode",
    modes: ["audit"],
    help: "Judge DNS seeds by their answers and peers; without a target, those that Bitcoin Core ships for the chain",
  },
  "service-bits": {
    group: "mode",
    placeholder: "HEX,HEX,...",
    help: "Service bits of the subdomains to query",
    otherwise: "those the seed is known to support, else 9",
    modes: ["audit"],
    ...SERVICE_BIT_LIST,
  },
  "include-unroutable": {
    group: "mode",
    help: "Also dial addresses that are not routable on the public internet",
    modes: ["audit"],
    excludes: ["demo"],
  },
  demo: { group: "mode", help: "Scan or audit a simulated network on this machine; takes no targets" },
  completions: {
    group: "help",
    placeholder: "SHELL",
    help: "Print completions for a shell",
    ...word(oneOf("bash", "zsh", "fish")),
  },
  help: { group: "help", short: "h", help: "Print help" },
  version: { group: "help", short: "V", help: "Print version" },
} as const satisfies Record<string, ValueOption<unknown> | FlagOption>;

type Options = typeof OPTIONS;

/** The long name of an option that takes a value. */
export type ValueName = { [N in keyof Options]: Options[N] extends { placeholder: string } ? N : never }[keyof Options];

/** The long name of an option that takes none. */
export type FlagName = Exclude<keyof Options, ValueName>;

type Parsed<N extends ValueName> = NonNullable<ReturnType<Options[N]["parse"]>>;

type NameWithDefault = { [N in ValueName]: Options[N] extends { default: string } ? N : never }[ValueName];

/** A parsed and checked command line. */
export type CommandLine =
  & { readonly [N in NameWithDefault]: Parsed<N> }
  & { readonly [N in Exclude<ValueName, NameWithDefault | "targets">]: Parsed<N> | undefined }
  & { readonly [N in FlagName]: boolean }
  & {
    /** The target files, in order. */
    readonly targets: readonly string[];
    /** The targets, in order. */
    readonly seeds: readonly string[];
    /** The long names of the options given. */
    readonly given: ReadonlySet<string>;
  };

/** All options with their long names, in the order of the help. */
export const OPTION_LIST: readonly [name: keyof Options, option: Option][] = (Object.keys(OPTIONS) as (keyof Options)[])
  .map((name) => [name, OPTIONS[name]]);

/** The long names of the options that take a value. */
export const VALUE_NAMES = OPTION_LIST.filter(([, option]) => takesValue(option)).map(([name]) => name as ValueName);

/** The long names of the options that take none. */
export const FLAG_NAMES = OPTION_LIST.filter(([, option]) => !takesValue(option)).map(([name]) => name as FlagName);
