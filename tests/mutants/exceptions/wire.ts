import type { Exception } from "../exception.ts";

/** The mutants of `src/wire/` that may survive. */
export const WIRE: readonly Exception[] = [
  {
    file: "src/wire/addr.ts",
    place: "writeAddrV2Entry",
    changes: ["services < 0x1_0000_0000n -> services <= 0x1_0000_0000n", "0x1_0000_0000n -> 0x100000001n"],
    reason: "writeCompactSize() writes these 33 bits in the same way",
  },
  {
    file: "src/wire/escape.ts",
    place: "SHOWN",
    changes: ["256 -> 257"],
    reason: "no byte is 256",
  },
  {
    file: "src/wire/escape.ts",
    place: "escapeCharacter",
    changes: ["0 -> 1"],
    reason: "no character is empty, so the number is not used",
  },
  {
    file: "src/wire/ping.ts",
    place: "encodeNonce",
    changes: ["8 -> 9"],
    reason: "the room left is not part of the payload",
  },
  {
    file: "src/wire/services.ts",
    place: "serviceNames",
    changes: ["bit < digits.length -> bit <= digits.length"],
    reason: "no digit is before the first",
  },
  {
    file: "src/wire/version.ts",
    place: "encodeVersion",
    changes: ["0 -> 1 #1"],
    reason: "the room left is not part of the payload",
  },
  {
    file: "src/wire/argument.ts",
    place: "isBytes",
    changes: ["value instanceof Uint8Array -> false"],
    reason: "the name of the type, which is slower to ask for, says the same",
  },
];
