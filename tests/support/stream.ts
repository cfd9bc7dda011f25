import { checksum } from "../../src/crypto/checksum.ts";
import { encodeV1 } from "../../src/transport/v1.ts";
import { type Chain, MAINNET } from "../../src/wire/chains.ts";
import { encodeMessage, type Message } from "../../src/wire/messages.ts";
import { versionMessage } from "./messages.ts";

/** The bytes of messages as consecutive v1 messages of a chain. */
export async function stream(messages: readonly Message[], chain: Chain = MAINNET): Promise<Uint8Array> {
  const parts = await Promise.all(messages.map(async (message) => {
    const { messageType, payload } = encodeMessage(message);
    return encodeV1(chain, messageType, payload, await checksum(payload));
  }));
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** A peer's `version`. */
export const VERSION: Uint8Array = await stream([versionMessage()]);

/** A peer's `verack`. */
export const VERACK: Uint8Array = await stream([{ type: "verack" }]);
