import { assertEquals } from "@std/assert";
import { pathToFileURL } from "node:url";
import { Copy } from "./copy.ts";
import { changeOf } from "./mutant.ts";
import { mutantsOf } from "./mutants.ts";
import { git, Project } from "./project.ts";
import { Results } from "./results.ts";
import { Suite } from "./suite.ts";
import { Trial } from "./trial.ts";

const FILES = {
  "deno.json": "{}",
  "main.ts": `import { least } from "./src/wire/least.ts";\n\nconsole.log(least(2, 1));\n`,
  "src/wire/least.ts": `export function least(a: number, b: number): number {
  if (a < b) return a;
  return b;
}

export function unused(text?: string): string {
  if (text === undefined) throw new Error();
  return text.trim();
}
`,
  "tests/wire/least_test.ts": `import { least } from "../../src/wire/least.ts";

Deno.test("least", () => {
  if (least(1, 2) !== 1) throw new Error("not the least");
});
`,
  "tests/e2e/main_test.ts": `const MAIN = new URL("../../main.ts", import.meta.url).href;

Deno.test("main", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["run", MAIN] }).output();
  if (new TextDecoder().decode(stdout) !== "1\\n") throw new Error("not the least");
});
`,
};

/** Makes a small project; resolves to its root. */
async function makeProject(): Promise<URL> {
  const root = pathToFileURL(`${await Deno.makeTempDir({ prefix: "mutants-" })}/`);
  for (const [path, text] of Object.entries(FILES)) {
    await Deno.mkdir(new URL(".", new URL(path, root)), { recursive: true });
    await Deno.writeTextFile(new URL(path, root), text);
  }
  await git(root, "init", "--quiet");
  return root;
}

Deno.test("A mutant is killed by the nearest test that fails, and what is known of it is kept while it holds", async () => {
  const root = await makeProject();
  try {
    const kept = new URL("results", root);
    const project = new Project(root);
    const trialOf = (project: Project) => {
      const results = new Results(kept);
      return new Trial(project, new Suite(project, results), results, 60_000);
    };
    const [byTest, byProgram] = ["killed by tests/wire/least_test.ts", "killed by tests/e2e/main_test.ts"];
    const expected = new Map([
      ["a < b -> true", byProgram],
      ["a < b -> false", byTest],
      ["a < b -> a <= b", "survived"],
      ["text === undefined -> false", "mistyped"],
      ['text.trim() -> ""', "unreached"],
    ]);
    // The others take as long as these, and show nothing more.
    const mutants = mutantsOf("src/wire/least.ts", project.textOf("src/wire/least.ts"))
      .filter((mutant) => expected.has(changeOf(mutant)));
    {
      // Home directories have such names.
      const prefix = "mutants of é, 100%20#1 - ";
      await using copy = await Copy.of(root, [], new AbortController().signal, { prefix });
      const trial = trialOf(project);
      for (const mutant of mutants) await trial.try(mutant, copy);
    }
    const verdicts = (trial: Trial) =>
      mutants.map((mutant) => {
        const { verdict = "unknown", by = null } = trial.known(mutant) ?? {};
        return [changeOf(mutant), by === null ? verdict : `${verdict} by ${by}`] as const;
      });
    assertEquals(verdicts(trialOf(project)), [...expected]);
    // Whatever a verdict is of makes it void when it changes.
    await Deno.writeTextFile(new URL("tests/wire/least_test.ts", root), `import "../../src/wire/least.ts";\n`);
    const left = [...expected].map(([change, verdict]) =>
      [change, verdict === byProgram ? verdict : "unknown"] as const
    );
    assertEquals(verdicts(trialOf(new Project(root))), left);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
