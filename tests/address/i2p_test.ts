import { assertEquals, assertThrows } from "@std/assert";
import { AddressError } from "../../src/address/errors.ts";
import { formatI2p, I2P_PORT, isI2pName, parseI2p } from "../../src/address/i2p.ts";
import { hex } from "../support/bytes.ts";

/** Source: Bitcoin Core's `net_tests.cpp` (`cnetaddr_unserialize_v2`). */
const NAME = "ukeu3k5oycgaauneqgtnvselmt4yemvoilkln7jpvamvfx7dnkdq.b32.i2p";
const HASH = "a2894dabaec08c0051a481a6dac88b64f98232ae42d4b6fd2fa81952dfe36a87";

Deno.test("parseI2p() and formatI2p() are each other's inverse, and either case is read", () => {
  assertEquals(parseI2p(NAME), hex(HASH));
  assertEquals(formatI2p(hex(HASH)), NAME);
  const mixed = "UDHDrtrcetjm5sxzskjyr5ztpeszydbh4dpl3pl4utgqqw2v4jna.b32.I2P";
  assertEquals(formatI2p(parseI2p(mixed)), mixed.toLowerCase());
});

Deno.test("isI2pName() knows the base32 names, and not those of an address book", () => {
  assertEquals([NAME, "x.B32.i2p"].map(isI2pName), [true, true]);
  assertEquals(["x.i2p", "b32.i2p", "x.b32.i2p.example"].map(isI2pName), [false, false, false]);
});

Deno.test("The port of every I2P address is 0", () => assertEquals(I2P_PORT, 0));

/** Some source: Bitcoin Core's `net_tests.cpp` (`cnetaddr_basic`). */
const REFUSED: readonly (readonly [name: string, reason: string])[] = [
  ["udhdrtrcetjm5sxzskjyr5ztpeszydbh4dpl3pl4utgqqw2v4jn=.b32.i2p", "letters a to z and the digits 2 to 7"],
  ["udhdrtrcetjm5sxzskjyr5ztpeszydbh4dpl3pl4utgqqw2v4jna=.b32.i2p", "52 characters before .b32.i2p, this one has 53"],
  ["pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscsad.b32.i2p", "encrypted lease sets"],
  ["tpszydbh4dp.b32.i2p", "this one has 11"],
  ["udhdrtrcetjm5sxzskjyr5ztpeszydbh4dpl3pl4utgqqw2v4jn1.b32.i2p", "letters a to z and the digits 2 to 7"],
  ["udhdrtrcetjm5sxzskjyr5ztpeszydbh4dpl3pl4utgqqw2v4jnb.b32.i2p", "the last character"],
];

for (const [name, reason] of REFUSED) {
  Deno.test(`parseI2p() says what is wrong with ${name}`, () => {
    assertThrows(() => parseI2p(name), AddressError, reason);
  });
}

Deno.test("parseI2p() speaks of encrypted lease sets only if a name is longer than others", () => {
  const { message } = assertThrows(() => parseI2p("tpszydbh4dp.b32.i2p"), AddressError);
  assertEquals(message, "an I2P name has 52 characters before .b32.i2p, this one has 11");
});
