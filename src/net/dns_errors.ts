/**
 * What the resolver's errors mean.
 *
 * @module
 */

import { formatAddress, ipAddress } from "../address/address.ts";
import { escapeText } from "../wire/escape.ts";
import { DnsError } from "./errors.ts";
import type { ResolveOptions } from "./resolver.ts";

type NameServer = ResolveOptions["nameServer"];

/** Whether no file descriptor was left to ask with: EMFILE or ENFILE, which Deno gives as text only. */
export function isScarcity(error: unknown): boolean {
  return error instanceof Error && /\(os error 2[34]\)/.test(error.message);
}

/** No answer that could be used came within so many milliseconds, and `cause` in the end. */
export function unusableAnswerError(name: string, timeout: number, nameServer: NameServer, cause: unknown): DnsError {
  const server = nameServer && formatAddress(ipAddress(nameServer.ipAddr, nameServer.port));
  const [from, why, todo] = server === undefined
    ? ["the system's name server", "it is out of reach", "try another one with --dns-server"]
    : [server, "there is no name server", "check --dns-server"];
  return new DnsError(
    "dns_timeout",
    `no usable answer for ${name} within ${timeout / 1000} s from ${from}: ${why}, or it is too slow, or its answer ` +
      `cannot be read (garbled, or too long without the TC bit); ${todo}`,
    { cause },
  );
}

/** What an error of `Deno.resolveDns` means; a value that is no error as it is. */
export function resolverError(error: unknown, name: string, nameServer: NameServer): unknown {
  if (!(error instanceof Error)) return error;
  const cause = { cause: error };
  if (error instanceof Deno.errors.NotCapable) {
    return new DnsError("permission_denied", `${error.message.split(",")[0]}: run again with --allow-net`, cause);
  }
  if (error instanceof Deno.errors.NotFound) return notFoundError(name, cause);
  const said = escapeText(error.message);
  const [, fault] = /Error parsing resolv\.conf: (.*)$/.exec(said) ?? [];
  const what = fault === undefined
    ? `the resolver failed for ${name}: ${said}`
    : `Deno cannot read /etc/resolv.conf: ${withLineNumber(fault)}`;
  // The name is not at fault when it is a file or a socket.
  const isSystem = nameServer === undefined && said.includes("io error");
  return new DnsError("dns_failure", isSystem ? `${what}; name a name server with --dns-server` : what, cause);
}

/** The name has no address, as far as Deno tells. */
export function notFoundError(name: string, options?: ErrorOptions): DnsError {
  return new DnsError("dns_not_found", `${name} has no address, or its name server failed`, options);
}

/** The text with the number of its line counted from one. */
function withLineNumber(fault: string): string {
  return fault.replace(/ at line (\d+)/, (_, line) => ` on line ${Number(line) + 1}`);
}
