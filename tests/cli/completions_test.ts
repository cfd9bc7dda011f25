import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { SCRIPTS } from "../../src/cli/completions.ts";
import { takesValue } from "../../src/cli/option.ts";
import { OPTION_LIST } from "../../src/cli/options.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;

type Shell = typeof SHELLS[number];

/** What a shell prints for some lines of script; `null` if the shell is not installed. */
async function shell(name: Shell, lines: string): Promise<string | null> {
  const directory = await Deno.makeTempDir();
  try {
    for (const file of ["seeds one.txt", "seeds2.txt", "page.html"]) {
      await Deno.writeTextFile(`${directory}/${file}`, "");
    }
    await Deno.mkdir(`${directory}/seeds.d`);
    const script = `${directory}/.script`;
    await Deno.writeTextFile(script, SCRIPTS[name]());
    const args = { bash: ["--norc", "-c"], zsh: ["-f", "-c"], fish: ["--no-config", "-c"] }[name];
    const output = await new Deno.Command(name, {
      args: [...args, lines, script],
      cwd: directory,
      // A locale that is not installed makes shells complain.
      env: { LC_ALL: "C" },
    }).output();
    assertEquals(new TextDecoder().decode(output.stderr), "");
    return new TextDecoder().decode(output.stdout);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

const has = Object.fromEntries(
  await Promise.all(SHELLS.map(async (name) => [name, await shell(name, "exit 0") !== null] as const)),
);

for (const name of SHELLS) {
  Deno.test(`The completions for ${name} have every option, with its words`, () => {
    const script = SCRIPTS[name]();
    for (const [long, option] of OPTION_LIST) {
      const form = name === "fish" ? ` -l ${long} ` : `--${long}`;
      assertStringIncludes(script, form);
      if (takesValue(option) && option.choices) assertStringIncludes(script, option.choices.join(" "));
    }
  });
}

/** What bash completes: the last word is the one under the cursor, and `=` is a separate word, as bash splits them. */
async function bashReplies(...words: string[]): Promise<string[]> {
  const quoted = words.map((word) => `'${word}'`).join(" ");
  const printed = await shell(
    "bash",
    `source "$0"; COMP_WORDS=(x ${quoted}); COMP_CWORD=${words.length}; _bitcoin_p2p_handshake; printf '%s\\n' "\${COMPREPLY[@]}"`,
  );
  return printed?.split("\n").filter((line) => line !== "").toSorted() ?? [];
}

Deno.test("bash completes options, the words of each, lists of them, and files", { ignore: !has.bash }, async () => {
  const cases: [words: string[], replies: string[]][] = [
    [["--f"], ["--format"]],
    [["seed.example", "--lo"], ["--log-level"]],
    [["--format", ""], ["csv", "ndjson", "openmetrics", "seeds", "text"]],
    [["--format", "="], ["csv", "ndjson", "openmetrics", "seeds", "text"]],
    [["--format", "=", "nd"], ["ndjson"]],
    [["--format=nd"], ["--format=ndjson"]],
    [["-c", "te"], ["test", "testnet", "testnet3", "testnet4"]],
    [["-qc", "si"], ["signet"]],
    [["--trace", "="], ["mermaid", "text"]],
    [["--trace", ""], []],
    [["-s", "NETWORK,WI"], ["NETWORK,WITNESS"]],
    [["--services", "=", "P"], ["P2P_V2"]],
    [["--report", "pa"], ["page.html"]],
    [["--targets", "=", "seeds"], ["seeds one.txt", "seeds.d", "seeds2.txt"]],
    [["--port", ""], []],
    [["--relay", "="], []],
    [["--", "--f"], []],
    [[""], []],
  ];
  const replies = await Promise.all(cases.map(([words]) => bashReplies(...words)));
  for (const [i, [words, expected]] of cases.entries()) assertEquals(replies[i], expected, words.join(" "));
});

Deno.test("bash completes the program by its name", { ignore: !has.bash }, async () => {
  const printed = await shell("bash", 'source "$0"; complete -p bitcoin-p2p-handshake');
  assertEquals(printed, "complete -F _bitcoin_p2p_handshake bitcoin-p2p-handshake\n");
});

Deno.test("zsh reads the completions, as a file of $fpath and from a pipe", { ignore: !has.zsh }, async () => {
  const sourced = await shell(
    "zsh",
    'autoload -U compinit; compinit -D -u; source "$0"; print $_comps[bitcoin-p2p-handshake]',
  );
  assertEquals(sourced, "_bitcoin-p2p-handshake\n");
  const [first] = SCRIPTS.zsh().split("\n");
  assertEquals(first, "#compdef bitcoin-p2p-handshake");
});

/** What fish completes at the end of a line, without the descriptions. */
async function fishReplies(line: string): Promise<string[]> {
  const printed = await shell("fish", `source $argv[1]; complete -C 'bitcoin-p2p-handshake ${line}'`);
  return printed?.split("\n").flatMap((reply) => reply === "" ? [] : reply.split("\t").slice(0, 1)).toSorted() ?? [];
}

Deno.test("fish completes options, the words of each, lists of them, and files", { ignore: !has.fish }, async () => {
  const cases: [line: string, replies: string[]][] = [
    ["--f", ["--format"]],
    ["--format ", ["csv", "ndjson", "openmetrics", "seeds", "text"]],
    ["--format=n", ["--format=ndjson"]],
    ["-qc si", ["signet"]],
    ["--trace=m", ["--trace=mermaid"]],
    ["--trace ", []],
    ["-s NETWORK,WI", ["NETWORK,WITNESS"]],
    ["--report pa", ["page.html"]],
    ["--port ", []],
    ["", []],
  ];
  const replies = await Promise.all(cases.map(([line]) => fishReplies(line)));
  for (const [i, [line, expected]] of cases.entries()) assertEquals(replies[i], expected, line);
});

Deno.test("The completions for zsh and fish say what an option is for", () => {
  for (const script of [SCRIPTS.zsh(), SCRIPTS.fish()]) {
    for (const [long, { help }] of OPTION_LIST) {
      assert(script.replaceAll("\\", "").includes(help), long);
    }
  }
});
