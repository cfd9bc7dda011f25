import { assertEquals } from "@std/assert";
import { mutate } from "./mutant.ts";
import { MUTANTS } from "./table.ts";

const ROOT = new URL("../../", import.meta.url);

Deno.test("Each mutant of the table changes one place of the source, and has a name of its own", () => {
  const texts = new Map(MUTANTS.map(({ file }) => [file, Deno.readTextFileSync(new URL(file, ROOT))]));
  const unusable = MUTANTS.flatMap((mutant) => {
    try {
      const text = texts.get(mutant.file) ?? "";
      return mutate(text, mutant) === text ? [`${mutant.name}: changes nothing`] : [];
    } catch (error) {
      return [String(error)];
    }
  });
  assertEquals(unusable, []);
  const names = MUTANTS.map(({ name }) => name);
  assertEquals(names.filter((name, i) => names.indexOf(name) !== i), []);
});

Deno.test("The table has mutants of every folder of the source", () => {
  const folders = [...Deno.readDirSync(new URL("src/", ROOT))].filter(({ isDirectory }) => isDirectory);
  const covered = new Set(MUTANTS.map(({ file }) => file.split("/")[1] ?? ""));
  assertEquals(folders.map(({ name }) => name).filter((name) => !covered.has(name)), []);
});
