import { assertEquals, assertRejects } from "@std/assert";
import { SIGNET } from "../../src/wire/chains.ts";
import { MAX_CHALLENGE_SIZE, signetChain } from "../../src/wire/signet.ts";
import { hex } from "../support/bytes.ts";

/** Challenges with the magic that Bitcoin Core derives from each: "Signet derived magic (message start)" in its log. */
const MAGICS: readonly (readonly [challenge: Uint8Array, magic: number])[] = [
  [hex("51"), 0x54d26fbd],
  // A 1-of-2 multisig script: the default signet's.
  [
    hex(`
      51 21 03ad5e0edad18cb1f0fc0d28a3d4f1f3e445640337489abb10404f2d1e086be430
         21 0359ef5021964fe22d6f8e05b2463c9540ce96883fe3b278760f048f5189f2e6c4 52 ae
    `),
    SIGNET.magic,
  ],
  // Over 252 bytes, so its length takes three.
  [new Uint8Array(300).fill(0x51), 0xfd75bdc1],
];

Deno.test("signetChain() has the magic that Bitcoin Core derives from the challenge, and is otherwise like signet", async () => {
  for (const [challenge, magic] of MAGICS) assertEquals(await signetChain(challenge), { ...SIGNET, magic });
});

Deno.test("signetChain() takes challenges of 1 to 10,000 bytes", async () => {
  assertEquals((await signetChain(new Uint8Array(MAX_CHALLENGE_SIZE))).name, "signet");
  for (const size of [0, MAX_CHALLENGE_SIZE + 1]) {
    await assertRejects(() => signetChain(new Uint8Array(size)), RangeError, `got ${size}`);
  }
});
