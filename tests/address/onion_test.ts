import { assertEquals, assertThrows } from "@std/assert";
import { decodeBase32, encodeBase32 } from "../../src/address/base32.ts";
import { AddressError } from "../../src/address/errors.ts";
import { formatOnion, isOnionName, onionKey, parseOnion } from "../../src/address/onion.ts";
import { hex } from "../support/bytes.ts";

/** Source: Bitcoin Core's `net_tests.cpp` (`cnetaddr_unserialize_v2`). */
const NAME = "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion";
const KEY = "79bcc625184b05194975c28b66b66b0469f7f6556fb1ac3189a79b40dda32f1f";

Deno.test("parseOnion() and formatOnion() are each other's inverse", () => {
  assertEquals(parseOnion(NAME), hex(KEY));
  assertEquals(formatOnion(hex(KEY)), NAME);
  const other = "kpgvmscirrdqpekbqjsvw5teanhatztpp2gl6eee4zkowvwfxwenqaid.onion";
  assertEquals(formatOnion(parseOnion(other)), other);
});

Deno.test("parseOnion() reads either case", () => {
  assertEquals(parseOnion(NAME.toUpperCase()), hex(KEY));
});

Deno.test("isOnionName() tells by the end", () => {
  assertEquals([NAME, "x.ONION", ".onion"].map(isOnionName), [true, true, true]);
  assertEquals(["onion", "x.onion.example", "x.onion."].map(isOnionName), [false, false, false]);
});

/** Some source: Bitcoin Core's `net_tests.cpp` (`cnetaddr_basic`). */
const REFUSED: readonly (readonly [name: string, reason: string])[] = [
  ["pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscsad.onion", "checksum"],
  ["pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscrye.onion", "of version 3, got version 4"],
  ["6hzph5hv6337r6p2.onion", "version 2, which Tor no longer supports"],
  ["mfrggzak.onion", "56 characters before .onion, this one has 8"],
  [".onion", "this one has 0"],
  [`www.${NAME}`, "this one has 60"],
  [NAME.replace("g", "1"), "letters a to z and the digits 2 to 7"],
  [NAME.replace("g", "\0"), "letters a to z and the digits 2 to 7"],
  [NAME.replace("g6", "h6"), "checksum"],
];

for (const [name, reason] of REFUSED) {
  Deno.test(`parseOnion() says what is wrong with ${JSON.stringify(name)}`, () => {
    assertThrows(() => parseOnion(name), AddressError, reason);
    assertThrows(() => onionKey(name), AddressError, reason);
  });
}

Deno.test("parseOnion() refuses a name with a right checksum but an invalid public key", () => {
  for (const key of [hex("02".padEnd(64, "0")), new Uint8Array(32)]) {
    const name = formatOnion(key);
    assertThrows(() => parseOnion(name), AddressError, "not contain a valid public key");
    assertEquals(onionKey(name), key);
  }
});

Deno.test("onionKey() compares both bytes of the checksum", () => {
  for (const at of [32, 33]) {
    const bytes = decodeBase32(NAME.replace(".onion", "")) ?? new Uint8Array();
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    assertThrows(() => onionKey(`${encodeBase32(bytes)}.onion`), AddressError, "checksum");
  }
});
