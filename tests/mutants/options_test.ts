import { assertEquals, assertThrows } from "@std/assert";
import { HELP, readOptions } from "./options.ts";

Deno.test("The options have defaults, and each can be given", () => {
  const defaults = readOptions([]);
  assertEquals([defaults.mode, defaults.only, defaults.changed, defaults.flags], ["try", [], null, []]);
  assertEquals(defaults.shard, { index: 1, count: 1 });
  const args = "--import-map m --only ./src/a/ --only=src/b.ts --shard 2/3 --changed dev --exempt -j 4 --budget 9";
  assertEquals(readOptions([...args.split(" "), "--results", "r"]), {
    only: ["src/a", "src/b.ts"],
    changed: "dev",
    shard: { index: 2, count: 3 },
    budget: 9,
    exempt: true,
    jobs: 4,
    results: "r",
    mode: "try",
    flags: ["--import-map", "m"],
  });
});

Deno.test("--changed alone means since main", () => {
  assertEquals(readOptions(["--changed"]).changed, "main");
  assertEquals(readOptions(["--changed", "--list"]).changed, "main");
});

for (
  const [args, message] of [
    [["--shard", "0/2"], "--shard: expected K/N with K from 1 to N, got 0/2"],
    [["--shard", "3/2"], "--shard: expected K/N with K from 1 to N, got 3/2"],
    [["--jobs", "0"], "--jobs: expected an integer from 1, got 0"],
    [["--budget", "1.5"], "--budget: expected an integer from 1, got 1.5"],
    [["--onyl", "a"], "'--onyl'"],
    [["a"], "'a'"],
    [["--only"], "--only"],
  ] as const
) {
  Deno.test(`${args.join(" ")} is refused`, () => {
    assertThrows(() => readOptions(args), RangeError, message);
  });
}

Deno.test("The help fits a terminal and names every option", () => {
  for (const line of HELP.split("\n")) assertEquals(line.length <= 120, true, line);
  for (const name of ["only", "changed", "shard", "budget", "exempt", "jobs", "results", "list", "report", "help"]) {
    assertEquals(HELP.includes(`--${name}`), true, name);
  }
});
