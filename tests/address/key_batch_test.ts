import { assertEquals } from "@std/assert";
import { MAX_KEY_SIZE, writeKey } from "../../src/address/key.ts";
import { KeyBatch, MAX_KEY_WORDS, WORD } from "../../src/address/key_batch.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";

Deno.test("KeyBatch has room for as many of the longest keys as it was made for", () => {
  const { words, bytes, hashes, numbers, count } = new KeyBatch(5);
  assertEquals([WORD, MAX_KEY_WORDS, MAX_KEY_WORDS * WORD], [4, 9, MAX_KEY_SIZE]);
  assertEquals([words.length, bytes.length, hashes.length, numbers.length, count], [45, 180, 5, 5, 0]);
  assertEquals(bytes.buffer === words.buffer, true);
});

Deno.test("KeyBatch.size() is that of a key in words", () => {
  const batch = new KeyBatch(ONE_OF_EACH.length);
  const sizes = ONE_OF_EACH.map((address, i) => writeKey(address, batch.bytes, i * MAX_KEY_SIZE));
  assertEquals(ONE_OF_EACH.map((_, i) => WORD * batch.size(i)), sizes);
});
