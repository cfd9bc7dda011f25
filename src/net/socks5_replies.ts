/**
 * The meaning of a SOCKS5 proxy's replies.
 *
 * Source: RFC 1928, section 6; Tor's socks-extensions (the codes from 0xf0, which come only with `ExtendedErrors`).
 *
 * @module
 */

import type { Network } from "../address/network.ts";
import { DialError, type DialErrorCode } from "./errors.ts";

const REPLIES: ReadonlyMap<number, readonly [code: DialErrorCode, words: string]> = new Map([
  [0x01, ["proxy_failure", "general failure"]],
  [0x02, ["proxy_refused", "connection not allowed by its rules"]],
  [0x03, ["host_unreachable", "network unreachable"]],
  [0x04, ["host_unreachable", "host unreachable"]],
  [0x05, ["connection_refused", "connection refused by the peer or something on the way"]],
  [0x06, ["timeout", "gave up (TTL expired)"]],
  [0x07, ["proxy_refused", "CONNECT is not supported"]],
  [0x08, ["proxy_refused", "address type not supported"]],
  [0xf0, ["not_found", "no such onion service: it has published no descriptor"]],
  [0xf1, ["not_found", "no such onion service: its descriptor is invalid"]],
  [0xf2, ["host_unreachable", "the introduction to the onion service failed"]],
  [0xf3, ["host_unreachable", "the rendezvous with the onion service failed"]],
  [0xf4, ["unauthorized", "the onion service requires a key (client authorization)"]],
  [0xf5, ["unauthorized", "the onion service requires another key (client authorization)"]],
  [0xf6, ["not_found", "no such onion service: its address is invalid"]],
  [0xf7, ["host_unreachable", "the introduction to the onion service took too long"]],
]);

/** The replies that Tor uses for several failures unless configured to say more. */
const VAGUE: readonly number[] = [0x01, 0x04];

/** The error for a reply other than 0x00, for an address on `network`, or for a name if that is `null`. */
export function replyError(reply: number, network: Network | null): DialError {
  const [code, words] = REPLIES.get(reply) ?? ["proxy_failure", "unknown SOCKS5 failure"];
  const shown = `reply 0x${reply.toString(16).padStart(2, "0")}`;
  if (network !== "onion" || !VAGUE.includes(reply)) return new DialError(code, `${words} (${shown})`);
  const hint = `${shown}; Tor uses it for several failures unless its SocksPort has ExtendedErrors`;
  return reply === 0x04
    ? new DialError("not_found", `no such onion service, or it cannot be reached (${hint})`)
    : new DialError(code, `${words}: the node behind the onion service may be down (${hint})`);
}
