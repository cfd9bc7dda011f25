/**
 * The commands in the docs can be run, and do something.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };
import { routeSettings } from "../src/cli/networks.ts";
import { checkTargets, modeOf } from "../src/cli/modes.ts";
import { parseCommandLine, parseTargets } from "../src/cli/parse.ts";
import { formatEndpoint } from "../src/net/endpoint.ts";
import { reachableNetworks } from "../src/net/reach.ts";
import { readOptions } from "./mutants/options.ts";
import { DOCUMENTS, exists, faults, ROOT } from "./support/documents.ts";
import type { MarkdownText } from "./support/markdown.ts";
import { addressRecordOf, addrsOf, auditOf, crawlOf, failedPeerOf, peerOf, summaryOf } from "./support/records.ts";
import { commandsIn, type ShellCommand } from "./support/shell.ts";

/** A command in the docs. */
interface DocumentedCommand extends ShellCommand {
  /** Whether it is on its own line, to be typed as it is; within a text it may omit things. */
  readonly whole: boolean;
}

function commandsOf({ blocks, spans }: MarkdownText): DocumentedCommand[] {
  return [
    ...blocks.flatMap(({ code }) => commandsIn(code)).map((command) => ({ ...command, whole: true })),
    ...spans.flatMap(commandsIn).map((command) => ({ ...command, whole: false })),
  ];
}

/** The files that a flag of Deno's allows, in any of its forms. */
function allowedBy(flags: readonly string[], name: string): string[] {
  return flags.filter((flag) => flag.startsWith(`${name}=`)).flatMap((flag) => flag.slice(name.length + 1).split(","));
}

/** The flags of `deno run`, the script and its arguments. */
function splitRun(words: readonly string[]): { flags: string[]; script: string | undefined; args: string[] } {
  const at = words.findIndex((word, i) => !word.startsWith("-") && words[i - 1] !== "--import-map");
  const end = at === -1 ? words.length : at;
  return { flags: words.slice(0, end), script: words[end], args: words.slice(end + 1) };
}

/** What the program may do with files, and whether its command line has to be whole. */
interface Circumstances {
  readonly whole: boolean;
  readonly readable?: readonly string[];
  readonly writable?: readonly string[];
}

/** @throws when the program would refuse the arguments, or could not do what they say. */
function checkProgram(args: readonly string[], { whole, readable = [], writable = [] }: Circumstances): void {
  const options = parseCommandLine(args);
  const mode = modeOf(options);
  parseTargets(options.seeds, reachableNetworks(routeSettings(options)));
  const runs = !options.help && !options.version && options.completions === undefined;
  if (whole && runs) checkTargets(mode, options);
  for (const file of [...options.targets, ...options.exclude]) {
    assert(file === "-" || readable.includes(file), `${file} cannot be read`);
  }
  assert(options.report === undefined || writable.includes(options.report), `${options.report} cannot be written`);
}

/** @throws when Deno, or what it is to run, would refuse the words after `deno run`. */
function checkRun(words: readonly string[], whole: boolean): void {
  const { flags, script, args } = splitRun(words);
  if (script === undefined && !whole) return;
  assertEquals(script, "main.ts");
  const { proxy, onion, i2psam, history } = parseCommandLine(args);
  const proxies = [proxy, ...onion, i2psam].filter((endpoint) => endpoint !== undefined).map(formatEndpoint);
  const isAllowed = history || proxies.length > 0 && flags.includes(`--allow-net=${proxies.join(",")}`);
  assert(flags.includes("--allow-net") || isAllowed, "no permission for the network");
  checkProgram(args, {
    whole,
    readable: allowedBy(flags, "--allow-read"),
    writable: allowedBy(flags, "--allow-write"),
  });
}

/** @throws when one of these files is not there. */
function checkFiles(args: readonly string[]): void {
  for (const arg of args.filter((arg) => !arg.startsWith("-"))) assert(exists(new URL(arg, ROOT)), `no ${arg}`);
}

/** @throws when there is no such task, or it would refuse its arguments. */
function checkTask([name, ...args]: readonly string[], whole: boolean): void {
  if (name === undefined && !whole) return;
  const task = Object.entries(config.tasks).find(([other]) => other === name)?.[1];
  assert(task !== undefined, "no such task");
  if (name === "demo") return checkProgram(["--demo", ...args], { whole, writable: ["page.html"] });
  if (name === "handshake") return checkProgram(args, { whole, writable: ["page.html"] });
  if (name === "mutants") return void readOptions(args);
  if (name === "test") return checkFiles(args);
  for (const option of args.filter((arg) => arg.startsWith("-"))) {
    assert(task.description.includes(`${option} `), `the task has no ${option}`);
  }
}

