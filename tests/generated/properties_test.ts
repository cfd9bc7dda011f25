import { PROPERTIES } from "./properties.ts";
import { checkCase, freshSeed, shares } from "./property.ts";

/** How many cases an ordinary run has time for; `deno task fuzz` checks more. */
const CASES = 4000;

const seed = freshSeed();
const counts = shares(PROPERTIES, CASES);

for (const [name, property] of Object.entries(PROPERTIES)) {
  Deno.test(property.says, async () => {
    for (let index = 0; index < (counts.get(name) ?? 0); index++) await checkCase(name, property, seed, index);
  });
}
