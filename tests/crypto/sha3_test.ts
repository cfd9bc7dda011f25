import { assertEquals } from "@std/assert";
import { createHash } from "node:crypto";
import { sha3_256 } from "../../src/crypto/sha3.ts";
import { Random } from "../support/random.ts";

/** Source: the examples that NIST gives for FIPS 202, and Bitcoin Core's `crypto_tests.cpp`. */
const DIGESTS: readonly (readonly [text: string, digest: string])[] = [
  ["", "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a"],
  ["abc", "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"],
];

Deno.test("sha3_256() gives the published digests", () => {
  for (const [text, digest] of DIGESTS) assertEquals(sha3_256(new TextEncoder().encode(text)).toHex(), digest, text);
});

Deno.test("sha3_256() agrees with node:crypto on every length up to three blocks", () => {
  const random = new Random(1);
  for (let length = 0; length <= 3 * 136; length++) {
    const data = random.bytes(length);
    assertEquals(sha3_256(data).toHex(), createHash("sha3-256").update(data).digest("hex"), `${length} bytes`);
  }
});
