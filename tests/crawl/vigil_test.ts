import { assert, assertEquals } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import { Vigil } from "../../src/crawl/vigil.ts";
import { Random } from "../support/random.ts";

const peer = (i: number) => ipAddress(`192.0.${i >> 8}.${i & 255}`, 8333);

/** A watch that has seen so many failures, after as many successes. */
function vigilAfter(failures: number, { successes = 0, limit = 32 } = {}): Vigil {
  const random = new Random(7);
  const vigil = new Vigil(limit, () => random.uint32());
  for (let i = 0; i < successes; i++) vigil.succeed(peer(i));
  for (let i = 0; i < failures; i++) vigil.fail();
  return vigil;
}

Deno.test("Vigil doubts a way when twice as many in a row are not reached as are dialled at once, and 64 at least", () => {
  assertEquals([63, 64].map((failures) => vigilAfter(failures).isInDoubt), [false, true]);
  assertEquals([63, 64].map((failures) => vigilAfter(failures, { limit: 1 }).isInDoubt), [false, true]);
  assertEquals([2047, 2048].map((failures) => vigilAfter(failures, { limit: 1024 }).isInDoubt), [false, true]);
});

Deno.test("Vigil begins anew with each peer that is reached", () => {
  const vigil = vigilAfter(64);
  vigil.succeed(peer(1));
  assertEquals([vigil.failures, vigil.isInDoubt], [0, false]);
});

Deno.test("Vigil waits twice as long each time that its doubt was unfounded", () => {
  const vigil = vigilAfter(64);
  for (const next of [128, 256, 512]) {
    vigil.reassure();
    for (let i = 0; i < next - 1; i++) vigil.fail();
    assertEquals(vigil.isInDoubt, false);
    vigil.fail();
    assertEquals(vigil.isInDoubt, true);
  }
});

Deno.test("Vigil gives up a way on which nobody has been reached after 1,024 failures", () => {
  assertEquals([1023, 1024].map((failures) => vigilAfter(failures).isHopeless), [false, true]);
  assertEquals(vigilAfter(5000, { successes: 1 }).isHopeless, false);
});

Deno.test("Vigil remembers four of those that were reached, whenever that was", () => {
  assertEquals(vigilAfter(0, { successes: 3 }).remembered, [peer(0), peer(1), peer(2)]);
  const { remembered } = vigilAfter(0, { successes: 1000 });
  assertEquals([remembered.length, new Set(remembered).size], [4, 4]);
  const latest = remembered.filter(({ host }) => host.startsWith("192.0.3."));
  assert(latest.length < 4, "only the latest are remembered");
});

Deno.test("Vigil remembers each of those that were reached with the same chance, whichever the random numbers tell", () => {
  const numbers = [7, 11, 14];
  const vigil = new Vigil(32, () => numbers.shift() ?? 0);
  for (let i = 0; i < 4; i++) vigil.succeed(peer(i));
  assertEquals(vigil.remembered, [0, 1, 2, 3].map(peer));
  // Of five the third place, of six none of the four, of seven the first.
  for (let i = 4; i < 7; i++) vigil.succeed(peer(i));
  assertEquals(vigil.remembered, [6, 1, 4, 3].map(peer));
});
