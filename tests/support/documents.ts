/**
 * The documents of the repository.
 *
 * @module
 */

import { type MarkdownText, readMarkdown } from "./markdown.ts";

/** The folder of the repository. */
export const ROOT = new URL("../../", import.meta.url);

/** A document, as it is and taken apart. */
export interface Document extends MarkdownText {
  /** Relative to the root. */
  readonly path: string;
  /** All of it. */
  readonly text: string;
}

/** The documents in a folder and below, but for what a tool makes. */
function* documentsIn(folder = ""): Generator<Document> {
  for (const { name, isDirectory } of Deno.readDirSync(new URL(folder, ROOT))) {
    const path = `${folder}${name}`;
    if (isDirectory && !/^(\.git|node_modules|coverage|dist)$/.test(name)) {
      yield* documentsIn(`${path}/`);
    } else if (name.endsWith(".md")) {
      const text = Deno.readTextFileSync(new URL(path, ROOT));
      yield { path, text, ...readMarkdown(text) };
    }
  }
}

/** All of them. */
export const DOCUMENTS: readonly Document[] = [...documentsIn()];

/** One of them, by its path. */
export function documentAt(path: string): Document {
  const found = DOCUMENTS.find((document) => document.path === path);
  if (found === undefined) throw new RangeError(`Expected a document, there is no ${path}`);
  return found;
}

/** What is wrong with things in documents, each with the path of its document; of a thing that is right `undefined`. */
export function faults(faultsOf: (document: Document) => readonly (string | undefined)[]): string[] {
  return DOCUMENTS.flatMap((document) =>
    faultsOf(document).filter((fault) => fault !== undefined).map((fault) => `${document.path}: ${fault}`)
  );
}

/** Whether there is a file or a folder. */
export function exists(path: string | URL): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}
