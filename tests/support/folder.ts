/** A directory of its own, which is removed in the end with all that is in it. */
export function temporaryFolder(): { readonly path: string } & Disposable {
  const path = Deno.makeTempDirSync();
  return { path, [Symbol.dispose]: () => Deno.removeSync(path, { recursive: true }) };
}

/** The name of a file in a directory of its own, which is removed in the end. */
export function temporaryFile(name: string): { readonly path: string } & Disposable {
  const folder = temporaryFolder();
  return { ...folder, path: `${folder.path}/${name}` };
}
