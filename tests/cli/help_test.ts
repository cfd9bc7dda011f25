import { assert, assertStringIncludes } from "@std/assert";
import { helpText } from "../../src/cli/help.ts";
import { OPTIONS } from "../../src/cli/options.ts";

Deno.test("helpText() shows every option with its short form, its placeholder and its default", () => {
  const lines = helpText().split("\n");
  for (const [name, option] of OPTIONS) {
    const line = lines.find((line) => new RegExp(`--${name}(?![\\w-])`).test(line));
    assert(line !== undefined, `no line for --${name}`);
    assertStringIncludes(line, option.help);
    if (option.short !== undefined) assertStringIncludes(line, `-${option.short}, --${name}`);
    if ("placeholder" in option) {
      const value = option.bare === undefined ? ` <${option.placeholder}>` : `[=<${option.placeholder}>]`;
      assertStringIncludes(line, `--${name}${value}`);
    }
    if ("default" in option) assertStringIncludes(line, `[default: ${option.default}]`);
  }
});
