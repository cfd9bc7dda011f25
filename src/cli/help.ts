/**
 * The help, generated from the options' definitions.
 *
 * @module
 */

import { wrap } from "../report/wrap.ts";
import { type Entry, readableWidth, secondColumn, twoColumns } from "./columns.ts";
import { modeNotes } from "./modes.ts";
import { GROUPS, type Option, takesValue, type ValueOption } from "./option.ts";
import { OPTION_LIST } from "./options.ts";

/** How the program is called. */
export const USAGE = "Usage: bitcoin-p2p-handshake [OPTIONS] <DNS_SEED>...";

const ABOUT = "Shakes hands with the Bitcoin nodes of a DNS seed: connects to all of them at once, exchanges " +
  "version and verack with each, and prints how many handshakes succeeded and failed.";

const ARGUMENT =
  "DNS name, IPv4 or IPv6 address (fe80::1%eth0 too), each with an optional :PORT, as in [2001:db8::1]:8333; onion name " +
  "with an optional :PORT, I2P name (.b32.i2p)";

const EXIT_STATUS = "Exit status: 0 if a handshake succeeded, 1 if none did, 2 if the command line is wrong, 129 " +
  "after SIGHUP, 130 after SIGINT, 143 after SIGTERM. With --audit: 0 if no seed fails, 1 if one does. With --check: " +
  "0 for OK, 1 for WARNING, 2 for CRITICAL, 3 for UNKNOWN.";

const EXAMPLE = "bitcoin-p2p-handshake --timeout 20 dnsseed.emzy.de";

/** What `--help` prints, in lines of at most `width` columns. */
export function helpText(width: number): string {
  const lineWidth = readableWidth(width);
  const groups = Object.entries(GROUPS).map(([group, heading]) => {
    const options = OPTION_LIST.filter(([, option]) => option.group === group);
    return {
      heading: `${heading}:`,
      entries: options.map(([name, option]): Entry => [form(name, option), describe(name, option)]),
    };
  });
  const column = secondColumn(groups.flatMap(({ entries }) => entries));
  const list = (entries: readonly Entry[]) => twoColumns(entries, column, lineWidth);
  return [
    ...wrap(ABOUT, lineWidth),
    "",
    ...wrap(USAGE, lineWidth),
    "",
    "Arguments:",
    ...list([["<DNS_SEED>...", ARGUMENT]]),
    ...groups.flatMap(({ heading, entries }) => ["", heading, ...list(entries)]),
    "",
    ...wrap(EXIT_STATUS, lineWidth),
    "",
    "Example:",
    ...wrap(EXAMPLE, lineWidth - 2).map((line) => `  ${line}`),
  ].join("\n");
}

function form(name: string, option: Option): string {
  const short = option.short === undefined ? "    " : `-${option.short}, `;
  if (!takesValue(option)) return `${short}--${name}`;
  return `${short}--${name}${option.bare === undefined ? ` <${option.placeholder}>` : `[=<${option.placeholder}>]`}`;
}

/** The description of an option, with notes in brackets. */
function describe(name: string, option: Option): string {
  const notes = [...takesValue(option) ? valueNotes(option) : [], ...modeNotes(name, option)];
  return [option.help, ...notes.map((note) => `[${note}]`)].join(" ");
}

function valueNotes({ allowed, choices, default: usual, otherwise, defaultWith = {} }: ValueOption<unknown>): string[] {
  const value = usual ?? otherwise;
  return [
    ...choices === undefined ? [] : [allowed],
    ...value === undefined ? [] : [`default: ${value}`],
    ...Object.entries(defaultWith).map(([flag, value]) => `with --${flag}: ${value}`),
  ];
}
