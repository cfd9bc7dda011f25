/**
 * The options of a crawl.
 *
 * @module
 */

import { DEFAULT_CRAWL, MAX_ADDRESSES, RATE } from "../../crawl/rules.ts";
import type { Option } from "../option.ts";
import { AGE_DURATION, integer, TIME_DURATION, TIMEOUT_SECONDS } from "../values.ts";

/** By long name, in the order of the help. */
export const CRAWL_OPTIONS = {
  crawl: {
    group: "crawl",
    modes: ["crawl"],
    help:
      "Ask every peer which addresses it knows, and go on with these; without a target, begin with the seeds that Bitcoin Core ships for the chain",
  },
  "addr-wait": {
    group: "crawl",
    placeholder: "SECONDS",
    help: "How long a peer has to answer getaddr",
    modes: ["crawl"],
    ...TIMEOUT_SECONDS,
    default: String(DEFAULT_CRAWL.addrWait / 1000),
    // As for the timeout: by the clock of the demo.
    defaultWith: { demo: "2" },
  },
  "max-age": {
    group: "crawl",
    placeholder: "DURATION",
    help: "Do not dial an address that nobody has seen for longer: a number with s, m, h or d, seconds without",
    modes: ["crawl"],
    ...AGE_DURATION,
    default: "2d",
  },
  "max-addresses": {
    group: "crawl",
    placeholder: "N",
    help: "Keep at most this many addresses",
    modes: ["crawl"],
    ...integer(MAX_ADDRESSES),
    default: String(DEFAULT_CRAWL.maxAddresses),
  },
  "max-time": {
    group: "crawl",
    placeholder: "DURATION",
    help: "Dial nothing more after this long; what is in flight is finished",
    modes: ["crawl"],
    otherwise: "none",
    ...TIME_DURATION,
  },
  rate: {
    group: "crawl",
    placeholder: "N",
    help: "At most this many new connections a second; 0 is no limit",
    modes: ["crawl"],
    ...integer(RATE),
    default: String(DEFAULT_CRAWL.rate),
  },
  state: {
    group: "crawl",
    placeholder: "FILE",
    help:
      "Keep what is found in an SQLite database, and begin with what is in it; needs --allow-read=FILE --allow-write=FILE",
    modes: ["crawl", "history"],
    file: "both",
    allowed: "a file name",
    parse: (text: string) => text === "" || text === "-" ? undefined : text,
  },
  history: {
    group: "crawl",
    modes: ["history"],
    help: "Print what the runs in the file of --state have found, without using the network",
  },
  exclude: {
    group: "crawl",
    placeholder: "FILE",
    help:
      "File of what is never dialled, one per line, # for comments: addresses (all ports if without one), CIDR ranges, onion and I2P names; needs --allow-read=FILE; can be repeated",
    repeatable: true,
    file: "read",
    modes: ["crawl"],
    allowed: "a file name",
    parse: (text: string) => text === "" || text === "-" ? undefined : text,
  },
  addresses: {
    group: "crawl",
    help: "At the end, also print a record for each address that is known",
    modes: ["crawl"],
  },
} as const satisfies Record<string, Option>;
