/**
 * Targets as people write them: a DNS name, `name:port`, `1.2.3.4[:port]`, `2001:db8::1`, `[2001:db8::1]:port`.
 *
 * @module
 */

import { AddressError } from "../address/errors.ts";
import { type Host, type IpHost, parseIpHost } from "../address/host.ts";
import { OPTION_NAMES, type OptionNames } from "../net/option_names.ts";
import { whyOverlay } from "../net/special_names.ts";
import { STRING } from "../wire/argument.ts";
import { CHAINS } from "../wire/chains.ts";
import { hostAndPort } from "./pasted.ts";

/** A name to scan, which stands for many addresses. */
export interface NameTarget {
  /** As it was written, without what was around host and port. */
  readonly text: string;
  /** A name is in no network. */
  readonly network: null;
  /** The name. */
  readonly host: string;
  /** The port, when it names one; 1 to 65535. */
  readonly port: number | null;
}

/** An address to scan. */
export interface AddressTarget extends Host {
  /** As it was written, without what was around host and port. */
  readonly text: string;
  /** The port, when it names one; 1 to 65535. */
  readonly port: number | null;
}

/** Something to scan; `network` tells which of the two it is. */
export type Target = NameTarget | AddressTarget;

/** A text that is no target. */
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

/**
 * Reads a target. `optionNames` is what messages call the options.
 *
 * @throws {TargetError} saying what is wrong with it.
 */
export function parseTarget(written: string, optionNames: Pick<OptionNames, "port"> = OPTION_NAMES): Target {
  STRING.check("target", written);
  const refuse = (reason: string, options?: ErrorOptions) => new TargetError(written, reason, options);
  const text = hostAndPort(written);
  if (text.includes("/")) throw refuse(whyNoSlash(text));
  const [, bracketed, unbracketed, portText] = /^(?:\[(.*)\]|([^:]*))(?::([^:]*))?$/s.exec(text) ?? [];
  const why = whyOverlay(unbracketed ?? "");
  if (why !== undefined) throw refuse(`the name ${why}`);
  const port = portText === undefined ? null : parsePort(portText);
  if (portText === "") throw refuse("the port is missing: write it after the colon, or leave the colon out");
  if (port === undefined) throw refuse("the port must be a number from 1 to 65535");
  if (bracketed !== undefined) {
    const host = bracketed.includes(":") ? ipHost(bracketed, refuse) : undefined;
    if (host === undefined) throw refuse("expected an IPv6 address within the brackets");
    return addressTarget(text, host, port);
  }
  const slip = unbracketed === undefined ? whyNoBrackets(text) : undefined;
  if (slip !== undefined) throw refuse(slip);
  const host = ipHost(unbracketed ?? text, refuse);
  if (host !== undefined) return addressTarget(text, host, port);
  if (unbracketed === undefined) throw refuse("neither an IPv6 address nor a name or an IPv4 address with a port");
  const fault = whyNoName(unbracketed, optionNames) ?? (port === null ? whyNoWord(unbracketed) : undefined);
  if (fault !== undefined) throw refuse(fault);
  return { text, network: null, host: unbracketed, port };
}

/** The target that an address is. Without a spread, which V8 makes larger objects for: there may be many. */
export function addressTarget(text: string, { network, host }: Host, port: number | null): AddressTarget {
  return { text, network, host, port };
}

/** Reads an IP address; what is wrong with its zone is wrong with the target. */
function ipHost(text: string, refuse: (reason: string, options: ErrorOptions) => TargetError): IpHost | undefined {
  try {
    return parseIpHost(text);
  } catch (error) {
    throw error instanceof AddressError ? refuse(error.message, { cause: error }) : error;
  }
}

function isIp(text: string): boolean {
  try {
    return parseIpHost(text) !== undefined;
  } catch {
    return false;
  }
}

/** A TCP port from 1 to 65535, `undefined` when `text` is none. */
export function parsePort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65535 ? port : undefined;
}

/**
 * Why an IPv6 address most likely has a port: it would be none otherwise, or ends in a chain's port. `::1:8333` is an
 * address too, and nobody has it.
 */
function whyNoBrackets(text: string): string | undefined {
  const [, ip = "", portText = ""] = /^(.*):(\d{4,5})$/s.exec(text) ?? [];
  if (!isIp(ip) || parsePort(portText) === undefined) return undefined;
  if (!isIp(text)) return `an IPv6 address with a port needs brackets: [${ip}]:${portText}`;
  const isChains = CHAINS.some(({ port }) => String(port) === portText);
  return isChains ? `write [${ip}]:${portText} if ${portText} is the port, [${text}] if it is not` : undefined;
}

/** A word is more likely a slip than a seed: it needs a port, or the last dot, to be taken for the name of a host. */
function whyNoWord(name: string): string | undefined {
  if (name.includes(".") || name.toLowerCase() === "localhost") return undefined;
  return `a word without a dot is no DNS seed: for a host of this name, write ${name}. or ${name}:PORT`;
}

/** Why a text is no host name: RFC 1123, section 2.1, with the underscores that names in use have. */
function whyNoName(name: string, { port }: Pick<OptionNames, "port">): string | undefined {
  if (name === "") return "the name is empty";
  const labels = name.replace(/\.$/, "").split(".");
  if (!labels.every((label) => /^(?!-)[a-z0-9_-]+(?<!-)$/i.test(label))) return whyNoLabels(name);
  if (labels.some((label) => label.length > MAX_LABEL_LENGTH)) {
    return `a label of a name has at most ${MAX_LABEL_LENGTH} characters`;
  }
  if (labels.join(".").length > MAX_NAME_LENGTH) return `a name has at most ${MAX_NAME_LENGTH} characters`;
  if (!/^\d+$/.test(labels.at(-1) ?? "")) return undefined;
  return labels.length === 1
    ? `a port stands after its host, as in seed.example:8333, or in ${port}`
    : "not an IPv4 address: that has four numbers from 0 to 255";
}

function whyNoSlash(text: string): string {
  const [, ip = ""] = /^(.*)\/\d{1,3}$/s.exec(text) ?? [];
  if (isIp(ip)) return "a range of addresses is no target: name each address";
  return "a path is no part of a target: expected a host, with or without a port";
}

/** What is wrong with the characters of a name, and what may have been meant. */
function whyNoLabels(name: string): string {
  const [, host = "", port = ""] = /^(\S+)\s+(\d+)$/.exec(name) ?? [];
  if (parsePort(port) !== undefined) return `the port stands after a colon: write ${host}:${port}`;
  if (/[\s,;]/.test(name)) return "expected one host: targets are arguments of their own, or lines of a file";
  const ascii = asciiName(name);
  if (ascii !== undefined) return `a name is written in ASCII: ${ascii}`;
  return "a name has labels of letters, digits, underscores and, within them, hyphens, with single dots between them";
}

/** The ASCII form of an internationalized name (UTS 46), `undefined` when it has none. */
function asciiName(name: string): string | undefined {
  const ascii = /^[\x20-\x7e]*$/.test(name) ? "" : URL.parse(`http://${name}`)?.hostname ?? "";
  return /^[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?$/.test(ascii) ? ascii : undefined;
}
