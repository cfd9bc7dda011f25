/**
 * The help, made from the options' definitions.
 *
 * @module
 */

import { type FlagOption, OPTIONS, type ValueOption } from "./options.ts";

/** How the program is called. */
export const USAGE = "Usage: bitcoin-p2p-handshake [OPTIONS] <DNS_SEED>...";

/** What `--help` prints. */
export function helpText(): string {
  const forms = OPTIONS.map(([name, option]) => form(name, option));
  const width = Math.max(...forms.map(({ length }) => length));
  const options = OPTIONS.map(([, option], i) => `  ${forms[i]?.padEnd(width)}  ${describe(option)}`);
  return `Shakes hands with the Bitcoin nodes that a DNS seed gives: connects to all of them at once, exchanges version and
verack with each, and prints how many handshakes succeeded and failed.

${USAGE}

Arguments:
  <DNS_SEED>...  DNS name, IPv4 or IPv6 address; each with :PORT if you like, IPv6 then in brackets

Options:
${options.join("\n")}

Exit status: 0 when a handshake succeeded, 1 when none did, 2 when the command line is wrong, 130 after SIGINT, 143
after SIGTERM. With --audit: 0 when no seed fails, 1 when one does.

Example: bitcoin-p2p-handshake --timeout 20 dnsseed.emzy.de`;
}

function form(name: string, option: FlagOption | ValueOption<unknown>): string {
  const short = option.short === undefined ? "    " : `-${option.short}, `;
  if (!("placeholder" in option)) return `${short}--${name}`;
  return `${short}--${name}${option.bare === undefined ? ` <${option.placeholder}>` : `[=<${option.placeholder}>]`}`;
}

function describe(option: FlagOption | ValueOption<unknown>): string {
  if (!("placeholder" in option)) return option.help;
  const choices = option.allowed.startsWith("one of ") ? `: ${option.allowed.slice("one of ".length)}` : "";
  return `${option.help}${choices}${option.default === undefined ? "" : ` [default: ${option.default}]`}`;
}
