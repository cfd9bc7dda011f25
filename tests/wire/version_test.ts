import { assertEquals } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import { PayloadReader } from "../../src/wire/reader.ts";
import {
  decodeVersion,
  DEFAULT_PROTOCOL_VERSION,
  encodeVersion,
  MAX_VERSION_SIZE,
  MIN_PROTOCOL_VERSION,
  type VersionMessage,
} from "../../src/wire/version.ts";
import { ascii, concat, hex } from "../support/bytes.ts";
import { assertWireError } from "../support/errors.ts";
import { versionMessage } from "../support/messages.ts";
import { PUBLISHED_VERSIONS } from "../support/published.ts";

const MIN_INT32 = -0x8000_0000;
const MAX_INT32 = 0x7fff_ffff;
const MAX_UINT64 = (1n << 64n) - 1n;
const MIN_INT64 = -(1n << 63n);
const MAX_INT64 = (1n << 63n) - 1n;

/** Where each field of a version with a user agent of 10 bytes ends, and whether the payload may end there too. */
const FIELDS: readonly (readonly [field: string, end: number, mayEnd: boolean])[] = [
  ["version.protocolVersion", 4, false],
  ["version.services", 12, false],
  ["version.timestamp", 20, false],
  ["version.addrRecv.services", 28, false],
  ["version.addrRecv.ip", 44, false],
  ["version.addrRecv.port", 46, true],
  ["version.addrFrom.services", 54, false],
  ["version.addrFrom.ip", 70, false],
  ["version.addrFrom.port", 72, false],
  ["version.nonce", 80, true],
  ["the length of version.userAgent", 81, false],
  ["version.userAgent", 91, true],
  ["version.startHeight", 95, true],
  ["version.relay", 96, true],
];

/** What an old node leaves out, from the end. */
const OPTIONAL: readonly (readonly [length: number, Partial<VersionMessage>])[] = [
  [96, {}],
  [95, { relay: null }],
  [91, { startHeight: null, relay: null }],
  [80, { userAgent: null, startHeight: null, relay: null }],
  [46, { addrFrom: null, nonce: null, userAgent: null, startHeight: null, relay: null }],
];

const roundTrip = (fields: Partial<VersionMessage>): VersionMessage =>
  decodeVersion(encodeVersion(versionMessage(fields)));

/** A version up to its nonce, and these bytes where its user agent should be. */
const withUserAgent = (bytes: Uint8Array): Uint8Array => concat(encodeVersion(versionMessage()).subarray(0, 80), bytes);

for (const { source, payload, message } of PUBLISHED_VERSIONS) {
  Deno.test(`decodeVersion() and encodeVersion() agree with the published: ${source}`, () => {
    assertEquals(decodeVersion(payload), message);
    assertEquals(encodeVersion(message).toHex(), payload.toHex());
  });
}

Deno.test("decodeVersion() reads a payload in the middle of a buffer", () => {
  const payload = encodeVersion(versionMessage());
  const buffer = concat(hex("ffffff"), payload, hex("ffff"));
  assertEquals(decodeVersion(buffer.subarray(3, 3 + payload.length)), versionMessage());
});

Deno.test("decodeVersion() accepts an end after an optional field, and says which field any other end truncates", () => {
  const payload = encodeVersion(versionMessage());
  assertEquals(payload.length, FIELDS.at(-1)?.[1]);
  for (let length = 0; length < payload.length; length++) {
    const decode = () => decodeVersion(payload.subarray(0, length));
    if (FIELDS.some(([, end, mayEnd]) => mayEnd && end === length)) {
      decode();
    } else {
      const field = FIELDS.find(([, end]) => length < end)?.[0];
      assertWireError(decode, "truncated", `Cannot read ${field}:`, `${length}`);
    }
  }
});

Deno.test("decodeVersion() has null for absent fields, and encodeVersion() omits them", () => {
  const payload = encodeVersion(versionMessage());
  for (const [length, absent] of OPTIONAL) {
    const message = versionMessage(absent);
    assertEquals(decodeVersion(payload.subarray(0, length)), message);
    assertEquals(encodeVersion(message), payload.subarray(0, length));
  }
});

Deno.test("encodeVersion() writes nothing after the first absent field", () => {
  const payload = encodeVersion(versionMessage());
  assertEquals(encodeVersion(versionMessage({ addrFrom: null })), payload.subarray(0, 46));
  assertEquals(encodeVersion(versionMessage({ userAgent: null })), payload.subarray(0, 80));
  assertEquals(encodeVersion(versionMessage({ startHeight: null })), payload.subarray(0, 91));
});

Deno.test("decodeVersion() ignores bytes after relay, up to the longest payload", () => {
  const payload = encodeVersion(versionMessage());
  for (const length of [1, 32, MAX_VERSION_SIZE - payload.length]) {
    assertEquals(decodeVersion(concat(payload, new Uint8Array(length).fill(0xff))), versionMessage());
  }
});

Deno.test("decodeVersion() takes any relay byte but 0 for true", () => {
  const payload = encodeVersion(versionMessage());
  for (let byte = 0; byte <= 255; byte++) {
    payload[payload.length - 1] = byte;
    assertEquals(decodeVersion(payload).relay, byte !== 0, `${byte}`);
  }
});

Deno.test("encodeVersion() writes relay as one byte, 0 or 1", () => {
  assertEquals(encodeVersion(versionMessage({ relay: false })).at(-1), 0);
  assertEquals(encodeVersion(versionMessage({ relay: true })).at(-1), 1);
});

