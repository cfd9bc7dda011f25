/**
 * Recognising a node of another chain. Bitcoin Core silently closes a connection with another magic; over v2, where the
 * keys depend on the magic, both ends wait for something they can decrypt.
 *
 * Source: Bitcoin Core `net.cpp` (`V1Transport::readHeader`, `V2Transport::ProcessReceivedKeyBytes`).
 *
 * @module
 */

import type { Chain } from "../wire/chains.ts";
import type { Failure } from "./errors.ts";
import type { OptionNames } from "./option_names.ts";

/** Size of the key that a v2 answer begins with, in bytes. */
const KEY_SIZE = 64;

/** How a v2 connection can end when the two ends have different keys. */
const ENDS_OF_V2: readonly string[] = ["timeout", "connection_closed", "connection_reset", "v2_protocol_error"];

/** Whether a peer may be on another chain, judging by the error and by how many bytes it sent. */
export function mayBeOfOtherChain(
  { code, phase }: Pick<Failure, "code" | "phase">,
  bytesReceived: number,
): boolean {
  switch (phase) {
    case "version":
      return code === "connection_closed" && bytesReceived === 0;
    case "transport":
      return ENDS_OF_V2.includes(code) && bytesReceived >= KEY_SIZE;
    default:
      return false;
  }
}

/** The error, with a hint if the peer may be on another chain; before its version, a full one ends likewise. */
export function withChainHint(error: Failure, bytesReceived: number, chain: Chain, names: OptionNames): Failure {
  if (!mayBeOfOtherChain(error, bytesReceived)) return error;
  const others = error.phase === "version" ? ", have no free slot, or have banned us" : "";
  const hint = `it may be on a chain other than ${chain.name} (${names.chain})${others}`;
  return { ...error, message: `${error.message}; ${hint}` };
}
