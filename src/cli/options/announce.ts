/**
 * The options for what we announce.
 *
 * @module
 */

import { DEFAULT_SETTINGS } from "../../scan/settings.ts";
import { PROTOCOL_VERSION } from "../../scan/rules.ts";
import { INT32 } from "../../wire/argument.ts";
import { parseServices, SERVICE_BITS } from "../../wire/services.ts";
import { USER_AGENT } from "../../wire/user_agent.ts";
import type { Option } from "../option.ts";
import { integer, text } from "../values.ts";

const SERVICES = {
  placeholder: "BITS",
  words: [...SERVICE_BITS.keys()],
  allowed: `a 64-bit number, decimal or 0x hex, or names from ${[...SERVICE_BITS.keys()].join(",")}`,
  parse: parseServices,
} as const;

/** By long name, in the order of the help. */
export const ANNOUNCE_OPTIONS = {
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
} as const satisfies Record<string, Option>;
