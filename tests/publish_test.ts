import { assertEquals } from "@std/assert";

const ROOT = new URL("../", import.meta.url);

/** What a dry run of the publishing says would be published: paths from the root, sorted. */
async function publishedFiles(): Promise<string[]> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["publish", "--dry-run", "--allow-dirty", "--no-check"],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  const output = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  return Array.from(output.matchAll(/^ +(file:.*) \(\S+B\)$/gm), ([, url = ""]) => url.replace(ROOT.href, ""))
    .toSorted();
}

/** All files in a folder and below. */
function* filesUnder(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(new URL(folder, ROOT))) {
    if (isDirectory) yield* filesUnder(`${folder}${name}/`);
    else yield `${folder}${name}`;
  }
}

Deno.test("What is published is the program, the library, the license and the README", async () => {
  const expected = ["LICENSE", "README.md", "deno.json", "main.ts", ...filesUnder("src/")];
  assertEquals(await publishedFiles(), expected.toSorted());
});
