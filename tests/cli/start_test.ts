import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { whyTooOld } from "../../src/cli/deno_version.ts";
import { start } from "../../src/cli/start.ts";
import { temporaryFolder } from "../support/folder.ts";
import { Outputs } from "../support/outputs.ts";
import { runCommand } from "../support/program.ts";
import { replaced } from "../support/replaced.ts";

const MAIN = new URL("../../main.ts", import.meta.url).href;

/** What a command of Deno's does with an empty directory as cache, and no network to load from. */
async function withoutCache<T>(action: (env: Readonly<Record<string, string>>) => Promise<T>): Promise<T> {
  using cache = temporaryFolder();
  return await action({ DENO_DIR: cache.path });
}

const WITHOUT_NETWORK = [Deno.execPath(), "run", "--cached-only", "--allow-net", MAIN];

Deno.test("If a package from JSR cannot be loaded, the program says what to do, and that works", async () => {
  await withoutCache(async (env) => {
    const { code, stdout, stderr } = await runCommand([...WITHOUT_NETWORK, "--version"], { env });
    assertEquals([code, stdout], [1, ""], stderr);
    assertStringIncludes(stderr, "cannot load the packages from JSR: ");
    const [, again = ""] = /use the stand-in for them: (?:npx -y )?deno (.*)/.exec(stderr) ?? [];
    assertStringIncludes(again, "--import-map");
    const result = await runCommand(["sh", "-c", `'${Deno.execPath()}' ${again}`], { env });
    assertEquals([result.code, result.stdout.startsWith("bitcoin-p2p-handshake ")], [0, true], result.stderr);
  });
});

Deno.test("A check without a package from JSR is of unknown state, and says why", async () => {
  await withoutCache(async (env) => {
    const { code, stdout } = await runCommand([...WITHOUT_NETWORK, "--check", "node.example"], { env });
    assertEquals(code, 3, stdout);
    assertMatch(stdout, /^BITCOIN UNKNOWN: cannot load the packages from JSR: .* use the stand-in for them: [^\n]*\n$/);
  });
});

Deno.test("On a Deno that is too old, the program says which it needs rather than what it lacks", async () => {
  const pretend = 'Object.defineProperty(Deno, "version", { value: { deno: "2.4.0" } })';
  const code = `${pretend}; await import(${JSON.stringify(MAIN)});`;
  await withoutCache(async (env) => {
    const result = await runCommand([Deno.execPath(), "eval", "--cached-only", code], { env });
    assertEquals([result.code, result.stderr], [1, `error: ${whyTooOld("2.4.0")}\n`]);
  });
});

Deno.test("start() takes for a missing package only what Deno says of one, and leaves anything else a bug", async () => {
  const code = "ERR_MODULE_NOT_FOUND";
  const missing = Object.assign(new TypeError("JSR package manifest for '@std/log' failed to load.\n  more"), { code });
  const others = [
    Object.assign(new Error(missing.message), { code }),
    new TypeError(missing.message),
    Object.assign(new TypeError(missing.message), { code: "ERR_OTHER" }),
    Object.assign(new TypeError("Module not found"), { code }),
  ];
  using outputs = new Outputs();
  for (const error of [missing, ...others]) {
    using _ = replaced(Deno.stdout, {
      isTerminal: () => {
        throw error;
      },
    });
    assertEquals(await start(["--help"]).catch((error) => error), error === missing ? 1 : error);
  }
  assertMatch(
    outputs.stderr,
    /^error: cannot load the packages from JSR: JSR package manifest for '@std\/log' failed to load\.\nIf JSR cannot .*\n$/,
  );
});
