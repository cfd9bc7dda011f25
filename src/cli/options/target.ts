/**
 * The options for what to dial.
 *
 * @module
 */

import { NETWORK_NAMES } from "../../address/network.ts";
import { DEFAULT_SETTINGS } from "../../scan/settings.ts";
import { CHAINS, findChain, PORT } from "../../wire/chains.ts";
import type { Option } from "../option.ts";
import { CHALLENGE, integer, NAME_SERVER, NETWORK_LIST } from "../values.ts";

const CHAIN_NAMES = CHAINS.flatMap(({ name, aliases }) => [name, ...aliases]);

/** By long name, in the order of the help. */
export const TARGET_OPTIONS = {
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
  onlynet: {
    group: "target",
    placeholder: "NET,...",
    help: `Only these networks: ${NETWORK_NAMES.join(", ")}; can be repeated`,
    otherwise: "all that can be reached",
    repeatable: true,
    words: NETWORK_NAMES,
    ...NETWORK_LIST,
  },
  ipv4: { group: "target", short: "4", help: "Short for --onlynet ipv4" },
  ipv6: { group: "target", short: "6", help: "Short for --onlynet ipv6" },
  "dns-server": {
    group: "target",
    placeholder: "IP[:PORT]",
    help: "Name server to use",
    otherwise: "the system's",
    excludes: ["demo"],
    ...NAME_SERVER,
  },
} as const satisfies Record<string, Option>;
