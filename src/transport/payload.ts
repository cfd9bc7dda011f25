/**
 * How long a payload may be, and which are kept.
 *
 * @module
 */

import { MAX_KEPT_PAYLOAD, payloadLimit } from "../wire/messages.ts";
import { TransportError } from "./errors.ts";
import { MAX_PAYLOAD_SIZE } from "./transport.ts";

/** Which part of a message says how long its payload is, and how; for errors. */
export interface Announcement {
  /** The part, as in "the header of inv". */
  readonly name: string;
  /** What it does, as in "announces 9". */
  readonly verb: string;
}

/**
 * Whether somebody reads the payload of such a message; with `keepsAll`, of one that nobody reads too, up to
 * {@linkcode MAX_KEPT_PAYLOAD} bytes. To be asked before anything is allocated for it.
 *
 * @throws {TransportError} `oversized_message` for a payload that no message may have, `malformed_message` for one that
 * this message may not.
 */
export function keepsPayload(
  messageType: string,
  size: number,
  keepsAll: boolean,
  { name, verb }: Announcement,
): boolean {
  if (size > MAX_PAYLOAD_SIZE) {
    throw new TransportError(
      "oversized_message",
      `Expected a payload of at most ${MAX_PAYLOAD_SIZE} bytes, the ${name} of ${messageType} ${verb} ${size}`,
    );
  }
  const limit = payloadLimit(messageType);
  if (limit?.overlong === "malformed" && size > limit.maxSize) {
    throw new TransportError(
      "malformed_message",
      `Expected a ${messageType} of at most ${limit.maxSize} bytes, its ${name} ${verb} ${size}`,
    );
  }
  return size <= (limit?.maxSize ?? (keepsAll ? MAX_KEPT_PAYLOAD : -1));
}
