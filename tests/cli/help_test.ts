import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { helpText } from "../../src/cli/help.ts";
import { modeNotes } from "../../src/cli/modes.ts";
import { GROUPS, takesValue } from "../../src/cli/option.ts";
import { OPTION_LIST } from "../../src/cli/options.ts";

/** The text on one line. */
function joined(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** What the help says under a heading. */
function section(help: string, heading: string): string {
  return help.split("\n\n").find((part) => part.startsWith(`${heading}:\n`)) ?? "";
}

for (const width of [40, 80, 200]) {
  Deno.test(`helpText() shows every option in its group, with all that its definition says, in ${width} columns`, () => {
    const help = helpText(width);
    for (const [name, option] of OPTION_LIST) {
      const group = joined(section(help, GROUPS[option.group]));
      assert(new RegExp(`--${name}(?![\\w-])`).test(group), `--${name} is not in ${GROUPS[option.group]}`);
      assertStringIncludes(group, option.help);
      if (option.short !== undefined) assertStringIncludes(group, `-${option.short}, --${name}`);
      for (const note of modeNotes(name, option)) assertStringIncludes(group, `[${note}]`);
      if (!takesValue(option)) continue;
      const value = option.bare === undefined ? ` <${option.placeholder}>` : `[=<${option.placeholder}>]`;
      assertStringIncludes(group, `--${name}${value}`);
      const usual = option.default ?? option.otherwise;
      if (usual !== undefined) assertStringIncludes(group, `[default: ${usual}]`);
      const others = Object.entries(option.defaultWith ?? {});
      for (const [flag, value] of others) assertStringIncludes(group, `[with --${flag}: ${value}]`);
      if (option.choices !== undefined) assertStringIncludes(group, `[one of ${option.choices.join(", ")}]`);
    }
  });
}

Deno.test("helpText() fits every width from 33 columns up, is no wider than 100, and copes with less", () => {
  for (let width = 0; width <= 300; width++) {
    const longest = Math.max(...helpText(width).split("\n").map(({ length }) => length));
    // The longest form of an option, which stands on one line whatever the width, has 33.
    assert(longest <= Math.max(Math.min(width, 100), 33), `${longest} columns of ${width}`);
  }
});

Deno.test("helpText() puts a description next to its option in 80 columns, and below it in 40", () => {
  const about = (width: number) => {
    const lines = helpText(width).split("\n");
    const at = lines.findIndex((line) => line.includes("--start-height"));
    return lines.slice(at, at + 3).map((line) => line.trimEnd());
  };
  assertEquals(about(80)[0], "      --start-height <N>            Start height [default: 0]");
  assertEquals(about(40).slice(0, 2), ["  --start-height <N>", "        Start height [default: 0]"]);
});

Deno.test("helpText() breaks no note that fits on a line", () => {
  const lines = helpText(80).split("\n");
  for (
    const note of ["[default: the chain's own]", "[not with --demo]", "[one of text, mermaid]"]
  ) {
    assert(lines.some((line) => line.includes(note)), note);
  }
});

Deno.test("helpText() has each option once, and nothing that is not defined", () => {
  const help = helpText(100);
  for (const [name] of OPTION_LIST) {
    assertEquals(help.match(new RegExp(`^ {2}.{4}--${name}(?![\\w-])`, "gm"))?.length, 1, name);
  }
  assert(!help.includes("undefined"));
});

Deno.test("helpText() has its example on a line that it just fits on", () => {
  const example = "  bitcoin-p2p-handshake --timeout 20 dnsseed.emzy.de";
  assertEquals(helpText(example.length).split("\n").at(-1), example);
});