/** @throws when a command of Deno's, which may be there for `npx` alone, or of our binary, would be refused. */
function checkCommand([program, ...words]: readonly string[], whole: boolean): void {
  if (program === "npx") return checkCommand(words.slice(1), whole);
  if (program !== "deno") return checkProgram(words, { whole });
  const [subcommand, ...args] = words;
  switch (subcommand) {
    case "run":
      return checkRun(args, whole);
    case "task":
      return checkTask(args, whole);
    case "doc":
    case "test":
      return checkFiles(args);
    default:
      throw new RangeError(`this test knows no deno ${subcommand}`);
  }
}

function whyNot({ words, patterns, whole }: DocumentedCommand): string | undefined {
  if (words[0] === "jq") return undefined;
  if (patterns.length > 0) return `${words.join(" ")}: needs quotes: ${patterns.join(" ")}`;
  try {
    checkCommand(words, whole);
    return undefined;
  } catch (error) {
    return `${words.join(" ")}: ${error instanceof Error ? error.message : error}`;
  }
}

Deno.test("Every command in the docs is one that Deno, a task or the program takes, with the permissions it needs", () => {
  assert(DOCUMENTS.flatMap(commandsOf).length > 40);
  assertEquals(faults((document) => commandsOf(document).map(whyNot)), []);
});

Deno.test("Deno takes the flags with which the docs run the program", async () => {
  const runs = DOCUMENTS.flatMap(commandsOf).filter(({ words: [deno, run] }) => deno === "deno" && run === "run");
  const forms = new Set(runs.map(({ words }) => JSON.stringify(splitRun(words.slice(2)).flags)));
  assert(forms.size > 3);
  const refused = await Promise.all(Array.from(forms, async (form) => {
    const flags: string[] = JSON.parse(form);
    const packages = flags.includes("--import-map") ? [] : Deno.args;
    const args = ["run", ...packages, ...flags, "main.ts", "--version"];
    const { success } = await new Deno.Command(Deno.execPath(), { args, cwd: ROOT }).output();
    return success ? [] : [form];
  }));
  assertEquals(refused.flat(), []);
});

/** Whether there is a `jq` on this machine. */
function hasJq(): boolean {
  try {
    return new Deno.Command("jq", { args: ["--version"] }).outputSync().success;
  } catch {
    return false;
  }
}

/** A record of each kind and end, and one in which all is `null` that can be. */
const RECORDS = [
  peerOf(),
  peerOf({ transport_protocol_type: "v2", session_id: "5e".repeat(32) }),
  failedPeerOf(),
  auditOf({ verdict: "fail", reasons: [{ code: "no_success", message: "none of 20 addresses shook hands" }] }),
  addrsOf(),
  addressRecordOf({ addr: "203.0.113.9:8333" }),
  addressRecordOf({ addr: "203.0.113.9:8333", services: null, time: null, groups: 0, dialled: true, reason: null }),
  summaryOf({ crawl: crawlOf() }),
];

/** The file that the docs of the crawl have its records in. */
const RECORDS_FILE = "crawl.ndjson";

/**
 * What is wrong with a filter of `jq`, which may read our records from `input` or from a file in `folder`: `undefined`
 * when it finds something in them.
 */
async function whyNoFilter(
  { words: [, ...args] }: ShellCommand,
  input: string,
  folder: string,
): Promise<string | undefined> {
  const command = new Deno.Command("jq", { args, cwd: folder, stdin: "piped", stdout: "piped", stderr: "piped" });
  await using child = command.spawn();
  await new Blob([input]).stream().pipeTo(child.stdin);
  const { success, stdout, stderr } = await child.output();
  if (!success) return `${args.join(" ")}: ${new TextDecoder().decode(stderr)}`;
  const reads = input !== "" || args.includes(RECORDS_FILE);
  return !reads || stdout.length > 0 ? undefined : `${args.join(" ")}: finds nothing`;
}

Deno.test({
  name: "jq takes every filter in the docs, and what reads our records finds something in them",
  ignore: !hasJq(),
  fn: async () => {
    const ndjson = RECORDS.map((record) => `${JSON.stringify(record)}\n`).join("");
    const folder = await Deno.makeTempDir();
    await using cleanup = new AsyncDisposableStack();
    cleanup.defer(() => Deno.remove(folder, { recursive: true }));
    await Deno.writeTextFile(`${folder}/${RECORDS_FILE}`, ndjson);
    const found: (string | undefined)[] = [];
    for (const command of DOCUMENTS.flatMap(commandsOf)) {
      const { words, next } = command;
      if (words.includes("ndjson") && next?.words[0] === "jq") found.push(await whyNoFilter(next, ndjson, folder));
      if (words[0] === "jq") found.push(await whyNoFilter(command, "", folder));
    }
    assert(found.length > 5);
    assertEquals(found.filter((fault) => fault !== undefined), []);
  },
});
