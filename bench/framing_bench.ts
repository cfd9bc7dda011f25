/**
 * The v1 transport, and a whole handshake on top of it, without sockets.
 *
 * @module
 */

import { Handshake } from "../src/handshake/handshake.ts";
import { Session } from "../src/net/session.ts";
import { encodeV1, HEADER_SIZE, V1Transport } from "../src/transport/v1.ts";
import { MAINNET } from "../src/wire/chains.ts";
import { decodeVersion } from "../src/wire/version.ts";
import { CORE_ANSWER, VERSION } from "./ready.ts";

const payload = VERSION.slice(HEADER_SIZE);
const version = decodeVersion(payload);
const clock = { unixTime: () => version.timestamp };

/** Bytes in pieces of one size, as a network may cut them. */
function pieces(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}

for (const size of [CORE_ANSWER.length, 16, 1]) {
  const parts = pieces(CORE_ANSWER, size);
  Deno.bench(`frame a node's four messages, ${size} bytes at a time`, { group: "receive" }, () => {
    const transport = new V1Transport(MAINNET);
    for (const part of parts) {
      transport.receive(part);
      while (transport.takeFrame() !== null);
    }
  });
}

Deno.bench("encode a version", async () => void await encodeV1(MAINNET, "version", payload));
Deno.bench("encode a verack", async () => {
  await encodeV1(MAINNET, "verack", new Uint8Array());
});

Deno.bench("a whole handshake", async () => {
  const handshake = new Handshake({ role: "initiator", version });
  const session = new Session(handshake, new V1Transport(MAINNET), clock);
  await session.start();
  await session.receive(CORE_ANSWER);
  if (handshake.state !== "complete") throw new Error(`Expected a complete handshake, it is ${handshake.state}`);
});
