import { PROPERTIES } from "./properties.ts";
import { checkCase, freshSeed, shares } from "./property.ts";

/** As many cases as an ordinary run has time for; `deno task fuzz` checks more of them. */
const CASES = 4000;

const seed = freshSeed();
const counts = shares(PROPERTIES, CASES);

for (const [name, property] of Object.entries(PROPERTIES)) {
  Deno.test(property.says, async () => {
    for (let index = 0; index < (counts.get(name) ?? 0); index++) await checkCase(name, property, seed, index);
  });
}
