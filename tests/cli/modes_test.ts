import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../src/cli/errors.ts";
import { checkModes, modeNote } from "../../src/cli/modes.ts";
import { takesValue } from "../../src/cli/option.ts";
import { OPTION_LIST } from "../../src/cli/options.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";

/** A value that each option with modes of its own allows. */
const VALUES: Readonly<Record<string, string>> = { port: "1", "dns-server": "127.0.0.1", "service-bits": "9" };

/** An option as it can be given. */
function given(name: string): string[] {
  const takes = OPTION_LIST.some(([other, option]) => other === name && takesValue(option));
  return [takes ? `--${name}=${VALUES[name] ?? "text"}` : `--${name}`];
}

const check = (args: readonly string[]) => checkModes(parseCommandLine(args));

Deno.test("checkModes() refuses each option without the mode that it needs, and takes it with it", () => {
  const needing = OPTION_LIST.filter(([, { needs }]) => needs !== undefined);
  assertEquals(needing.map(([name]) => name), ["service-bits", "include-unroutable"]);
  for (const [name, { needs }] of needing) {
    assertThrows(() => check(given(name)), UsageError, `--${name} needs --${needs}`);
    assertThrows(() => check([...given(name), "--demo"]), UsageError, `--${name} needs --${needs}`);
    check([...given(name), `--${needs}`, "--demo"]);
  }
});

Deno.test("checkModes() refuses each option with a mode that does not take it, and takes it without", () => {
  const excluding = OPTION_LIST.filter(([, { excludes }]) => excludes !== undefined);
  assertEquals(excluding.map(([name]) => name), ["port", "targets", "dns-server", "trace"]);
  for (const [name, { excludes }] of excluding) {
    for (const mode of excludes ?? []) {
      assertThrows(() => check([...given(name), `--${mode}`]), UsageError, `--${mode} takes no --${name}`);
    }
    check(given(name));
  }
});

Deno.test("checkModes() refuses a challenge with another chain than signet", () => {
  check(["--signet-challenge", "51"]);
  check(["--signet-challenge", "51", "--chain", "signet"]);
  assertThrows(
    () => check(["--signet-challenge", "51", "--chain", "mainnet"]),
    UsageError,
    "--signet-challenge is for --chain signet, got --chain mainnet",
  );
});

Deno.test("checkModes() refuses a target under --demo", () => {
  assertThrows(() => check(["--demo", "seed.example"]), UsageError, "--demo takes no target");
  assertThrows(() => check(["--demo", "--audit", "seed.example"]), UsageError, "--demo takes no target");
});

Deno.test("modeNote() is nothing for an option that every mode takes", () => {
  assertEquals(modeNote({ group: "how", help: "" }), null);
  assertEquals(modeNote({ group: "how", help: "", excludes: ["audit", "demo"] }), "not with --audit or --demo");
});
