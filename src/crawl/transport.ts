/**
 * The transport for each peer of a crawl.
 *
 * @module
 */

import type { HandshakeSettings } from "../net/settings.ts";
import { serviceFlags } from "../wire/services.ts";

const P2P_V2 = serviceFlags("P2P_V2");

/**
 * The transport for a peer of which others say that it has `services`; `null` if nobody has said. As in Bitcoin Core,
 * `auto` means v1 unless they say `P2P_V2`; if they do, v1 is still tried after v2, as they may be wrong.
 */
export function transportTo(
  services: bigint | null,
  transport: HandshakeSettings["transport"],
): HandshakeSettings["transport"] {
  return transport === "auto" && services !== null && (services & P2P_V2) === 0n ? "v1" : transport;
}
