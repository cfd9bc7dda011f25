import { encodeV1 } from "../../src/transport/v1.ts";
import { type Chain, MAINNET } from "../../src/wire/chains.ts";
import { encodeMessage, type Message } from "../../src/wire/messages.ts";
import { UNSPECIFIED_ADDRESS } from "../../src/wire/network_address.ts";
import type { VersionMessage } from "../../src/wire/version.ts";

/** The version of some peer; any field can be another. */
export function peerVersion(fields: Partial<VersionMessage> = {}): VersionMessage {
  return {
    type: "version",
    protocolVersion: 70016,
    services: 0xc09n,
    timestamp: 1_700_000_000n,
    addrRecv: { services: 0n, ip: "198.51.100.2", port: 51234 },
    addrFrom: UNSPECIFIED_ADDRESS,
    nonce: 1n,
    userAgent: new TextEncoder().encode("/Satoshi:31.0.0/"),
    startHeight: 940_000,
    relay: true,
    ...fields,
  };
}

/** The bytes of messages, one behind the other, as v1 messages of a chain. */
export async function stream(messages: readonly Message[], chain: Chain = MAINNET): Promise<Uint8Array> {
  const parts = await Promise.all(messages.map((message) => {
    const { messageType, payload } = encodeMessage(message);
    return encodeV1(chain, messageType, payload);
  }));
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
