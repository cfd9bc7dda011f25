import { assert, assertEquals, assertMatch } from "@std/assert";
import { SimulatedPeer } from "../../src/sim/peer.ts";
import { node, silent } from "../../src/sim/scripts.ts";
import { programCommand, runCommand } from "../support/program.ts";

const CLEAR = "\r\x1b[K";
// deno-lint-ignore no-control-regex
const COLOR = /\x1b\[[0-9;]*m/g;

/** A shell's word. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Whether there is the `script` of util-linux, which runs a command on a terminal of its own. */
async function hasScript(): Promise<boolean> {
  if (Deno.build.os !== "linux") return false;
  try {
    const { stdout } = await new Deno.Command("script", { args: ["--version"], stderr: "null" }).output();
    return new TextDecoder().decode(stdout).includes("util-linux");
  } catch {
    return false;
  }
}

const ignore = !await hasScript();

/** Gives `script` an input that never ends: at its end it would type a ^D, and might leave before the program. */
const ON_TERMINAL =
  'pipe=$(mktemp -u) && mkfifo "$pipe" && exec 3<>"$pipe" && rm "$pipe" && script -qec "$1" /dev/null <&3';

/** What the program shows on a terminal; `before` and `after` stand around it on the shell's line. */
async function onTerminal(args: readonly string[], before = "env -u NO_COLOR", after = ""): Promise<string> {
  const line = `${before} ${[...programCommand(), ...args].map(quoted).join(" ")} ${after}`;
  const { stdout } = await runCommand(["sh", "-c", ON_TERMINAL, "sh", line]);
  return stdout;
}

Deno.test("On a terminal a progress line is shown, rewritten in place, and gone at the end", { ignore }, async () => {
  await using mute = new SimulatedPeer(silent);
  const shown = await onTerminal(["-t", "0.8", mute.target]);
  assertMatch(shown, /0\/1 done, 0 succeeded, 0 failed, 1 in flight, at most \d+\.\d s left/);
  const [, afterProgress = ""] = /^[^]*in flight[^\r]*([^]*)$/.exec(shown) ?? [];
  assert(afterProgress.startsWith(CLEAR), JSON.stringify(afterProgress));
  assertMatch(afterProgress, /Handshake Failure Count: 1\r\n$/);
});

Deno.test("-q shows no progress line", { ignore }, async () => {
  await using mute = new SimulatedPeer(silent);
  assertEquals((await onTerminal(["-q", "-t", "0.5", mute.target])).includes("in flight"), false);
});

Deno.test("Without a terminal on stderr there is no progress line", { ignore }, async () => {
  await using mute = new SimulatedPeer(silent);
  const shown = await onTerminal(["-t", "0.5", mute.target], undefined, "2>/dev/null");
  assertEquals([shown.includes("in flight"), shown.includes(CLEAR)], [false, false]);
});

Deno.test("On a terminal the level is coloured, and with NO_COLOR it is not", { ignore }, async () => {
  await using peer = new SimulatedPeer(node());
  const args = ["-4", "::1", peer.target];
  const [colored, plain] = await Promise.all([onTerminal(args), onTerminal(args, "env NO_COLOR=1")]);
  assertMatch(colored, COLOR);
  assertEquals(plain.match(COLOR), null);
  assertMatch(plain, /Z {2}INFO bitcoin-p2p-handshake: Handshake succeeded! /);
  assertMatch(plain, /Z {2}WARN bitcoin-p2p-handshake: /);
  assertMatch(colored.replace(COLOR, ""), /Z {2}INFO bitcoin-p2p-handshake: Handshake succeeded! /);
});

Deno.test(
  "On a terminal the verdicts of an audit are coloured, and with NO_COLOR they are not",
  { ignore },
  async () => {
    const args = ["--demo", "--audit"];
    const [colored, plain] = await Promise.all([onTerminal(args), onTerminal(args, "env NO_COLOR=1")]);
    for (
      const verdict of [
        "\x1b[31mfail   \x1b[0m  dead.",
        "\x1b[33mwarn   \x1b[0m  tired.",
        "\x1b[32mpass   \x1b[0m  good.",
      ]
    ) {
      assertEquals(colored.includes(verdict), true, verdict);
    }
    assertEquals(plain.match(COLOR), null);
    assertMatch(plain, /^fail {5}dead\.seeds\.test /m);
  },
);
