import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../src/cli/errors.ts";
import { checkTargets, modeNotes, modeOf, MODES } from "../../src/cli/modes.ts";
import { takesValue } from "../../src/cli/option.ts";
import { OPTION_LIST } from "../../src/cli/options.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";

/** A value that each option allows. */
const VALUES: Readonly<Record<string, string>> = {
  chain: "signet",
  "signet-challenge": "51",
  "dns-server": "127.0.0.1",
  services: "9",
  "receiving-services": "9",
  onlynet: "ipv4",
  proxy: "127.0.0.1",
  onion: "127.0.0.1",
  i2psam: "127.0.0.1",
  transport: "v2",
  format: "text",
  "log-level": "warn",
  completions: "bash",
  "max-age": "1d",
  "max-time": "1h",
};

/** Each option as it can be given. */
const GIVEN: ReadonlyMap<string, string> = new Map(
  OPTION_LIST.map((
    [name, option],
  ) => [name, takesValue(option) ? `--${name}=${VALUES[name] ?? option.bare ?? "9"}` : `--${name}`]),
);

/** What an option needs besides. */
const NEEDS: Readonly<Record<string, readonly string[]>> = { addresses: ["--format=ndjson"] };

const given = (name: string): string[] => [GIVEN.get(name) ?? "", ...NEEDS[name] ?? []];

const modeWith = (...args: readonly string[]): string => modeOf(parseCommandLine(args));

const modes = Object.keys(MODES);
const flagsOf = (mode: string): string[] => mode === "scan" ? [] : [`--${mode}`];

for (const mode of modes) {
  Deno.test(`modeOf() takes the options that the ${mode} takes, and refuses the others by their names`, () => {
    for (const [name, option] of OPTION_LIST) {
      const args = [...flagsOf(mode), ...given(name)];
      if (modes.includes(name) && (mode === "scan" || mode === name)) assertEquals(modeWith(...args), name);
      else if (option.modes?.every((other) => other !== mode)) {
        const message = mode === "scan"
          ? `--${name} needs --${option.modes[0]}`
          : modes.includes(name)
          ? "cannot be combined"
          : `--${mode} and --${name} cannot be combined`;
        assertThrows(() => modeWith(...args), UsageError, message);
      } else assertEquals(modeWith(...args), mode, name);
    }
  });

  Deno.test(`modeOf() refuses what the ${mode} takes and its demo does not, by its name`, () => {
    const options = OPTION_LIST.filter(([, { modes: some }]) => some === undefined || some.some((one) => one === mode));
    for (const [name, { excludes }] of options) {
      const args = [...flagsOf(mode), "--demo", ...given(name)];
      if (!excludes?.some((variant) => variant === "demo")) modeWith(...args);
      else assertThrows(() => modeWith(...args), UsageError, `--demo and --${name} cannot be combined`);
    }
    assertThrows(() => modeWith(...flagsOf(mode), "--demo", "seed.example"), UsageError, "no target");
  });
}

Deno.test("checkTargets() wants a target for a scan, unless there is a file or a demo, and none for any other mode", () => {
  const check = (...args: readonly string[]) => {
    const options = parseCommandLine(args);
    checkTargets(modeOf(options), options);
  };
  assertThrows(() => check(), UsageError, "no target: expected a DNS seed");
  for (
    const args of [["seed.example"], ["--targets", "-"], ["--demo"], ["--audit"], ["--crawl"], ["--crawl", "--demo"], [
      "--history",
    ]]
  ) {
    check(...args);
  }
});

Deno.test("modeOf() refuses a challenge with another chain than signet", () => {
  modeWith("--signet-challenge", "51");
  modeWith("--signet-challenge", "51", "--chain", "signet");
  assertThrows(
    () => modeWith("--signet-challenge", "51", "--chain", "mainnet"),
    UsageError,
    "--signet-challenge is for --chain signet, got --chain mainnet",
  );
});

Deno.test("modeOf() refuses a trace among results that are for other programs", () => {
  modeWith("--trace", "--format", "text");
  for (const format of ["ndjson", "csv"]) {
    const check = () => modeWith("--trace", "--format", format);
    assertThrows(check, UsageError, `--trace needs --format text, got ${format}`);
  }
});

Deno.test("modeOf() refuses a page in the place of a file that is read", () => {
  const others = [["--targets", "a"], ["--crawl", "--targets", "b", "--exclude", "a"], ["--crawl", "--state", "a"]];
  for (const args of others) {
    for (const report of ["a", "./a", ".//./a"]) {
      assertThrows(() => modeWith("--report", report, ...args), UsageError, `--report ${report} would replace a file`);
    }
    modeWith("--report", "c", ...args);
  }
});

Deno.test("modeOf() refuses the addresses of a crawl where there is no place for them", () => {
  modeWith("--crawl", "--addresses", "--format", "ndjson");
  for (const format of ["text", "csv"]) {
    const check = () => modeWith("--crawl", "--addresses", "--format", format);
    assertThrows(check, UsageError, `--addresses needs --format ndjson, got ${format}`);
  }
});

Deno.test("modeNotes() says what an option needs and what it does not go with, and nothing where that is no question", () => {
  const notes = (name: string, definition: Partial<Parameters<typeof modeNotes>[1]>) =>
    modeNotes(name, { group: "how", help: "", ...definition });
  assertEquals(notes("hold", {}), []);
  assertEquals(notes("hold", { modes: ["scan", "audit"] }), ["not with --crawl"]);
  assertEquals(notes("hold", { modes: ["scan"] }), ["not with --audit or --crawl"]);
  assertEquals(notes("hold", { modes: ["scan", "crawl"], excludes: ["demo"] }), ["not with --audit or --demo"]);
  assertEquals(notes("hold", { modes: ["audit"], excludes: ["demo"] }), ["needs --audit", "not with --demo"]);
  assertEquals(notes("audit", { modes: ["audit"] }), []);
});

Deno.test("modeOf() refuses with --check what says how to print, and what would delay the line", () => {
  for (const args of [["--format", "csv"], ["--trace"], ["--hold", "1"]]) {
    assertThrows(() => modeWith("--check", ...args), UsageError, `--check and ${args[0]} cannot be combined`);
  }
  assertEquals(modeWith("--check", "--audit"), "audit");
});

Deno.test("modeOf() refuses the peers of a file where there is none", () => {
  for (const args of [["--crawl"], ["--history"]]) {
    assertEquals(modeWith(...args, "--format", "seeds", "--state", "s.db"), args[0]?.slice(2));
    assertThrows(() => modeWith(...args, "--format", "seeds"), UsageError, "--format seeds needs --state FILE");
  }
});
