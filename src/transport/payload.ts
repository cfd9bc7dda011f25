/**
 * How long a payload may be, and which are kept.
 *
 * @module
 */

import type { PayloadLimits } from "../wire/messages.ts";
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
 * Whether somebody reads the payload of such a message, by `limits`. To be asked before anything is allocated for it.
 *
 * @throws {TransportError} `oversized_message` for a payload that no message may have, `malformed_message` for one that
 * this message may not.
 */
export function keepsPayload(
  messageType: string,
  size: number,
  limits: PayloadLimits,
  { name, verb }: Announcement,
): boolean {
  if (size > MAX_PAYLOAD_SIZE) {
    throw new TransportError(
      "oversized_message",
      `Expected a payload of at most ${MAX_PAYLOAD_SIZE} bytes, the ${name} of ${messageType} ${verb} ${size}`,
    );
  }
  const limit = limits(messageType);
  if (limit?.overlong === "malformed" && size > limit.maxSize) {
    throw new TransportError(
      "malformed_message",
      `Expected a ${messageType} of at most ${limit.maxSize} bytes, its ${name} ${verb} ${size}`,
    );
  }
  return limit !== undefined && size <= limit.maxSize;
}
