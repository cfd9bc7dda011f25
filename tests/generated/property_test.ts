import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { concat } from "../support/bytes.ts";
import { Random } from "../support/random.ts";
import { allocations } from "./allocations.ts";
import { checkCase, type Property, PropertyFailure, shares } from "./property.ts";
import { unescapeBytes } from "./texts.ts";

const words = (random: Random): number[] => Array.from({ length: 8 }, () => random.uint32());

Deno.test("The same seed gives the same values, and a change in any of its three numbers gives others", () => {
  assertEquals(words(new Random(1, 2, 3)), words(new Random(1, 2, 3)));
  const seeds = [[1, 2, 3], [2, 2, 3], [1, 3, 3], [1, 2, 4], [3, 2, 1]] as const;
  assertEquals(new Set(seeds.map(([a, b, c]) => words(new Random(a, b, c)).join())).size, seeds.length);
});

Deno.test("Integers are within their range, and reach both ends of it", () => {
  const random = new Random(1);
  for (const [min, max] of [[0, 0], [-3, 3], [0, 255], [-0x8000_0000, 0x7fff_ffff], [0, 0xffff_ffff]] as const) {
    const values = Array.from({ length: 500 }, () => random.integer(min, max));
    assert(values.every((value) => Number.isInteger(value) && value >= min && value <= max));
    assert(values.includes(min) && values.includes(max), `${min} to ${max}`);
  }
});

Deno.test("Each byte is as likely as each other", () => {
  const counts = new Array<number>(256).fill(0);
  for (const byte of new Random(1).bytes(256_000)) counts[byte] = (counts[byte] ?? 0) + 1;
  assert(counts.every((count) => count > 850 && count < 1150));
});

Deno.test("Pieces make up the whole again, and an embedded view has the same bytes elsewhere", () => {
  const random = new Random(1);
  for (let length = 0; length < 300; length++) {
    const bytes = random.bytes(length);
    const embedded = random.embedded(bytes);
    assertEquals(concat(...random.pieces(bytes)), bytes);
    assertEquals(embedded, bytes);
    assert(embedded.buffer !== bytes.buffer);
  }
});

Deno.test("Every property gets its share of the cases, at least one", () => {
  const property = (weight: number): Property => ({ says: "", weight, check: () => {} });
  const properties = { a: property(3), b: property(1), c: property(0.001) };
  assertEquals([...shares(properties, 100)], [["a", 75], ["b", 25], ["c", 1]]);
});

Deno.test("A failure says how to replay its case, which gets the same values then", async () => {
  const seen: number[] = [];
  const property: Property = {
    says: "No number is odd",
    weight: 1,
    check(random) {
      seen.push(random.uint32());
      if (seen.length === 3) throw new Error("odd");
    },
  };
  await checkCase("even", property, 42, 6);
  await checkCase("even", property, 42, 7);
  const error = await assertRejects(() => checkCase("even", property, 42, 7), PropertyFailure);
  assertStringIncludes(error.message, "deno task fuzz --seed 42 --property even --case 7\nError: odd");
  assert(seen[0] !== seen[1] && seen[1] === seen[2]);
});

Deno.test("A failure after a wait is one too", async () => {
  const check = () => Promise.reject(new TypeError("late"));
  await assertRejects(
    () => checkCase("late", { says: "", weight: 1, check }, 1, 2),
    PropertyFailure,
    "TypeError: late",
  );
});

Deno.test("Allocations are seen while an action runs, and neither before nor after", () => {
  assertEquals(allocations(() => [new Uint8Array(3), new Uint8Array([1, 2]), new Uint8Array(70_000)]), [3, 70_000]);
  assertEquals(allocations(() => {}), []);
  assert(new Uint8Array(1).constructor === Uint8Array);
});

Deno.test("Unescaping inverts what the specification says of escaping", () => {
  const bytes = new TextEncoder().encode("\\x41 \x1b\\");
  assertEquals(unescapeBytes("\\\\x41 \\x1b\\\\"), bytes);
});
