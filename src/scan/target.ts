/**
 * Targets as people write them: a DNS name, `name:port`, `1.2.3.4[:port]`, `2001:db8::1`, `[2001:db8::1]:port`,
 * `<56 characters>.onion[:port]`, `<52 characters>.b32.i2p`.
 *
 * @module
 */

import { AddressError } from "../address/errors.ts";
import { type Host, parseHost, parseIpHost } from "../address/host.ts";
import type { Network } from "../address/network.ts";
import { OPTION_NAMES, type OptionNames } from "../net/option_names.ts";
import { STRING } from "../wire/argument.ts";
import { CHAINS } from "../wire/chains.ts";
import { i2pPort, overlayHost } from "./overlay.ts";
import { hostAndPort } from "./pasted.ts";

/** A name to scan, which stands for many addresses. */
export interface NameTarget {
  /** The target as given, reduced to host and port. */
  readonly text: string;
  /** Always `null`: a name belongs to no network. */
  readonly network: null;
  /** The name. */
  readonly host: string;
  /** The port, 1 to 65535, or `null` if it has none. */
  readonly port: number | null;
}

/** An address to scan. */
export interface AddressTarget extends Host {
  /** The target as given, reduced to host and port. */
  readonly text: string;
  /** The port, 1 to 65535, or `null` if it has none; for I2P always 0. */
  readonly port: number | null;
}

/** Something to scan; `network` tells the two kinds apart. */
export type Target = NameTarget | AddressTarget;

/** A text that is not a valid target. */
export class TargetError extends TypeError {
  /** Always `TargetError`. */
  override readonly name = "TargetError";
  /** The stable name of the reason. */
  readonly code = "invalid_target";
  /** The text. */
  readonly target: string;
  /** What is wrong with it. */
  readonly reason: string;

  /** Makes the error; its message has the target and the reason. */
  constructor(target: string, reason: string, options?: ErrorOptions) {
    super(`invalid target '${target}': ${reason}`, options);
    this.target = target;
    this.reason = reason;
  }
}

const MAX_NAME_LENGTH = 253;
const MAX_LABEL_LENGTH = 63;

/** The networks that can be reached without a proxy or a bridge. */
const INTERNET: readonly Network[] = ["ipv4", "ipv6"];

/** What decides whether a target is valid. */
export interface TargetContext {
  /** The networks that can be reached; if CJDNS is not among them, its addresses count as IPv6. */
  readonly networks: readonly Network[];
  /** The names of options in messages. */
  readonly optionNames: Pick<OptionNames, "port" | "proxy" | "onion" | "i2psam">;
}

/**
 * Parses a target, by default one on the internet.
 *
 * @throws {TargetError} when it is not valid.
 */
export function parseTarget(
  written: string,
  { networks = INTERNET, optionNames = OPTION_NAMES }: Partial<TargetContext> = {},
): Target {
  STRING.check("target", written);
  try {
    return readTarget(written, { networks, optionNames });
  } catch (error) {
    throw error instanceof AddressError ? new TargetError(written, error.message, { cause: error }) : error;
  }
}

function readTarget(written: string, context: TargetContext): Target {
  const refuse = (reason: string) => new TargetError(written, reason);
  const text = hostAndPort(written);
  if (text.includes("/")) throw refuse(whyNoSlash(text));
  const [, bracketed, unbracketed, portText] = /^(?:\[(.*)\]|([^:]*))(?::([^:]*))?$/s.exec(text) ?? [];
  const overlay = overlayHost(unbracketed ?? "", context, refuse);
  if (overlay?.network === "i2p") return addressTarget(text, overlay, i2pPort(portText, refuse));
  const port = portText === undefined ? null : parsePort(portText);
  if (portText === "") throw refuse("the port is missing: write it after the colon, or remove the colon");
  if (port === undefined) throw refuse("the port must be a number from 1 to 65535");
  if (overlay !== undefined) return addressTarget(text, overlay, port);
  const options = { cjdns: context.networks.includes("cjdns") };
  if (bracketed !== undefined) {
    const host = bracketed.includes(":") ? parseHost(bracketed, options) : undefined;
    if (host === undefined) throw refuse(whyNoBracketed(bracketed, portText, context.optionNames));
    return addressTarget(text, host, port);
  }
  const slip = unbracketed === undefined ? whyNoBrackets(text) : undefined;
  if (slip !== undefined) throw refuse(slip);
  const host = parseHost(unbracketed ?? text, options);
  if (host !== undefined) return addressTarget(text, host, port);
  if (unbracketed === undefined) throw refuse("expected a name or an IPv4 address with a port, or an IPv6 address");
  const fault = whyNoName(unbracketed, context.optionNames) ?? (port === null ? whyNoWord(unbracketed) : undefined);
  if (fault !== undefined) throw refuse(fault);
  return { text, network: null, host: unbracketed, port };
}

