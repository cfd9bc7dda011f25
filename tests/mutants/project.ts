/**
 * The files of the project: copies of them, what they import, and what is in them.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { pathToFileURL } from "node:url";

/** The root of the project, with a slash at its end. */
export const ROOT = new URL("../../", import.meta.url);

/** What `git` prints when it is run at the root of a repository, or of one that is to be. */
export async function git(root: URL, ...args: readonly string[]): Promise<string> {
  // A hook has its own repository in the environment, which otherwise comes before the working directory.
  const command = new Deno.Command("git", { args: ["--git-dir=.git", ...args], cwd: root });
  const { success, stdout, stderr } = await command.output();
  if (!success) throw new RangeError(`git ${args.join(" ")}: ${new TextDecoder().decode(stderr).trim()}`);
  return new TextDecoder().decode(stdout);
}

/** Copies all that git knows or does not ignore to a new folder; resolves to its URL, with a slash at its end. */
export async function copyProject(from: URL, options?: Deno.MakeTempOptions): Promise<URL> {
  const to = pathToFileURL(`${await Deno.makeTempDir({ prefix: "mutants-", ...options })}/`);
  const listed = await git(from, "ls-files", "-z", "--cached", "--others", "--exclude-standard");
  for (const path of listed.split("\0").filter((path) => path !== "" && isFile(new URL(path, from)))) {
    await Deno.mkdir(new URL(".", new URL(path, to)), { recursive: true });
    await Deno.copyFile(new URL(path, from), new URL(path, to));
  }
  return to;
}

/** The files below a folder whose names end in `suffix`, in order, relative to the root. */
function filesBelow(root: URL, folder: string, suffix: string): string[] {
  return [...Deno.readDirSync(new URL(folder, root))].flatMap(({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    return isDirectory ? filesBelow(root, path, suffix) : name.endsWith(suffix) ? [path] : [];
  }).toSorted();
}

/** An import, or a module that is run. */
const IMPORT = /(?:\bfrom|\bimport\s*\(?|\bnew URL\()\s*"(\.[^"\n]*)"/g;

/** The modules of the project, and which import which. They are read at once: they may change before the last is tried. */
export class Project {
  /** The files that have mutants. */
  readonly sources: readonly string[];
  /** The files with tests of the program. */
  readonly tests: readonly string[];
  readonly #root: URL;
  readonly #texts = new Map<string, string>();
  readonly #imports = new Map<string, readonly string[]>();
  readonly #reached = new Map<string, ReadonlySet<string>>();

  /** The project whose root is at `root`. */
  constructor(root: URL) {
    this.#root = root;
    this.sources = ["main.ts", ...filesBelow(root, "src", ".ts")];
    this.tests = filesBelow(root, "tests", "_test.ts").filter((file) => !file.startsWith("tests/mutants/"));
    for (const file of [...this.sources, ...this.tests]) this.reachedFrom(file);
  }

  /** What is in a file. */
  textOf(path: string): string {
    const text = this.#texts.get(path) ?? Deno.readTextFileSync(new URL(path, this.#root));
    this.#texts.set(path, text);
    return text;
  }

  /** The file, all that it imports or runs, and so on. */
  reachedFrom(file: string): ReadonlySet<string> {
    const known = this.#reached.get(file);
    if (known !== undefined) return known;
    const reached = new Set([file]);
    for (const path of reached) {
      for (const imported of this.#importsOf(path)) reached.add(imported);
    }
    this.#reached.set(file, reached);
    return reached;
  }

  /** Changes when one of some files does. */
  hashOf(files: Iterable<string>): string {
    const hash = createHash("sha256");
    for (const file of [...new Set(files)].toSorted()) hash.update(`${file}\0${this.textOf(file)}\0`);
    return hash.digest("hex").slice(0, 16);
  }

  #importsOf(path: string): readonly string[] {
    const known = this.#imports.get(path);
    if (known !== undefined) return known;
    const url = new URL(path, this.#root);
    const imports = [...this.textOf(path).matchAll(IMPORT)]
      .map(([, name = ""]) => new URL(name, url))
      .filter((imported) => imported.href.startsWith(this.#root.href) && isFile(imported))
      .map(({ href }) => href.slice(this.#root.href.length));
    this.#imports.set(path, imports);
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
