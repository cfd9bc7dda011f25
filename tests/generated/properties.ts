/** All properties, in one table. */

import { ADDRESS_PROPERTIES } from "./addresses.ts";
import { CODEC_PROPERTIES } from "./codecs.ts";
import { DNS_PROPERTIES } from "./dns.ts";
import { FRAMING_PROPERTIES } from "./framing.ts";
import { GOSSIP_PROPERTIES } from "./gossip.ts";
import { HANDSHAKE_PROPERTIES } from "./handshakes.ts";
import { NUMBER_PROPERTIES } from "./numbers.ts";
import type { Properties } from "./property.ts";
import { SESSION_PROPERTIES } from "./sessions.ts";
import { TARGET_PROPERTIES } from "./targets.ts";
import { TEXT_PROPERTIES } from "./texts.ts";
import { V2_PROPERTIES } from "./v2.ts";

/** Every property, by the name that replays it. */
export const PROPERTIES: Properties = {
  ...NUMBER_PROPERTIES,
  ...CODEC_PROPERTIES,
  ...GOSSIP_PROPERTIES,
  ...TEXT_PROPERTIES,
  ...ADDRESS_PROPERTIES,
  ...TARGET_PROPERTIES,
  ...DNS_PROPERTIES,
  ...FRAMING_PROPERTIES,
  ...HANDSHAKE_PROPERTIES,
  ...SESSION_PROPERTIES,
  ...V2_PROPERTIES,
};
