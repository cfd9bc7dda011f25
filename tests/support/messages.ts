import { ipAddress } from "../../src/address/address.ts";
import type { OtherMessage } from "../../src/wire/messages.ts";
import type { RejectMessage } from "../../src/wire/reject.ts";
import type { VersionMessage } from "../../src/wire/version.ts";
import { ascii } from "./bytes.ts";

/** A `version` with every field set to a distinct value, except for `fields`. */
export function versionMessage(fields: Partial<VersionMessage> = {}): VersionMessage {
  return {
    type: "version",
    protocolVersion: 70016,
    services: 0xc09n,
    timestamp: 1_700_000_000n,
    addrRecv: { services: 1n, ...ipAddress("198.51.100.7", 8333) },
    addrFrom: { services: 0xc09n, ...ipAddress("2001:db8::1", 18333) },
    nonce: 0x1122_3344_5566_7788n,
    userAgent: ascii("/test:1.0/"),
    startHeight: 940_000,
    relay: true,
    ...fields,
  };
}

/** A `reject` of our version, except for `fields`. */
export function rejectMessage(fields: Partial<RejectMessage> = {}): RejectMessage {
  return {
    type: "reject",
    message: ascii("version"),
    ccode: 0x11,
    reason: ascii("too old"),
    data: new Uint8Array(),
    ...fields,
  };
}

/** A message without a codec, as received. */
export function otherMessage(messageType: string): OtherMessage {
  return { type: "other", messageType, payload: null };
}
