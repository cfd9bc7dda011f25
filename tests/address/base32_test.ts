import { assertEquals } from "@std/assert";
import { decodeBase32, encodeBase32 } from "../../src/address/base32.ts";
import { ascii } from "../support/bytes.ts";
import { Random } from "../support/random.ts";

/** Source: RFC 4648, section 10, and Bitcoin Core's `base32_tests.cpp`; here without padding. */
const VECTORS = [
  ["", ""],
  ["f", "my"],
  ["fo", "mzxq"],
  ["foo", "mzxw6"],
  ["foob", "mzxw6yq"],
  ["fooba", "mzxw6ytb"],
  ["foobar", "mzxw6ytboi"],
] as const;

Deno.test("encodeBase32() and decodeBase32() are each other's inverse", () => {
  for (const [plain, encoded] of VECTORS) {
    assertEquals(encodeBase32(ascii(plain)), encoded);
    assertEquals(decodeBase32(encoded), ascii(plain));
  }
  const random = new Random(1);
  for (let length = 0; length < 100; length++) {
    const bytes = random.bytes(length);
    assertEquals(decodeBase32(encodeBase32(bytes)), bytes);
  }
});

Deno.test("decodeBase32() reads nothing that encodeBase32() would not write", () => {
  const strange = [
    "MY",
    "m1",
    "m0",
    "m8",
    "m y",
    "my======",
    "my=",
    "mé",
    "m",
    "mzx",
    "mzxw6y",
    "mz",
    "a",
    "aaa",
    "aaaaaa",
    "my\0",
  ];
  for (const text of strange) assertEquals(decodeBase32(text), undefined, JSON.stringify(text));
});
