import type { Exception } from "../exception.ts";

/** The mutants of `src/transport/` that may survive. */
export const TRANSPORT: readonly Exception[] = [
  {
    file: "src/transport/message_type.ts",
    place: "KNOWN_TYPES",
    operator: "number",
    reason: "a name that is not found here is read byte by byte, which only takes longer",
  },
  {
    file: "src/transport/message_type.ts",
    place: "KNOWN_TYPES",
    operator: "byte order",
    reason: "a name that is not found here is read byte by byte, which only takes longer",
  },
  {
    file: "src/transport/message_type.ts",
    place: "knownMessageType",
    operator: "result",
    reason: "a name that is not found here is read byte by byte, which only takes longer",
  },
  {
    file: "src/transport/message_type.ts",
    place: "knownMessageType",
    changes: [
      "bytes.getUint32(offset + 4 * i) === word -> false",
      "getUint32(offset + 4 * i) -> getUint32(offset + 4 * i, true)",
      "4 -> 3",
    ],
    reason: "a name that is not found here is read byte by byte, which only takes longer",
  },
  {
    file: "src/transport/message_type.ts",
    place: "readMessageType",
    changes: ["known !== undefined -> false"],
    reason: "a shortcut: the name is read byte by byte, which only takes longer",
  },
  {
    file: "src/transport/outbox.ts",
    place: "Outbox.take",
    operator: "result",
    changes: ["first -> new Uint8Array()"],
    reason: "an empty array is like another",
  },
  {
    file: "src/transport/v1.ts",
    place: "FIRST_PAYLOAD_CAPACITY",
    reason: "how much room there is at first shows only in what it costs",
  },
  {
    file: "src/transport/v1.ts",
    place: "V1Transport.#offset",
    reason: "the first bytes set it, before it is used",
  },
  {
    file: "src/transport/v1.ts",
    place: "V1Transport.#payloadLength",
    reason: "the first header sets it, before it is used",
  },
  {
    file: "src/transport/v1.ts",
    place: "V1Transport.takeFrame",
    changes: ["this.#input = NOTHING", "this.#view = NO_VIEW"],
    reason: "this lets go of a buffer that has been read to its end",
  },
  {
    file: "src/transport/v1.ts",
    place: "V1Transport.#takeHeader",
    changes: [
      "before === 0 && end - offset >= HEADER_SIZE -> false",
      "end - offset >= HEADER_SIZE -> end - offset > HEADER_SIZE",
    ],
    reason: "a shortcut: a header in one piece can be collected too",
  },
  {
    file: "src/transport/v1.ts",
    place: "grow",
    changes: [
      "needed <= buffer.length -> needed < buffer.length",
      "needed <= buffer.length -> false",
      "2 -> 1",
      "2 -> 3",
      "2 * buffer.length -> 2 / buffer.length",
    ],
    reason: "another buffer than is needed, or a larger one, holds the same",
  },
  {
    file: "src/transport/v1_or_v2.ts",
    place: "DetectingTransport.takeFrame",
    changes: ["frame !== null -> false", "this.#rest.length === 0 -> false"],
    reason: "no frame ends within the beginning, and nothing is no loss to receive once all has been read",
  },
  {
    file: "src/transport/v2_contents.ts",
    place: "decodeType",
    changes: ["2 -> 1"],
    reason: "each ID below 16 is assigned, so the others have two digits anyway",
  },
  {
    file: "src/transport/v2_garbage.ts",
    place: "randomGarbage",
    changes: ["0 -> 1 #1", "0 -> 1 #2"],
    reason: "there are two bytes, so the defaults are not used",
  },
  {
    file: "src/transport/v2_garbage.ts",
    place: "IncomingGarbage.take",
    changes: ["before - GARBAGE_TERMINATOR_SIZE + 1 -> before - GARBAGE_TERMINATOR_SIZE - 1", "1 -> 0"],
    reason: "looking again where there was none only takes longer",
  },
  {
    file: "src/transport/v2_garbage.ts",
    place: "indexOf",
    changes: ["0 -> 1 #1"],
    reason: "a terminator has a first byte, so the default is not used",
  },
  {
    file: "src/transport/v2_packets.ts",
    place: "PacketReader.#startPacket",
    changes: ["0 -> 1 #1", "0 -> 1 #2", "0 -> 1 #3"],
    reason: "there are three bytes, so the defaults are not used",
  },
  {
    file: "src/transport/v2_packets.ts",
    place: "PacketReader.#startPacket",
    changes: ["HEADER_SIZE + size -> HEADER_SIZE - size"],
    reason: "this cipher has no use for the length that node:crypto may be told in advance",
  },
];
