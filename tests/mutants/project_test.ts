import { assertEquals } from "@std/assert";
import { pathToFileURL } from "node:url";
import { temporaryFolder } from "../support/folder.ts";

const PROJECT = new URL("./project.ts", import.meta.url).href;

Deno.test("A repository is the one at the given root, even in a hook of another one", async () => {
  using temporary = temporaryFolder();
  const folder = pathToFileURL(`${temporary.path}/`);
  for (const name of ["ours", "theirs"]) await Deno.mkdir(new URL(name, folder));
  const root = JSON.stringify(new URL("ours/", folder).href);
  const code = `import { git } from ${JSON.stringify(PROJECT)}; await git(new URL(${root}), "init", "--quiet");`;
  const env = { GIT_DIR: "../theirs/.git" };
  const { success } = await new Deno.Command(Deno.execPath(), { args: ["eval", code], env }).output();
  const names = (path: string) => Array.from(Deno.readDirSync(new URL(path, folder)), ({ name }) => name);
  assertEquals([success, names("ours"), names("theirs")], [true, [".git"], []]);
});
