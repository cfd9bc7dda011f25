import { assertEquals, assertThrows } from "@std/assert";
import { Options, UsageError } from "../../bench/options.ts";

Deno.test("Options are taken from the arguments, and the rest stays", () => {
  const options = new Options(["--pairs", "7", "--import-map", "map.json", "--silent", "--rust", "/a path"]);
  assertEquals(options.integer("--pairs", 5), 7);
  assertEquals([options.flag("--silent"), options.flag("--silent")], [true, false]);
  assertEquals([options.text("--rust"), options.text("--only")], ["/a path", undefined]);
  assertEquals(options.integer("--runs", 3), 3);
  assertEquals(options.rest, ["--import-map", "map.json"]);
});

for (const value of ["0", "-1", "1.5", "x", "", "1000001"]) {
  Deno.test(`"${value}" is not an integer from 1 to 1,000,000`, () => {
    const options = new Options(["--pairs", value]);
    assertThrows(
      () => options.integer("--pairs", 5, 1),
      UsageError,
      `--pairs: expected an integer from 1 to 1,000,000`,
    );
  });
}

Deno.test("An option without its value is an error that says so", () => {
  assertThrows(() => new Options(["--rust"]).text("--rust"), UsageError, "--rust: expected a value");
});
