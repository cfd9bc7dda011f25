import { type Mutant, mutantsOf } from "../mutant.ts";

/** Mutants of `src/crypto/` and `src/wire/`. */
export const WIRE: readonly Mutant[] = [
  ...mutantsOf("crypto/checksum.ts", [
    ["checksum-of-nothing-wrong", "EMPTY_CHECKSUM = 0x5df6e0e2", "EMPTY_CHECKSUM = 0x5df6e0e3"],
    ["checksum-little-endian", "getUint32(0)", "getUint32(0, true)"],
    ["checksum-single-hash", `await crypto.subtle.digest("SHA-256", once)`, "once"],
    [
      "checksum-of-nothing-computed",
      "if (payload.length === 0) return EMPTY_CHECKSUM;",
      "",
      "the hash of nothing is the constant: it only takes longer",
    ],
  ]),
  ...mutantsOf("wire/chains.ts", [
    ["chain-magic-reversed", "magic: 0x1c163f28", "magic: 0x283f161c"],
    ["chain-port-of-the-rpc", "port: 18333", "port: 18332"],
    ["chain-aliases-unknown", " || chain.aliases.includes(name)", ""],
    ["chain-by-port", "chain.magic === magic", "chain.port === magic"],
  ]),
  ...mutantsOf("wire/compact_size.ts", [
    ["compact-size-marker-as-value", "= marker < MARKER_16_BIT", "= marker <= MARKER_16_BIT"],
    ["compact-size-overlong-16-bit", "[reader.uint16(field), MARKER_16_BIT]", "[reader.uint16(field), 0]"],
    ["compact-size-overlong-32-bit", "[reader.uint32(field), 0x1_0000]", "[reader.uint32(field), 0xffff]"],
    ["compact-size-overlong-64-bit", "[reader.uint64(field), 0x1_0000_0000n]", "[reader.uint64(field), 0n]"],
    ["compact-size-limit-off-by-one", "if (value > max)", "if (value >= max)"],
    ["compact-size-limit-loose", "if (value > max)", "if (value > max + 1)"],
    ["compact-size-65535-in-5-bytes", "value <= 0xffff ? 3", "value < 0xffff ? 3"],
    ["compact-size-over-2-to-the-53-written", "!Number.isSafeInteger(value) || value < 0", "value < 0"],
  ]),
  ...mutantsOf("wire/escape.ts", [
    ["escape-lets-del-through", "byte <= 0x7e", "byte <= 0x7f"],
    ["escape-of-the-space", "byte >= 0x20", "byte > 0x20"],
    ["escape-backslash-single", String.raw`? "\\\\"`, String.raw`? "\\"`],
    ["escape-one-hex-digit", `padStart(2, "0")`, `padStart(1, "0")`],
  ]),
  ...mutantsOf("wire/ip.ts", [
    ["ip-octal-accepted", String.raw`(0|[1-9]\d{0,2})`, String.raw`(\d{1,3})`],
    ["ip-byte-256", "byte <= 255", "byte <= 256"],
    ["ip-last-zero-run", "end - start > best[1]", "end - start >= best[1]"],
    ["ip-single-zero-shortened", "if (length < 2)", "if (length < 1)"],
    ["ip-double-colon-for-nothing", "head.length + tail.length > 14", "head.length + tail.length > 16"],
    ["ip-dotted-anywhere", "last && i === groups.length - 1 ?", "last ?"],
    ["ip-mapped-as-ipv6", "if (isIpv4Mapped(bytes)) return", "if (false) return"],
    ["ip-two-double-colons", "if (halves.length > 2) return undefined;", ""],
  ]),
  ...mutantsOf("wire/messages.ts", [
    ["verack-with-long-payload-ignored", `overlong: "accepted", decode`, `overlong: "ignored", decode`],
    ["version-too-long-ignored", `overlong: "malformed", decode`, `overlong: "ignored", decode`],
    ["message-type-of-the-prototype", "Object.hasOwn(CODECS, messageType)", "messageType in CODECS"],
    ["payload-kept-twice-as-long", "MAX_KEPT_PAYLOAD = 4096", "MAX_KEPT_PAYLOAD = 8192"],
    ["ping-decoded-as-pong", "decode: decodePing", "decode: decodePong"],
  ]),
  ...mutantsOf("wire/network_address.ts", [
    ["port-read-little-endian", "reader.uint16BigEndian(", "reader.uint16("],
    ["port-written-little-endian", "writer.uint16BigEndian(", "writer.uint16("],
  ]),
  ...mutantsOf("wire/ping.ts", [
    ["ping-without-nonce-has-zero", "payload.length === 0 ? null", "payload.length === 0 ? 0n"],
    ["ping-null-written-as-zero", "? new Uint8Array() : encodeNonce", "? new Uint8Array(8) : encodeNonce"],
  ]),
  ...mutantsOf("wire/reader.ts", [
    [
      "reader-uint64-big-endian",
      "getBigUint64(this.#advance(8, field), true)",
      "getBigUint64(this.#advance(8, field))",
    ],
    ["reader-int32-unsigned", "getInt32(", "getUint32("],
    ["reader-int64-unsigned", "getBigInt64(", "getBigUint64("],
    ["reader-forgets-the-view", "(bytes.buffer, bytes.byteOffset, bytes.byteLength)", "(bytes.buffer)"],
    ["reader-one-byte-too-far", "if (length > this.remaining)", "if (length > this.remaining + 1)"],
    ["reader-negative-length", " || length < 0)", ")"],
    ["reader-stands-still", "this.#offset += length;", ""],
  ]),
  ...mutantsOf("wire/services.ts", [
    ["services-63-bits", "rest = BigInt.asUintN(64, services)", "rest = BigInt.asUintN(63, services)"],
    ["services-65-bits-accepted", "services === BigInt.asUintN(64, services) ? services : undefined", "services"],
    ["services-node-prefix-unknown", `.replace(/^NODE_/, "")`, ""],
    ["services-last-name-counts", "services |= 1n", "services = 1n"],
    ["services-unknown-name-skipped", "if (bit === undefined) return undefined;", "if (bit === undefined) continue;"],
    [
      "services-unknown-bit-hidden",
      "names.push(NAMES.get(bit) ?? `UNKNOWN[2^${bit}]`)",
      `names.push(NAMES.get(bit) ?? "")`,
    ],
  ]),
  ...mutantsOf("wire/user_agent.ts", [
    ["user-agent-255-bytes", "MAX_USER_AGENT_LENGTH = 256", "MAX_USER_AGENT_LENGTH = 255"],
  ]),
  ...mutantsOf("wire/version.ts", [
    ["version-4097-bytes", "MAX_VERSION_SIZE = 4096", "MAX_VERSION_SIZE = 4097"],
    ["version-announced-70015", "DEFAULT_PROTOCOL_VERSION = 70016", "DEFAULT_PROTOCOL_VERSION = 70015"],
    ["version-oldest-one-too-high", "MIN_PROTOCOL_VERSION = 31800", "MIN_PROTOCOL_VERSION = 31801"],
    ["relay-only-when-1", `reader.uint8("version.relay") !== 0`, `reader.uint8("version.relay") === 1`],
    ["relay-inverted", "relay ? 1 : 0", "relay ? 0 : 1"],
    ["version-fields-all-mandatory", "reader.remaining > 0 ? read() : null", "read()"],
    ["user-agent-length-unbounded", ", MAX_USER_AGENT_LENGTH);\n  return", ");\n  return"],
    ["user-agent-any-length-written", "userAgent.length > MAX_USER_AGENT_LENGTH", "false"],
  ]),
  ...mutantsOf("wire/writer.ts", [
    [
      "writer-int64-big-endian",
      "setBigInt64(this.#advance(8, field), value, true)",
      "setBigInt64(this.#advance(8, field), value)",
    ],
    ["writer-last-byte-unused", "start + length > this.#bytes.length", "start + length >= this.#bytes.length"],
    ["writer-fractions-cut", "!Number.isInteger(value) || ", ""],
    ["writer-uint8-256", "checkInteger(value, 0, 0xff, field)", "checkInteger(value, 0, 0x100, field)"],
    ["writer-64-bits-wrapped", "if (value !== wrapped)", "if (false)"],
    ["writer-gives-its-room-too", "return this.#bytes.subarray(0, this.#offset);", "return this.#bytes;"],
  ]),
];
