/**
 * The options that choose a mode, and those for a single mode.
 *
 * @module
 */

import type { Option } from "../option.ts";
import { SERVICE_BIT_LIST } from "../values.ts";

/** By long name, in the order of the help. */
export const MODE_OPTIONS = {
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
    modes: ["audit", "crawl"],
    excludes: ["demo"],
  },
  demo: { group: "mode", help: "Scan, audit or crawl a simulated network on this machine; takes no targets" },
} as const satisfies Record<string, Option>;
