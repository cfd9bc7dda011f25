import { type Mutant, mutantsOf } from "../mutant.ts";

/** Mutants of `src/transport/`. */
export const TRANSPORT: readonly Mutant[] = [
  ...mutantsOf("transport/transport.ts", [
    ["flood-at-17-mib", "MAX_RECEIVED_BYTES = 16 *", "MAX_RECEIVED_BYTES = 17 *"],
    ["payload-of-4-mib-allowed", "MAX_PAYLOAD_SIZE = 4_000_000", "MAX_PAYLOAD_SIZE = 4 * 1024 * 1024"],
  ]),
  ...mutantsOf("transport/outbox.ts", [
    ["outbox-never-emptied", "    this.#parts = NO_PARTS;\n", ""],
    ["outbox-first-part-only", "if (parts.length === 1) return first;", "return first;"],
    ["outbox-parts-on-top-of-each-other", "offset += part.length;", ""],
  ]),
  ...mutantsOf("transport/message_type.ts", [
    ["message-type-keeps-its-nuls", "bytes.getUint8(offset + length - 1) === 0) length--", "false) length--"],
    [
      "message-type-cut-at-the-first-nul",
      "bytes.getUint8(offset + length - 1) === 0) length--",
      "new Uint8Array(bytes.buffer, bytes.byteOffset + offset, length).includes(0)) length--",
    ],
    [
      "message-type-unescaped",
      "return escapeBytes(new Uint8Array(bytes.buffer, bytes.byteOffset + offset, length));",
      "return String.fromCharCode(...new Uint8Array(bytes.buffer, bytes.byteOffset + offset, length));",
    ],
    ["message-type-known-by-its-beginning", "words.every((word, i) =>", "words.slice(0, 2).every((word, i) =>"],
    ["message-type-of-13-bytes", "{1,12}", "{1,13}"],
  ]),
  ...mutantsOf("transport/payload.ts", [
    ["oversized-at-the-limit", "if (size > MAX_PAYLOAD_SIZE)", "if (size >= MAX_PAYLOAD_SIZE)"],
    ["oversized-never", "if (size > MAX_PAYLOAD_SIZE)", "if (false)"],
    [
      "version-of-the-longest-length-malformed",
      `"malformed" && size > limit.maxSize`,
      `"malformed" && size >= limit.maxSize`,
    ],
    ["overlong-version-skipped", `limit?.overlong === "malformed" && `, "false && "],
    ["any-length-kept", "return size <=", "return limit !== undefined || size <="],
    ["longest-payload-skipped", "return size <=", "return size <"],
    ["unknown-payload-kept", "keepsAll ? MAX_KEPT_PAYLOAD : -1", "MAX_KEPT_PAYLOAD"],
    ["unknown-payload-never-kept", "keepsAll ? MAX_KEPT_PAYLOAD : -1", "-1"],
  ]),
  ...mutantsOf("transport/v1.ts", [
    [
      "flood-one-byte-late",
      "MAX_RECEIVED_BYTES - this.#bytesReceived)",
      "MAX_RECEIVED_BYTES - this.#bytesReceived + 1)",
    ],
    ["flood-never", "if (end < length)", "if (false)"],
    ["flood-of-each-read", "this.#bytesReceived += taken;", ""],
    ["magic-judged-with-the-whole-header", "this.#headerLength >= MAGIC_SIZE)", "this.#headerLength >= HEADER_SIZE)"],
    ["magic-not-checked", "if (magic === this.#chain.magic) return;", "return;"],
    ["magic-of-a-slow-peer-malformed", "this.#bytesReceived >= HEADER_SIZE", "this.#bytesReceived > 0"],
    ["magic-change-is-another-network", "if (this.#bytesReceived >= HEADER_SIZE)", "if (false)"],
    ["magic-read-little-endian", "bytes.getUint32(offset)", "bytes.getUint32(offset, true)"],
    ["header-kept-for-the-next", "this.#headerLength = 0;\n", ""],
    ["size-big-endian", "bytes.getUint32(offset + 16, true)", "bytes.getUint32(offset + 16)"],
    ["size-written-big-endian", "view.setUint32(16, payload.length, true)", "view.setUint32(16, payload.length)"],
    ["checksum-read-little-endian", "bytes.getUint32(offset + 20)", "bytes.getUint32(offset + 20, true)"],
    [
      "checksum-written-little-endian",
      "view.setUint32(20, sum)",
      "view.setUint32(20, sum, true)",
    ],
    ["checksum-not-checked", "return await actual === expected;", "return true;"],
    ["checksum-of-nothing-not-checked", "? actual === frame.checksum :", "? true :"],
    ["header-in-one-piece-of-any-chain", "this.#checkMagic(bytes, offset);\n", ""],
    ["header-in-one-piece-behind-part-of-one", "before === 0 && end - offset", "end - offset"],
    ["frames-of-the-first-read-alone", "    this.#offset = 0;\n", ""],
    [
      "payload-room-not-capped",
      "Math.min(most, Math.max(needed, 2 * buffer.length, FIRST_PAYLOAD_CAPACITY))",
      "Math.max(needed, 2 * buffer.length, FIRST_PAYLOAD_CAPACITY)",
    ],
    [
      "payload-room-as-announced",
      "Math.min(most, Math.max(needed, 2 * buffer.length, FIRST_PAYLOAD_CAPACITY))",
      "most",
    ],
    ["payload-lost-when-it-grows", "grown.set(buffer);", ""],
    ["payload-swallows-the-next-header", "Math.min(incoming.size - before, end - this.#offset)", "end - this.#offset"],
  ]),
];
