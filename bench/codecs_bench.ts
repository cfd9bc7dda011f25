/**
 * Decoding and encoding payloads.
 *
 * @module
 */

import { HEADER_SIZE } from "../src/transport/v1.ts";
import { readCompactSize, writeCompactSize } from "../src/wire/compact_size.ts";
import { escapeBytes } from "../src/wire/escape.ts";
import { formatIp, parseIp } from "../src/address/ip.ts";
import { decodeAddrV2, encodeAddr, MAX_ADDRV2_PAYLOAD } from "../src/wire/addr.ts";
import { decodePing, encodePing } from "../src/wire/ping.ts";
import { PayloadReader } from "../src/wire/reader.ts";
import { serviceNames } from "../src/wire/services.ts";
import { decodeVersion, encodeVersion } from "../src/wire/version.ts";
import { PayloadWriter } from "../src/wire/writer.ts";
import { ENTRIES, writeMessage } from "./messages.ts";
import { VERSION } from "./ready.ts";

const ADDRESS = Uint8Array.fromHex("20010db8000000000000000000000007");

const payload = VERSION.slice(HEADER_SIZE);
const version = decodeVersion(payload);
const userAgent = version.userAgent ?? new Uint8Array();
const ping = { type: "ping", nonce: 0x0123456789abcdefn } as const;
const pingPayload = encodePing(ping);
const addresses = writeMessage(new Uint8Array(MAX_ADDRV2_PAYLOAD), 0, ENTRIES);
const addrV2 = decodeAddrV2(addresses);
const size = Uint8Array.of(0xfd, 0x00, 0x01);

Deno.bench("decode version", () => void decodeVersion(payload));
Deno.bench("encode version", () => void encodeVersion(version));

Deno.bench("decode ping", () => void decodePing(pingPayload));
Deno.bench("encode ping", () => void encodePing(ping));

Deno.bench("decode addrv2 with 1,000 addresses", () => void decodeAddrV2(addresses));
Deno.bench("encode addrv2 with 1,000 addresses", () => void encodeAddr(addrV2));

Deno.bench("read CompactSize of 3 bytes", () => {
  readCompactSize(new PayloadReader(size), "length", 0x100);
});
Deno.bench("write CompactSize of 3 bytes", () => {
  writeCompactSize(new PayloadWriter(size.length), 0x100, "length");
});

Deno.bench("parse an IPv4 address", () => void parseIp("203.0.113.7"));
Deno.bench("parse an IPv6 address", () => void parseIp("2001:db8::7"));
Deno.bench("format an IPv6 address", () => void formatIp(ADDRESS));
Deno.bench("escape a user agent", () => void escapeBytes(userAgent));
Deno.bench("name service bits", () => void serviceNames(0xc09n));
