import { assertEquals, assertStringIncludes } from "@std/assert";
import { runCommand } from "../support/program.ts";

const MAIN = new URL("../../main.ts", import.meta.url).href;

Deno.test("If a package from JSR cannot be loaded, the program says what to do, and that works", async () => {
  // An empty directory as cache, and no network to load from.
  const cache = await Deno.makeTempDir();
  try {
    const command = [Deno.execPath(), "run", "--cached-only", "--allow-net", MAIN, "--version"];
    const { code, stdout, stderr } = await runCommand(command, { env: { DENO_DIR: cache } });
    assertEquals([code, stdout], [1, ""], stderr);
    assertStringIncludes(stderr, "cannot load the packages from JSR: ");
    const [, again = ""] = /use the stand-in for them: (?:npx -y )?deno (.*)/.exec(stderr) ?? [];
    assertStringIncludes(again, "--import-map");
    const result = await runCommand(["sh", "-c", `'${Deno.execPath()}' ${again}`], { env: { DENO_DIR: cache } });
    assertEquals([result.code, result.stdout.startsWith("bitcoin-p2p-handshake ")], [0, true], result.stderr);
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
});
