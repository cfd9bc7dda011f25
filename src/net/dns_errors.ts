/**
 * What the resolver's errors mean.
 *
 * @module
 */

import { formatAddress, ipAddress } from "../address/address.ts";
import { escapeText } from "../wire/escape.ts";
import { DnsError } from "./errors.ts";
import type { OptionNames } from "./option_names.ts";
import type { ResolveOptions } from "./resolver.ts";

/** What a name was looked up with. */
interface LookupSettings extends Pick<ResolveOptions, "nameServer"> {
  /** What messages call the options. */
  readonly optionNames: OptionNames;
}

/** Whether the query failed for lack of a file descriptor: EMFILE or ENFILE, which Deno gives as text only. */
export function isScarcity(error: unknown): boolean {
  return error instanceof Error && /\(os error 2[34]\)/.test(error.message);
}

/** No usable answer came within the time; `cause` is the last error. */
export function unusableAnswerError(
  name: string,
  { nameServer, timeout, optionNames }: LookupSettings & Pick<ResolveOptions, "timeout">,
  cause: unknown,
): DnsError {
  const server = nameServer && formatAddress(ipAddress(nameServer.ipAddr, nameServer.port));
  const [from, why, todo] = server === undefined
    ? ["the system's name server", "it is unreachable", `try another one with ${optionNames.nameServer}`]
    : [server, "nothing listens there", `check ${optionNames.nameServer}`];
  return new DnsError(
    "dns_timeout",
    `no usable answer for ${name} within ${timeout / 1000} s from ${from}: ${why}, or it is too slow, or its answer ` +
      `cannot be parsed (garbled, or too long without the TC bit); ${todo}`,
    { cause },
  );
}

/** An I/O error of Deno's that means that there is no route: ENETUNREACH on Linux, macOS and Windows. */
const NO_ROUTE = /io error: .*\(os error (?:101|51|10051)\)/;

/** What Deno's resolver says of a name that its parser refuses. */
const NO_NAME = /Label contains invalid characters|Malformed label/;

/** The {@linkcode DnsError} for an error of `Deno.resolveDns`; anything but an `Error` is returned unchanged. */
export function resolverError(error: unknown, name: string, { nameServer, optionNames }: LookupSettings): unknown {
  if (!(error instanceof Error)) return error;
  const cause = { cause: error };
  if (error instanceof Deno.errors.NotCapable) {
    return new DnsError("permission_denied", `${error.message.split(",")[0]}: run again with --allow-net`, cause);
  }
  if (error instanceof Deno.errors.NotFound) return notFoundError(name, cause);
  const said = escapeText(error.message);
  const what = whatFailed(said, name);
  // An I/O error is the fault of a file or a socket, not of the name.
  const isSystem = nameServer === undefined && said.includes("io error");
  return new DnsError(
    "dns_failure",
    isSystem ? `${what}; choose a name server with ${optionNames.nameServer}` : what,
    cause,
  );
}

function whatFailed(said: string, name: string): string {
  const [, fault] = /Error parsing resolv\.conf: (.*)$/.exec(said) ?? [];
  if (fault !== undefined) return `Deno cannot read /etc/resolv.conf: ${withLineNumber(fault)}`;
  if (NO_ROUTE.test(said)) return `this machine, which may be offline, has no route to the name server for ${name}`;
  if (!NO_NAME.test(said)) return `cannot resolve ${name}: ${said}`;
  return `Deno cannot look up ${name}: a label can have an underscore only as its first character, and xn-- only before ` +
    "Punycode";
}

/** The name has no address, as far as Deno can tell. */
export function notFoundError(name: string, options?: ErrorOptions): DnsError {
  return new DnsError("dns_not_found", `${name} has no address, or its name server failed`, options);
}

/** The text with its line number counted from one. */
function withLineNumber(fault: string): string {
  return fault.replace(/ at line (\d+)/, (_, line) => ` on line ${Number(line) + 1}`);
}
