/**
 * Messages as ready-made bytes for the bare loop and the fleet, so that neither spends time on encoding.
 * `tests/bench/ready_test.ts` decodes them with the codecs of `src/`.
 *
 * @module
 */

const MAGIC = "f9beb4d9";
const HEADER_WITHOUT_PAYLOAD = "000000005df6e0e2";

/** A mainnet message, from the hex digits of its type, of length and checksum, and of its payload. */
function message(type: string, lengthAndChecksum = HEADER_WITHOUT_PAYLOAD, payload = ""): string {
  return MAGIC + type + lengthAndChecksum + payload;
}

const NO_ADDRESS = "00".repeat(18);

const VERACK = message("76657261636b000000000000");
const WTXIDRELAY = message("777478696472656c61790000");
const SENDADDRV2 = message("73656e646164647276320000");
const SENDCMPCT = message("73656e64636d706374000000", "09000000e92f5ef8", "000200000000000000");
const PING = message("70696e670000000000000000", "0800000033bc15e5", "efcdab8967452301");
const FEEFILTER = message("66656566696c746572000000", "080000002467f11d", "6400000000000000");

const OUR_VERSION = message(
  "76657273696f6e0000000000",
  "7300000042ffd248",
  `80110100${"0000000000000000"}00a5186a00000000` + // protocol version, services, time
    `${"0000000000000000"}${NO_ADDRESS}${"0000000000000000"}${NO_ADDRESS}` + // addr_recv, addr_from
    "efcdab8967452301" + // nonce
    "1d2f626974636f696e2d7032702d68616e647368616b653a302e312e302f" + // user agent
    "0000000000", // start height, relay
);

const CORE_VERSION = message(
  "76657273696f6e0000000000",
  "660000003721dfe6",
  `80110100${"090c000000000000"}00a5186a00000000` +
    `${"0000000000000000"}${NO_ADDRESS}${"090c000000000000"}${NO_ADDRESS}` +
    "eecdab8967452301" +
    "102f5361746f7368693a33312e302e302f" +
    "e0570e0001",
);

/** What we send first: a `version`. */
export const VERSION = Uint8Array.fromHex(OUR_VERSION);

/** What we send once the peer's `version` has come. */
export const VERACK_ALONE = Uint8Array.fromHex(VERACK);

/** What Bitcoin Core answers to our `version`: it writes each message separately, so each comes in its own segment. */
export const CORE_ANSWER = [CORE_VERSION, WTXIDRELAY, SENDADDRV2, VERACK].map((hex) => Uint8Array.fromHex(hex));

/** What Bitcoin Core sends once our `verack` has come, in the same way. */
export const CORE_GREETING = [SENDCMPCT, PING, FEEFILTER].map((hex) => Uint8Array.fromHex(hex));

/** The bytes of several segments, joined. */
export function joined(segments: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(segments.reduce((length, segment) => length + segment.length, 0));
  let offset = 0;
  for (const segment of segments) {
    bytes.set(segment, offset);
    offset += segment.length;
  }
  return bytes;
}
