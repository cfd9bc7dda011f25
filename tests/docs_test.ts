/**
 * The docs: their links and names are right, and their lists complete.
 *
 * @module
 */

import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import config from "../deno.json" with { type: "json" };
import { OPTION_LIST } from "../src/cli/options.ts";
import schema from "../src/report/schema.json" with { type: "json" };
import { HELP as MUTANTS_HELP } from "./mutants/options.ts";
import { type Document, documentAt, DOCUMENTS, exists, faults, ROOT } from "./support/documents.ts";
import { validate } from "./support/json_schema.ts";
import { runProgram } from "./support/program.ts";
import { commandsIn } from "./support/shell.ts";

/** Where a link of a document leads: `undefined` if it does, else what is wrong with it. */
function whyDead(link: string, { path }: Document): string | undefined {
  if (/^[a-z][a-z\d+.-]*:/i.test(link)) return undefined;
  const url = new URL(link, new URL(path, ROOT));
  const target = decodeURIComponent(url.href.replace(ROOT.href, "").replace(/#.*/, ""));
  if (!url.href.startsWith(ROOT.href) || !exists(new URL(target, ROOT))) return `${link} leads to no file`;
  if (url.hash === "") return undefined;
  const anchors = DOCUMENTS.find((document) => document.path === target)?.anchors;
  return anchors?.has(decodeURIComponent(url.hash.slice(1))) ? undefined : `${link} leads to no heading`;
}

Deno.test("Every link in the docs leads to a file, and to a heading in it", () => {
  assert(DOCUMENTS.flatMap(({ links }) => links).length > 20);
  assertEquals(faults((document) => document.links.map((link) => whyDead(link, document))), []);
});

/** A path from the root or from a document, as far as it can be told from other code. */
const PATH = /^(?:(?:src|tests|bench|offline|\.github|\.ci)\/[\w./-]*|[\w-]+(?:\/[\w-]+)*\.(?:ts|md|svg|png|json))$/;

Deno.test("Every file of the repository that the docs name is there", () => {
  const named = ({ spans }: Document) => spans.filter((span) => PATH.test(span));
  assert(DOCUMENTS.flatMap(named).length > 50);
  const strange = faults((document) =>
    named(document).map((path) =>
      [ROOT, new URL(document.path, ROOT)].some((base) => exists(new URL(path, base))) ? undefined : path
    )
  );
  assertEquals(strange, []);
});

/** The options that there are: the program's, those of the tasks, and those of Deno's that the docs speak of. */
const KNOWN_OPTIONS: ReadonlySet<string> = new Set([
  ...OPTION_LIST.flatMap(([name, { short }]) => [`--${name}`, `-${short}`]),
  ...Object.values(config.tasks).flatMap(({ description }) => description.match(/--[a-z-]+/g) ?? []),
  ...MUTANTS_HELP.match(/--[a-z-]+/g) ?? [],
  ...["--allow-net", "--allow-read", "--allow-write", "--import-map", "--v8-flags"],
]);

Deno.test("Every option that the docs name is one of the program's, of a task's or of Deno's", () => {
  const named = ({ spans }: Document) => spans.flatMap((span) => /^--?[a-z\d][a-z\d-]*(?=[ =[]|$)/i.exec(span) ?? []);
  assert(DOCUMENTS.flatMap(named).length > 30);
  assertEquals(faults((document) => named(document).filter((name) => !KNOWN_OPTIONS.has(name))), []);
});

Deno.test("The check task runs the examples of every document that has one", () => {
  const folders = / deno test --doc \$FLAGS --allow-net (.*?) &&/.exec(config.tasks.check.command)?.[1]?.split(" ") ??
    [];
  const withExamples = DOCUMENTS.filter(({ blocks }) =>
    blocks.some(({ language }) => /^(ts|typescript|js)\b/.test(language))
  );
  assert(withExamples.length > 0);
  const missed = withExamples.filter(({ path }) =>
    !folders.some((folder) => path === folder || path.startsWith(`${folder}/`))
  );
  assertEquals(missed.map(({ path }) => path), []);
});

Deno.test("The README has 12 KB at most", () => {
  assertLessOrEqual(new TextEncoder().encode(documentAt("README.md").text).length, 12 * 1024);
});

Deno.test("The first command in the README needs nothing but npm", () => {
  const { text, blocks } = documentAt("README.md");
  assertEquals(blocks[0]?.code.trimEnd().split("\n"), [
    "npx -y deno task demo",
    "npx -y deno task test",
    "npx -y deno task demo --report page.html",
  ]);
  assertLessOrEqual(text.split("npx -y deno task demo --report page.html")[0]?.split("\n").length ?? 0, 24);
  const [beforeInstall = "", after] = text.split("npm install -g deno\n");
  assert(after !== undefined, "the README does not say how to install Deno");
  const early = commandsIn(beforeInstall.replaceAll("`", "\n")).filter(({ words }) => words[0] !== "npx");
  assertEquals(early.map(({ words }) => words.join(" ")), []);
});

/** The codes in the first column of the tables of a text. */
function codesInTables(text: string): string[] {
  return Array.from(text.matchAll(/^\| (`.*?`) +\|/gm), ([, cell = ""]) => cell).flatMap((cell) =>
    Array.from(cell.matchAll(/`([a-z\d_]+)`/g), ([, code = ""]) => code)
  );
}

Deno.test("The docs explain each error code, each reason of an audit, and each answer and reason of a crawl", () => {
  const { errorCode, reasonCode, notDialledReason, addrs } = schema.$defs;
  const codes = codesInTables(documentAt("src/report/README.md").text);
  assertEquals(errorCode.enum.filter((code) => !codes.includes(code)), []);
  const reasons = codesInTables(documentAt("src/audit/README.md").text);
  assertEquals([...new Set(reasons)].toSorted(), reasonCode.enum.toSorted());
  const words = codesInTables(documentAt("src/crawl/README.md").text);
  const expected = ["outcome", ...addrs.properties.outcome.enum, "reason", ...notDialledReason.enum];
  assertEquals(words.toSorted(), expected.toSorted());
});

Deno.test("CONTRIBUTING.md has a line for every room of src/", () => {
  const { text } = documentAt(".github/CONTRIBUTING.md");
  const rooms = Array.from(Deno.readDirSync(new URL("src/", ROOT))).filter(({ isDirectory }) => isDirectory);
  const listed = Array.from(text.matchAll(/^\| `src\/([a-z]+)\/` +\|/gm), ([, room]) => room);
  assertEquals(listed.toSorted(), rooms.map(({ name }) => name).toSorted());
});

Deno.test("Every record that the docs show is one by the schema", () => {
  const lines = DOCUMENTS.flatMap(({ blocks }) => blocks).flatMap(({ code }) => code.split("\n"));
  const records = lines.filter((line) => line.startsWith('{"type":'));
  assert(records.length >= 3);
  for (const record of records) assertEquals(validate(JSON.parse(record), schema), [], record);
});

Deno.test("The tables that the docs show of the demo's audit are what it prints", async () => {
  const tables = DOCUMENTS.flatMap(({ blocks }) => blocks).filter(({ code }) => code.startsWith("verdict "));
  assert(tables.length > 0);
  const { lines } = await runProgram(["--demo", "--audit"]);
  const shown = tables.flatMap(({ code }) => code.trimEnd().split("\n")).filter((line) => line !== "…");
  assertEquals(shown.filter((line) => !lines.includes(line)), []);
});