/** The target for an address. Not a spread, for which V8 makes larger objects: there may be many. */
export function addressTarget(text: string, { network, host }: Host, port: number | null): AddressTarget {
  return { text, network, host, port };
}

function whyNoBracketed(
  bracketed: string,
  portText: string | undefined,
  optionNames: Pick<OptionNames, "port">,
): string {
  const isHost = isIp(bracketed) || whyNoName(bracketed, optionNames) === undefined;
  if (!isHost) return "expected an IPv6 address within the brackets";
  return `only an IPv6 address goes in brackets: write ${bracketed}${portText === undefined ? "" : `:${portText}`}`;
}

function isIp(text: string): boolean {
  try {
    return parseIpHost(text) !== undefined;
  } catch {
    return false;
  }
}

/** Parses a TCP port from 1 to 65535; `undefined` for any other text. */
export function parsePort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65535 ? port : undefined;
}

/**
 * Why an IPv6 address probably has a port without brackets: it is invalid otherwise, or ends in a chain's port.
 * `::1:8333` is a valid address, but nobody has it.
 */
function whyNoBrackets(text: string): string | undefined {
  const [, ip = "", portText = ""] = /^(.*):(\d{4,5})$/s.exec(text) ?? [];
  if (!isIp(ip) || parsePort(portText) === undefined) return undefined;
  if (!isIp(text)) return `an IPv6 address with a port needs brackets: [${ip}]:${portText}`;
  const isChains = CHAINS.some(({ port }) => String(port) === portText);
  return isChains ? `write [${ip}]:${portText} if ${portText} is the port, [${text}] if it is not` : undefined;
}

/** How names of files end, and none of hosts: these are no top-level domains. */
const FILE_EXTENSION = /\.(?:txt|csv|tsv|json|ndjson|jsonl|lst|log|conf|dat|html?|xlsx?|gz)$/i;

/**
 * A single word, or the name of a file, is more likely a mistake than a seed: it is taken for a host name only with a
 * port or a trailing dot.
 */
function whyNoWord(name: string): string | undefined {
  const isFile = FILE_EXTENSION.test(name);
  if (!isFile && name.includes(".") || name.toLowerCase() === "localhost") return undefined;
  const expected = isFile ? "a host, not a file" : "a name with a dot";
  return `expected ${expected}: if this is the name of a host, write ${name}. or ${name}:PORT`;
}

/** Why a text is not a host name: RFC 1123, section 2.1, but underscores are allowed, as some names have them. */
function whyNoName(name: string, { port }: Pick<OptionNames, "port">): string | undefined {
  if (name === "") return "the name is empty";
  // As scanners of ports have them: 192.0.2.1-9, 192.0.2.*
  if (/^(?=.*[*-])[\d*-]+(?:\.[\d*-]+)+$/.test(name)) return NO_RANGE;
  const labels = name.replace(/\.$/, "").split(".");
  if (!labels.every((label) => /^(?!-)[a-z0-9_-]+(?<!-)$/i.test(label))) return whyNoLabels(name);
  if (labels.some((label) => label.length > MAX_LABEL_LENGTH)) {
    return `a label of a name can have at most ${MAX_LABEL_LENGTH} characters`;
  }
  if (labels.join(".").length > MAX_NAME_LENGTH) return `a name can have at most ${MAX_NAME_LENGTH} characters`;
  if (!/^\d+$/.test(labels.at(-1) ?? "")) return undefined;
  return labels.length === 1
    ? `a port goes after the host, as in seed.example:8333, or in ${port}`
    : "not an IPv4 address: expected four numbers from 0 to 255";
}

const NO_RANGE = "a range of addresses cannot be a target: list each address";

function whyNoSlash(text: string): string {
  const [, ip = ""] = /^(.*)\/\d{1,3}$/s.exec(text) ?? [];
  if (isIp(ip)) return NO_RANGE;
  return "expected a host, with or without a port, but no path";
}

/** What is wrong with the characters of a name, and what was probably meant. */
function whyNoLabels(name: string): string {
  const [, host = "", port = ""] = /^([^\s,;#|]+)[\s,;#|]+(\d+)$/.exec(name) ?? [];
  if (parsePort(port) !== undefined) return `the port goes after a colon: write ${host}:${port}`;
  if (/[\s,;]/.test(name)) {
    return "expected one host: give each target as a separate argument, or on its own line of a file";
  }
  const ascii = asciiName(name);
  if (ascii !== undefined) return `a name must be in ASCII: write ${ascii}`;
  return "a name consists of labels of letters, digits, underscores and inner hyphens, separated by single dots";
}

/** The ASCII form of an internationalized name (UTS 46); `undefined` if it has none. */
function asciiName(name: string): string | undefined {
  const ascii = /^[\x20-\x7e]*$/.test(name) ? "" : URL.parse(`http://${name}`)?.hostname ?? "";
  return /^[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?$/.test(ascii) ? ascii : undefined;
}
