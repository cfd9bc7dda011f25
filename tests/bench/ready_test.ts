import { assertEquals } from "@std/assert";
import { CORE_ANSWER, CORE_GREETING, joined, VERACK_ALONE, VERSION } from "../../bench/ready.ts";
import { checksum } from "../../src/crypto/checksum.ts";
import { HEADER_SIZE, V1Transport } from "../../src/transport/v1.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { DEFAULT_USER_AGENT } from "../../src/scan/program.ts";
import { decodeVersion, DEFAULT_PROTOCOL_VERSION } from "../../src/wire/version.ts";
import { framesOf } from "../support/v1.ts";

/** The types of the messages in some bytes; what the codecs do not read has its checksum looked at, too. */
async function messageTypes(bytes: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const types: string[] = [];
  let offset = 0;
  for (const { messageType, size, checksum: announced } of framesOf(new V1Transport(MAINNET), bytes)) {
    const payload = bytes.slice(offset + HEADER_SIZE, offset + HEADER_SIZE + size);
    types.push(announced === await checksum(payload) ? messageType : `damaged ${messageType}`);
    offset += HEADER_SIZE + size;
  }
  return types;
}

Deno.test("The ready-made bytes are what both sides of a handshake with Bitcoin Core send, a message a segment, checksums included", async () => {
  assertEquals(await messageTypes(VERSION), ["version"]);
  assertEquals(await messageTypes(VERACK_ALONE), ["verack"]);
  const each = (segments: readonly Uint8Array<ArrayBuffer>[]) => Promise.all(segments.map(messageTypes));
  assertEquals(await each(CORE_ANSWER), [["version"], ["wtxidrelay"], ["sendaddrv2"], ["verack"]]);
  assertEquals(await each(CORE_GREETING), [["sendcmpct"], ["ping"], ["feefilter"]]);
});

Deno.test("The ready-made versions say what ours and a node's say, with nonces of their own", () => {
  const ours = decodeVersion(VERSION.subarray(HEADER_SIZE));
  const theirs = decodeVersion(joined(CORE_ANSWER.slice(0, 1)).subarray(HEADER_SIZE));
  const text = (bytes: Uint8Array | null) => new TextDecoder().decode(bytes ?? new Uint8Array());
  assertEquals([ours.protocolVersion, theirs.protocolVersion], [DEFAULT_PROTOCOL_VERSION, DEFAULT_PROTOCOL_VERSION]);
  assertEquals([text(ours.userAgent), text(theirs.userAgent)], [DEFAULT_USER_AGENT, "/Satoshi:31.0.0/"]);
  assertEquals([ours.services, theirs.services], [0n, 0xc09n]);
  assertEquals([ours.startHeight, theirs.startHeight], [0, 940_000]);
  assertEquals(ours.nonce === theirs.nonce, false);
});
