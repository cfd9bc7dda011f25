/**
 * The v1 transport, and a whole handshake over it, without sockets.
 *
 * @module
 */

import { checksum, EMPTY_CHECKSUM } from "../src/crypto/checksum.ts";
import { Session } from "../src/session/session.ts";
import { encodeV1, HEADER_SIZE, V1Transport } from "../src/transport/v1.ts";
import { MAINNET } from "../src/wire/chains.ts";
import { decodeVersion } from "../src/wire/version.ts";
import { CORE_ANSWER, joined, VERSION } from "./ready.ts";

const answer = joined(CORE_ANSWER);
const payload = VERSION.slice(HEADER_SIZE);
const version = decodeVersion(payload);

/** Bytes in pieces of a given size, as a network may split them. */
function pieces(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}

for (const size of [answer.length, 16, 1]) {
  const parts = pieces(answer, size);
  Deno.bench(`frame a node's four messages, ${size} bytes at a time`, { group: "receive" }, () => {
    const transport = new V1Transport(MAINNET);
    for (const part of parts) {
      transport.receive(part);
      while (transport.takeFrame() !== null);
    }
  });
}

Deno.bench("encode a version", () => void encodeV1(MAINNET, "version", payload, 0x01020304));
Deno.bench("encode a verack", () => void encodeV1(MAINNET, "verack", new Uint8Array(), EMPTY_CHECKSUM));

/** The checksum of the node's version, to skip computing it. */
const known = new DataView(answer.buffer).getUint32(HEADER_SIZE - 4);

for (const [name, sum] of [["", checksum], [", its checksums known", () => known]] as const) {
  Deno.bench(`a whole handshake${name}`, async () => {
    const session = new Session({ role: "initiator", version, transport: new V1Transport(MAINNET) });
    for (const bytes of [null, answer]) {
      if (bytes !== null) session.receive(bytes, version.timestamp);
      for (let event; (event = session.poll()) !== null;) {
        if (event.type === "checksum") session.provide(await sum(event.payload));
      }
      session.takeOutput();
    }
    if (session.handshake.state !== "complete") throw new Error("Expected a complete handshake");
  });
}
