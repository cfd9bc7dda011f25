/**
 * How long a payload may be, and whether it is kept.
 *
 * @module
 */

import type { PayloadLimits } from "../wire/messages.ts";
import { TransportError } from "./errors.ts";
import { MAX_PAYLOAD_SIZE } from "./transport.ts";

/** The part of a message that states the length of its payload, for error messages. */
export interface Announcement {
  /** The part, as in "the header of inv". */
  readonly name: string;
  /** How it states it, as in "announces 9". */
  readonly verb: string;
}

/**
 * Whether `limits` say to keep the payload of such a message. To be called before allocating anything for it.
 *
 * @throws {TransportError} `oversized_message` if the payload is too long for any message, `malformed_message` if it is
 * too long for this one.
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
      `Expected a payload of at most ${MAX_PAYLOAD_SIZE} bytes, but the ${name} of ${messageType} ${verb} ${size}`,
    );
  }
  const limit = limits(messageType);
  if (limit?.overlong === "malformed" && size > limit.maxSize) {
    throw new TransportError(
      "malformed_message",
      `Expected a ${messageType} of at most ${limit.maxSize} bytes, but its ${name} ${verb} ${size}`,
    );
  }
  return limit !== undefined && size <= limit.maxSize;
}
