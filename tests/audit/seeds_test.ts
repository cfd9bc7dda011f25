import { assert, assertEquals } from "@std/assert";
import { auditedSeed, queriedNames } from "../../src/audit/seeds.ts";

Deno.test("auditedSeed() knows a shipped seed however it is written, and keeps what was written", () => {
  const seed = auditedSeed("Seed.BTC.petertodd.net.");
  assertEquals(seed, { name: "Seed.BTC.petertodd.net.", serviceBits: [0x1n, 0x5n, 0x9n, 0xdn] });
  assertEquals(auditedSeed("seed.btc.petertodd.net.example").serviceBits, [0x9n]);
});

Deno.test("queriedNames() has the seed first, then x and the bits in lower-case hex followed by the seed", () => {
  const names = queriedNames({ name: "seed.example", serviceBits: [0x40cn, 0xffff_ffff_ffff_ffffn] });
  assertEquals(names, [
    { name: "seed.example", serviceBits: null },
    { name: "x40c.seed.example", serviceBits: 0x40cn },
    { name: "xffffffffffffffff.seed.example", serviceBits: 0xffff_ffff_ffff_ffffn },
  ]);
  assert(queriedNames({ name: "a.", serviceBits: [1n] }).every(({ name }) => name.endsWith("a.")));
});