Deno.test("Integers keep their value to both ends of their range", () => {
  const extremes: readonly Partial<VersionMessage>[] = [
    ...[MIN_INT32, -1, 0, MAX_INT32].map((protocolVersion) => ({ protocolVersion })),
    ...[0n, 1n << 63n, MAX_UINT64].map((services) => ({ services })),
    ...[MIN_INT64, -1n, 0n, 1n << 32n, MAX_INT64].map((timestamp) => ({ timestamp })),
    ...[0n, 1n << 63n, MAX_UINT64].map((nonce) => ({ nonce })),
    ...[MIN_INT32, -1, 0, MAX_INT32].map((startHeight) => ({ startHeight })),
    ...[0, 1, 65535].map((port) => ({ addrRecv: { services: MAX_UINT64, ...ipAddress("::1", port) } })),
    ...[0, 1, 65535].map((port) => ({ addrFrom: { services: MAX_UINT64, ...ipAddress("1.2.3.4", port) } })),
  ];
  for (const fields of extremes) assertEquals(roundTrip(fields), versionMessage(fields));
});

Deno.test("Each of the 64 service bits is kept", () => {
  for (let bit = 0n; bit < 64n; bit++) {
    const services = 1n << bit;
    assertEquals(roundTrip({ services }).services, services);
  }
});

Deno.test("encodeVersion() refuses what a field cannot hold, and names the field", () => {
  const address = { services: 0n, ...ipAddress("::", 0) };
  const refused: readonly (readonly [field: string, Partial<VersionMessage>])[] = [
    ...[MIN_INT32 - 1, MAX_INT32 + 1, 0.5, NaN].map((v) =>
      ["version.protocolVersion", { protocolVersion: v }] as const
    ),
    ...[-1n, MAX_UINT64 + 1n].map((services) => ["version.services", { services }] as const),
    ...[MIN_INT64 - 1n, MAX_INT64 + 1n].map((timestamp) => ["version.timestamp", { timestamp }] as const),
    ...[-1n, MAX_UINT64 + 1n].map((nonce) => ["version.nonce", { nonce }] as const),
    ...[MIN_INT32 - 1, MAX_INT32 + 1].map((startHeight) => ["version.startHeight", { startHeight }] as const),
    ["version.addrRecv.services", { addrRecv: { ...address, services: -1n } }],
    ["version.addrRecv.ip", { addrRecv: { ...address, host: "localhost" } }],
    ["version.addrRecv.port", { addrRecv: { ...address, port: 65536 } }],
    ["version.addrFrom.services", { addrFrom: { ...address, services: MAX_UINT64 + 1n } }],
    ["version.addrFrom.ip", { addrFrom: { ...address, host: "" } }],
    ["version.addrFrom.port", { addrFrom: { ...address, port: -1 } }],
  ];
  for (const [field, fields] of refused) {
    assertWireError(() => encodeVersion(versionMessage(fields)), "out_of_range", `Cannot write ${field}:`);
  }
});

Deno.test("A user agent has 0 to 256 bytes", () => {
  const cases = [[0, "00"], [1, "01"], [252, "fc"], [253, "fdfd00"], [255, "fdff00"], [256, "fd0001"]] as const;
  for (const [length, prefix] of cases) {
    const userAgent = new Uint8Array(length).fill(0x61);
    assertEquals(roundTrip({ userAgent }).userAgent, userAgent);
    const fields = encodeVersion(versionMessage({ userAgent })).subarray(80);
    assertEquals(fields.subarray(0, hex(prefix).length), hex(prefix));
  }
});

Deno.test("A user agent of 257 bytes is neither decoded nor encoded", () => {
  const userAgent = new Uint8Array(257).fill(0x61);
  assertWireError(
    () => decodeVersion(withUserAgent(concat(hex("fd0101"), userAgent))),
    "limit_exceeded",
    "at most 256",
  );
  const encode = () => encodeVersion(versionMessage({ userAgent }));
  assertWireError(encode, "limit_exceeded", "version.userAgent: expected at most 256 bytes, got 257");
});

Deno.test("decodeVersion() rejects a user agent whose length is not in its shortest form, or too large", () => {
  for (const length of ["fd0f00", "fe0f000000", "ff0f00000000000000"]) {
    const payload = withUserAgent(concat(hex(length), ascii("/Satoshi:0.7.2/")));
    assertWireError(() => decodeVersion(payload), "non_canonical", undefined, length);
  }
  for (const length of ["feffffffff", "ffffffffffffffffff"]) {
    assertWireError(() => decodeVersion(withUserAgent(hex(length))), "limit_exceeded", undefined, length);
  }
});

Deno.test("A user agent keeps bytes that are not UTF-8, and NULs", () => {
  for (const bytes of ["fffe", "c328", "ed a0 80", "00", "61 00 62", "f0 9f 98 80", "1b 5b 32 4a"]) {
    assertEquals(roundTrip({ userAgent: hex(bytes) }).userAgent, hex(bytes));
  }
});

Deno.test("The limits and defaults are those of Bitcoin Core", () => {
  assertEquals([MIN_PROTOCOL_VERSION, DEFAULT_PROTOCOL_VERSION, MAX_VERSION_SIZE], [31800, 70016, 4096]);
  assertEquals(new PayloadReader(encodeVersion(versionMessage())).int32("x"), DEFAULT_PROTOCOL_VERSION);
});

Deno.test("encodeVersion() makes room for the longest user agent and for nothing more", () => {
  const bytes = encodeVersion(versionMessage({ userAgent: new Uint8Array(256) }));
  assertEquals(bytes.buffer.byteLength, bytes.length);
});
