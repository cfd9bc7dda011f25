/**
 * The tree of the project: copies of it, and which test files have a source file in them.
 *
 * @module
 */

/** What the tests need of the project, relative to its root. */
const NEEDED = ["deno.json", "main.ts", "src", "tests", "bench", "offline"] as const;

/** Not copied: the tests of the mutants do not test the program. */
const LEFT_OUT = "tests/mutants";

/** The root of the project, with a slash at its end. */
export const ROOT = new URL("../../", import.meta.url);

/** Copies the project to a new folder; resolves to its URL, with a slash at its end. */
export async function copyTree(from: URL): Promise<URL> {
  const path = await Deno.makeTempDir({ prefix: "mutants-" });
  const to = new URL(`file://${path.replaceAll("\\", "/").replace(/^(?=\w:)/, "/")}/`);
  for (const name of NEEDED) await copy(name, from, to);
  return to;
}

async function copy(path: string, from: URL, to: URL): Promise<void> {
  if (path === LEFT_OUT) return;
  if ((await Deno.stat(new URL(path, from))).isFile) return await Deno.copyFile(new URL(path, from), new URL(path, to));
  await Deno.mkdir(new URL(path, to));
  for await (const { name } of Deno.readDir(new URL(path, from))) await copy(`${path}/${name}`, from, to);
}

/** The files below a folder whose names end in `suffix`, in order. */
export function filesBelow(root: URL, folder: string, suffix: string): string[] {
  return [...Deno.readDirSync(new URL(folder, root))].flatMap(({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    return isDirectory ? filesBelow(root, path, suffix) : name.endsWith(suffix) ? [path] : [];
  }).toSorted();
}

/** Which files import which, directly and not. */
export class Imports {
  readonly #root: URL;
  readonly #known = new Map<string, readonly string[]>();

  /** Of the tree at `root`; files are read as they are asked for. */
  constructor(root: URL) {
    this.#root = root;
  }

  /** Whether a change of `target` can make a difference to who imports `file`. */
  reaches(file: string, target: string): boolean {
    const reached = new Set([file]);
    for (const path of reached) {
      for (const imported of this.#importsOf(path)) reached.add(imported);
    }
    return reached.has(target);
  }

  #importsOf(path: string): readonly string[] {
    const known = this.#known.get(path);
    if (known !== undefined) return known;
    const url = new URL(path, this.#root);
    const text = path.endsWith(".ts") ? Deno.readTextFileSync(url) : "";
    const imports = [...text.matchAll(/(?:\bfrom|\bimport\s*\(?)\s*"(\.[^"\n]*)"/g)]
      .map(([, name = ""]) => new URL(name, url).href)
      .filter((href) => href.startsWith(this.#root.href) && isFile(new URL(href)))
      .map((href) => href.slice(this.#root.href.length));
    this.#known.set(path, imports);
    return imports;
  }
}

/** The text of a comment or of a string can look like an import. */
function isFile(url: URL): boolean {
  try {
    return Deno.statSync(url).isFile;
  } catch {
    return false;
  }
}
