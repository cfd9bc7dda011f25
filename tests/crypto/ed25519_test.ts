import { assert, assertEquals } from "@std/assert";
import { isEd25519PublicKey } from "../../src/crypto/ed25519.ts";
import { hex } from "../support/bytes.ts";

Deno.test("isEd25519PublicKey() takes the public keys of RFC 8032, section 7.1, and those of Web Crypto", async () => {
  const published = [
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
  ];
  for (const key of published) assert(isEd25519PublicKey(hex(key)), key);
  for (let i = 0; i < 20; i++) {
    const { publicKey } = await crypto.subtle.generateKey("Ed25519", true, ["sign"]) as CryptoKeyPair;
    assert(isEd25519PublicKey(new Uint8Array(await crypto.subtle.exportKey("raw", publicKey))));
  }
});

Deno.test("isEd25519PublicKey() refuses anything but a point on the curve", () => {
  const byY = (y: number) => isEd25519PublicKey(Uint8Array.of(y, ...new Uint8Array(31)));
  assertEquals([2, 3, 4, 5, 6, 7, 8, 9, 10].filter(byY), [3, 4, 5, 6, 9, 10]);
});

Deno.test("isEd25519PublicKey() refuses the points of small order and a y that is not reduced, with either sign", () => {
  const refused = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    // The prime, and 3 more: y = 3 is on the curve.
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  ];
  for (const text of refused) {
    const key = hex(text);
    assert(!isEd25519PublicKey(key), text);
    key[31] = (key[31] ?? 0) | 0x80;
    assert(!isEd25519PublicKey(key), `${text}, negative`);
  }
});
