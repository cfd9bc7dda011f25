/**
 * The doors of the library: its exports.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };

const ROOT = new URL("../", import.meta.url);

/** The doors, by the names under which users import them. */
const DOORS: ReadonlyMap<string, string> = new Map(
  Object.entries(config.exports).map(([name, path]) => [`${config.name}${name.slice(1)}`, path]),
);

/** The output of a Deno command for doors, by default all of them. */
async function ask(command: readonly string[], doors: Iterable<string> = DOORS.values()): Promise<unknown> {
  const args = [...command, "--json", "--import-map", "offline/deno.json", ...doors];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args, cwd: ROOT, stderr: "null" }).output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** A module, as `deno info` tells of it. */
interface Module {
  readonly specifier: string;
  readonly dependencies?: readonly {
    readonly code?: { readonly specifier: string };
    readonly isDynamic?: boolean;
  }[];
}

/** What is loaded together with a door: paths from the root, built-in modules by name. */
async function loadedBy(door: string): Promise<Set<string>> {
  const path = DOORS.get(door) ?? "";
  const { modules } = await ask(["info"], [path]) as { readonly modules: readonly Module[] };
  const loaded = new Set<string>([new URL(path, ROOT).href]);
  for (const specifier of loaded) {
    const { dependencies = [] } = modules.find((module) => module.specifier === specifier) ?? {};
    for (const { code, isDynamic } of dependencies) if (code !== undefined && !isDynamic) loaded.add(code.specifier);
  }
  return new Set(Array.from(loaded, (specifier) => specifier.replace(ROOT.href, "")));
}

/** The folders of src/ in which modules are. */
function foldersOf(paths: Iterable<string>): string[] {
  return [...new Set(Array.from(paths, (path) => /^src\/([^/]+)\//.exec(path)?.[1] ?? path))].toSorted();
}

Deno.test("There are four doors", () => {
  assertEquals([...DOORS.keys()], [
    "@bitcoin-p2p/handshake",
    "@bitcoin-p2p/handshake/protocol",
    "@bitcoin-p2p/handshake/wire",
    "@bitcoin-p2p/handshake/sim",
  ]);
});

Deno.test("The main door loads neither the simulator, nor the program, nor what speaks, nor anything of Node or @std", async () => {
  const loaded = await loadedBy("@bitcoin-p2p/handshake");
  const layers = ["address", "audit", "crawl", "crypto", "handshake", "net", "report", "scan", "transport", "wire"];
  assertEquals(foldersOf(loaded), [...layers, "deno.json", "src/mod.ts"].toSorted());
  assertEquals([...loaded].filter((path) => /node:|@std|^src\/report\/(?!records)/.test(path)), []);
  const speaking = [...loaded].filter((path) => /^src\/(handshake|transport)\//.test(path));
  assertEquals(speaking.toSorted(), ["src/handshake/errors.ts", "src/transport/errors.ts"]);
});

Deno.test("The door to the protocol loads no I/O but the pump, and the door to the wire no protocol", async () => {
  const protocol = await loadedBy("@bitcoin-p2p/handshake/protocol");
  const layers = ["address", "crypto", "handshake", "net", "session", "transport", "wire"];
  assertEquals(foldersOf(protocol).filter((folder) => /^[a-z]+$/.test(folder)), layers);
  assertEquals([...protocol].filter((path) => path.startsWith("src/net/")), ["src/net/pump.ts", "src/net/errors.ts"]);
  const wire = await loadedBy("@bitcoin-p2p/handshake/wire");
  assertEquals(foldersOf(wire), ["address", "crypto", "src/wire.ts", "wire"]);
});

Deno.test("What the door to the wire loads is there in every runtime of JavaScript", async () => {
  const special = /\b(Deno|process|Buffer|node:\w+|@std|require|from(Hex|Base64)|to(Hex|Base64)|withResolvers|using)\b/;
  const strange: string[] = [];
  for (const path of await loadedBy("@bitcoin-p2p/handshake/wire")) {
    const code = (await Deno.readTextFile(new URL(path, ROOT))).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    const found = special.exec(code);
    if (found !== null) strange.push(`${path} has ${found[0]}`);
  }
  assertEquals(strange, []);
});

/** Something that a door exports, as `deno doc` tells of it. */
interface ExportedSymbol {
  readonly name: string;
  readonly declarations: readonly { readonly kind: string }[];
}

/** The names of the types that a declaration has in it, at any depth. */
function typeNames(value: unknown, names = new Set<string>()): Set<string> {
  if (typeof value !== "object" || value === null) return names;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "typeName" && typeof inner === "string") names.add(inner);
    typeNames(inner, names);
  }
  return names;
}

async function exportedSymbols(): Promise<ExportedSymbol[]> {
  const { nodes } = await ask(["doc"]) as { nodes: Record<string, { readonly symbols: readonly ExportedSymbol[] }> };
  return Object.values(nodes).flatMap(({ symbols }) => symbols);
}

Deno.test("Every exported type is used by another export", async () => {
  const symbols = await exportedSymbols();
  const users = new Map(symbols.map(({ name, declarations }) => [name, typeNames(declarations)]));
  const isUsed = (type: string) => [...users].some(([name, types]) => name !== type && types.has(type));
  const types = symbols.filter(({ declarations }) =>
    declarations.every(({ kind }) => kind === "interface" || kind === "typeAlias")
  );
  assert(types.length > 40);
  assertEquals(types.map(({ name }) => name).filter((name) => !isUsed(name)), []);
});

/** The names that the docs of a declaration link to, at any depth. */
function* linksIn(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key !== "doc" || typeof inner !== "string") yield* linksIn(inner);
    else for (const [, name = ""] of inner.matchAll(/\{@link(?:code|plain)? ([\w$]+)/g)) yield name;
  }
}

Deno.test("The docs of what a door exports link only to what a door exports", async () => {
  const symbols = await exportedSymbols();
  const names = new Set(symbols.map(({ name }) => name));
  const dead = symbols.flatMap((symbol) =>
    [...linksIn(symbol)].filter((link) => !names.has(link)).map((link) => `${symbol.name} links to ${link}`)
  );
  assertEquals(dead, []);
});

Deno.test("No two doors export the same", async () => {
  const names = (await exportedSymbols()).map(({ name }) => name);
  assertEquals(names.filter((name, i) => names.indexOf(name) !== i), []);
});

/** The examples of a text, each as its code. */
function examplesIn(text: string): string[] {
  return Array.from(text.matchAll(/^[ *]*```ts\n([\s\S]*?)^[ *]*```$/gm), ([, code = ""]) => code);
}

/** All text files in a folder and below that can have examples. */
function* textsUnder(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(new URL(folder, ROOT))) {
    if (isDirectory) yield* textsUnder(`${folder}${name}/`);
    else if (/\.(ts|md)$/.test(name)) yield `${folder}${name}`;
  }
}

Deno.test("Every example imports by the names under which users do", async () => {
  const strange: string[] = [];
  let count = 0;
  for (const path of ["README.md", ...textsUnder("src/")]) {
    for (const example of examplesIn(await Deno.readTextFile(new URL(path, ROOT)))) {
      count++;
      for (const [, module = ""] of example.matchAll(/\bfrom "(.+?)"/g)) {
        if (!DOORS.has(module) && module !== "@std/assert") strange.push(`${path} imports ${module}`);
      }
    }
  }
  assert(count > 20);
  assertEquals(strange, []);
});
