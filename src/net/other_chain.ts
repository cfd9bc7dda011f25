/**
 * What a connection to a node of another chain looks like. Bitcoin Core closes it without a word when the magic is not its
 * own; over v2, where the magic is part of the keys, both ends wait for something to decrypt.
 *
 * Source: Bitcoin Core `net.cpp` (`V1Transport::readHeader`, `V2Transport::ProcessReceivedKeyBytes`).
 *
 * @module
 */

import { type Chain, SIGNET } from "../wire/chains.ts";
import type { Failure } from "./errors.ts";

/** How many bytes the key has that an answer in v2 begins with. */
const KEY_SIZE = 64;

/** How a v2 connection ends whose two ends have different keys. */
const ENDS_OF_V2: readonly string[] = ["timeout", "connection_closed", "connection_reset", "v2_protocol_error"];

/** Whether a peer may be of another chain, by the error and by how many bytes came of it. */
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

/** The error, with a hint at the chain where that may be another. */
export function withChainHint(error: Failure, bytesReceived: number, chain: Chain): Failure {
  if (!mayBeOfOtherChain(error, bytesReceived)) return error;
  const options = chain.name === SIGNET.name ? "--chain, --signet-challenge" : "--chain";
  return { ...error, message: `${error.message}; it may be on another chain than ${chain.name} (${options})` };
}
