import { assert, assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };

/** The directories of src/ from the top down. A file imports from its own directory and from lower lines. */
const LAYERS: readonly (readonly string[])[] = [
  ["cli"],
  ["sim"],
  ["report"],
  ["state"],
  ["audit", "crawl"],
  ["scan"],
  ["net"],
  ["session"],
  ["handshake", "transport"],
  ["wire"],
  ["address"],
  ["crypto"],
];
const REPORT = 2;
const NET = 6;

/** What has I/O, time or randomness in it, and so has no place below net/. */
const OUTSIDE =
  /\b(Deno|Date|console|performance|process|globalThis|fetch|setTimeout|setInterval|queueMicrotask)\b|\bMath\s*\.\s*random\b|\bcrypto\s*\.\s*(getRandomValues|randomUUID)\b/;

/** What users of the library import, and nothing in src/ does. */
const DOORS = Object.values(config.exports).map((path) => path.replace("./src/", ""));

const SRC = new URL("../src/", import.meta.url);

interface SourceFile {
  /** Relative to src/. */
  readonly path: string;
  /** Without comments. */
  readonly code: string;
  /** What it imports or exports from: paths relative to src/ where it said a relative one. */
  readonly imports: readonly string[];
}

const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*/g, "");

/** The module names in `code`, static and dynamic. */
function importsOf(code: string): string[] {
  const pattern =
    /^(?:import|export)\b[^"'`;]*?\bfrom\s*["'](.+?)["']|^import\s*["'](.+?)["']|\bimport\s*\(\s*(.+?)\s*\)/gm;
  return [...code.matchAll(pattern)].map(([, from, alone, dynamic]) =>
    from ?? alone ?? dynamic?.replaceAll(/["']/g, "") ?? ""
  );
}

/** The imports of `code` that load other modules at once: neither types, nor imports on demand. */
const eager = (code: string): string =>
  code.replaceAll(/^(import|export) type\b[^"'`;]*?\bfrom\b.*/gm, "").replaceAll(/\bimport\s*\(/g, "(");

/** All TypeScript files under a folder of src/. */
function* sourceFiles(folder = ""): Generator<SourceFile> {
  for (const { name, isDirectory } of Deno.readDirSync(new URL(folder, SRC))) {
    const path = `${folder}${name}`;
    if (isDirectory) {
      yield* sourceFiles(`${path}/`);
    } else if (name.endsWith(".ts")) {
      const url = new URL(path, SRC);
      const code = withoutComments(Deno.readTextFileSync(url));
      const imports = importsOf(code).map((name) =>
        name.startsWith(".") ? new URL(name, url).href.replace(SRC.href, "") : name
      );
      yield { path, code, imports };
    }
  }
}

/** Whether a file below net/ may import a module from outside of src/: ciphers are neither I/O, nor time, nor randomness. */
const mayUse = (path: string, module: string): boolean => path.startsWith("crypto/") && module === "node:crypto";

/** The files of the v2 transport, which are loaded when it is spoken; with `node:crypto` they take longer than the rest. */
const V2 = /^transport\/(v2|v1_or_v2)|^crypto\/(?!checksum|sha3|ed25519)/;

const FILES = [...sourceFiles()];
const layerOf = (path: string): number => LAYERS.findIndex((names) => names.includes(path.split("/")[0] ?? ""));
const belowNet = FILES.filter(({ path }) => layerOf(path) > NET);

/** Whether a file may import a module, by the layers alone. */
function mayImport(path: string, imported: string): boolean {
  if (DOORS.includes(path)) return true;
  if (path.split("/")[0] === imported.split("/")[0]) return true;
  return layerOf(imported) > layerOf(path);
}

Deno.test("The imports of a file are found, and those in its comments are not", () => {
  const text = `
/** import { a } from "./doc.ts"; */
import { a } from "./one.ts"; // import { a } from "./comment.ts";
import type { B } from './two.ts';
import {
  c,
  d,
} from "./three.ts";
import "./four.ts";
export { e } from "./five.ts";
export * from "./six.ts";
export const f = "from";
const g = await import("./seven.ts");
`;
  const found = ["./one.ts", "./two.ts", "./three.ts", "./four.ts", "./five.ts", "./six.ts", "./seven.ts"];
  assertEquals(importsOf(withoutComments(text)), found);
});

Deno.test("Every file of src/ is in a layer, and every layer has files", () => {
  const outsiders = FILES.filter(({ path }) => layerOf(path) === -1).map(({ path }) => path);
  assertEquals(outsiders.toSorted(), DOORS.toSorted());
  const folders = new Set(FILES.map(({ path }) => path.split("/")[0]));
  for (const name of LAYERS.flat()) assert(folders.has(name), `${name} has no files`);
});

Deno.test("Imports point down the layers only, and none to a door of the library", () => {
  const within = FILES.flatMap(({ path, imports }) =>
    imports.filter((name) => name.endsWith(".ts")).map((name) => [path, name] as const)
  );
  assert(within.length > FILES.length);
  const upward = within.filter(([path, name]) => DOORS.includes(name) || !mayImport(path, name));
  assertEquals(upward.map(([path, name]) => `${path} imports ${name}`), []);
});

Deno.test("No file imports what is neither in src/, nor of @std, nor of Node, except the version in deno.json", () => {
  const strange = FILES.flatMap(({ path, imports }) =>
    imports.filter((name) => !FILES.some((file) => file.path === name) && !/^(@std\/|node:)/.test(name))
      .map((name) => `${path} imports ${name.split("/").at(-1)}`)
  );
  assertEquals(strange, ["scan/program.ts imports deno.json"]);
});

Deno.test("Below net/ there is no I/O, clock, randomness, console, nothing of @std, and of Node the ciphers alone", () => {
  assert(belowNet.length >= 15);
  const found = belowNet.flatMap(({ path, code, imports }) =>
    [
      ...imports.filter((name) => /^(node:|@std\/)/.test(name) && !mayUse(path, name)),
      ...OUTSIDE.exec(code)?.slice(0, 1) ?? [],
    ].map((what) => `${path} uses ${what}`)
  );
  assertEquals(found, []);
});

Deno.test("Below net/ everything is synchronous, and only a checksum is a promise", () => {
  const found = belowNet.filter(({ code }) => /\b(async|await|Promise|then)\b/.test(code)).map(({ path }) => path);
  assertEquals(found, ["crypto/checksum.ts", "wire/signet.ts"]);
});

/** The keys of the records, as their schema has them. */
function recordKeys(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) =>
    key === "properties" ? [...Object.keys(value), ...recordKeys(value)] : recordKeys(value)
  );
}

/** Keys that only records have, though they are one word. */
const ONE_WORD = ["addr", "servicesnames", "subver", "startingheight", "relaytxes", "timeoffset", "addrlocal"];

Deno.test("Records are made in report/: below it nothing is called a record, or has a key of theirs but plain words", () => {
  const keys = recordKeys(JSON.parse(Deno.readTextFileSync(new URL("report/schema.json", SRC))));
  const ofRecordsAlone = keys.filter((key) => key.includes("_") || ONE_WORD.includes(key));
  assert(ofRecordsAlone.includes("connect_ms") && ofRecordsAlone.includes("subver"));
  const pattern = new RegExp(`\\b(\\w+Record|${ofRecordsAlone.join("|")})\\b`);
  // Not the message type.
  const withoutMessages = (code: string) =>
    code.replaceAll(/"(?:[^"\\\n]|\\.)*"|\baddr: (?:AddrMessage|\{ maxSize)|`addr\[/g, "");
  const nameIn = (code: string) => pattern.exec(withoutMessages(code))?.[0];
  const names = ["{ connect_ms: 1 }", "peer.subver", "toErrorRecord()", '"connect_ms"'].map(nameIn);
  assertEquals(names, ["connect_ms", "subver", "toErrorRecord", undefined]);
  const found = FILES.filter(({ path }) => layerOf(path) > REPORT)
    .flatMap(({ path, code }) => nameIn(code) === undefined ? [] : [`${path} has ${nameIn(code)}`]);
  assertEquals(found, []);
});

Deno.test("Below cli/ nothing knows the options of the command line, only flags of Deno's own", () => {
  const optionIn = (code: string) => /(?<![\w-])--(?!allow-(?:net|read|write)\b)[a-z][a-z-]*/.exec(code)?.[0];
  assertEquals(['"see --chain"', "`--${name}`", "i--", '"run again with --allow-net"'].map(optionIn), [
    "--chain",
    undefined,
    undefined,
    undefined,
  ]);
  // The variables of CSS look like options.
  const found = FILES.filter(({ path }) => !/^cli\/|^report\/html\/style/.test(path))
    .flatMap(({ path, code }) => optionIn(code) === undefined ? [] : [`${path} has ${optionIn(code)}`]);
  assertEquals(found, []);
});

Deno.test("Of node:crypto nothing random is used", () => {
  const names = belowNet.flatMap(({ code }) =>
    [...code.matchAll(/\{([^}]*)\}\s*from\s*"node:crypto"/g)].flatMap(([, list]) => list?.match(/\w+/g) ?? [])
  );
  assert(names.includes("createCipheriv") && names.includes("createHash"));
  assertEquals(names.filter((name) => /random|generate|webcrypto|subtle|getCiphers/i.test(name)), []);
});

Deno.test("Only what speaks v2, and the door to its transport, loads it before it is asked for", () => {
  const speaking = FILES.filter(({ path }) => V2.test(path));
  assert(speaking.some(({ imports }) => imports.includes("node:crypto")));
  const others = FILES.filter(({ path }) => !V2.test(path) && path !== "protocol.ts");
  const early = others.flatMap(({ path, code }) =>
    importsOf(eager(code)).filter((name) => V2.test(new URL(name, new URL(path, SRC)).href.replace(SRC.href, "")))
      .map((name) => `${path} imports ${name}`)
  );
  assertEquals(early, []);
  assertEquals(importsOf(eager(`import type { A } from "./a.ts";\nconst b = await import("./b.ts");`)), []);
  assertEquals(importsOf(eager(`import { type A, b } from "./a.ts";`)), ["./a.ts"]);
});

/** The files of src/, and the modules from elsewhere, that are loaded with a file, as soon as it is. */
function loadedWith(path: string, loaded = new Set<string>()): Set<string> {
  loaded.add(path);
  const code = FILES.find((file) => file.path === path)?.code ?? "";
  for (const name of importsOf(eager(code))) {
    const module = name.startsWith(".") ? new URL(name, new URL(path, SRC)).href.replace(SRC.href, "") : name;
    if (!loaded.has(module)) loadedWith(module, loaded);
  }
  return loaded;
}

/** Those of them that a pattern fits. */
const loadedFrom = (path: string, pattern: RegExp): string[] =>
  [...loadedWith(path)].filter((name) => pattern.test(name));

Deno.test("The entry to the program loads no package, and what answers --help or a usage error loads no job", () => {
  assertEquals(loadedFrom("cli/start.ts", /^@std/), []);
  assertEquals(loadedFrom("cli/command.ts", /^@std/), []);
  assertEquals(
    loadedFrom("cli/run.ts", /^(audit|sim|session|handshake|transport)\/|^cli\/(jobs\/|perform|completions)/),
    [],
  );
  const light = ["families", "option_names", "reach", "special_names", "timeouts"];
  assertEquals(loadedFrom("cli/run.ts", /^net\//).toSorted(), light.map((name) => `net/${name}.ts`));
});

Deno.test("Each mode loads its own job, and nothing of the demo, of other modes, of v2 or of the page", () => {
  const modes = FILES.filter(({ path }) => path.startsWith("cli/jobs/")).map(({ path }) => path);
  assert(modes.length >= 2);
  for (const path of modes) {
    assertEquals(loadedFrom(path, /^cli\/jobs\//), [path]);
    assertEquals(loadedFrom(path, /^sim\/|^report\/(html|trace)\/|^cli\/(demo|command)/), []);
    assertEquals(loadedFrom(path, V2), []);
  }
  assertEquals(loadedFrom("cli/jobs/scan.ts", /^audit\/(?!result|statistics)|^report\/table/), []);
});

Deno.test("What is not allowed below net/ is found where it is allowed", () => {
  const io = FILES.find(({ path }) => path === "net/io.ts");
  assertEquals(OUTSIDE.test(io?.code ?? ""), true);
  for (
    const code of ["Deno.connect(", "Date.now()", "new Date()", "Math.random()", "console.log(", "performance.now()"]
  ) {
    assertEquals(OUTSIDE.test(code), true, code);
  }
});

Deno.test("One file alone imports @std/log", () => {
  const files = FILES.filter(({ imports }) => imports.some((name) => name.startsWith("@std/log")));
  assertEquals(files.map(({ path }) => path), ["cli/log.ts"]);
});
