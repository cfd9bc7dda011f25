import { assertEquals } from "@std/assert";
import { temporaryFile, temporaryFolder } from "../support/folder.ts";
import { ROOT } from "./project.ts";

Deno.test({
  name: "A run that is told to stop says so, and leaves no copy behind",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    using results = temporaryFile("results.ndjson");
    using folder = temporaryFolder();
    using watcher = Deno.watchFs(folder.path);
    const args = ["--only", "src/wire/ping.ts", "--jobs", "2", "--results", results.path];
    await using child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "tests/mutants/run.ts", ...Deno.args, ...args],
      cwd: ROOT,
      env: { TMPDIR: folder.path },
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    for await (const { kind } of watcher) if (kind === "create") break;
    child.kill("SIGTERM");
    const { code, stdout, stderr } = await child.output();
    const [text, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    assertEquals([code, text, errors], [143, "", "stopped; what has been found out is kept\n"]);
    assertEquals([...Deno.readDirSync(folder.path)], []);
  },
});
