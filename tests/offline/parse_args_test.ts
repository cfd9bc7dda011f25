import { assertEquals, assertThrows } from "@std/assert";
import { parseArgs } from "@std/cli/parse-args";

Deno.test("parseArgs() keeps a string option's value as it is", () => {
  for (const value of ["8333", "0x10", "", "a=b", "-1", "--", "true", " ", "two\nlines", "ü"]) {
    assertEquals(parseArgs([`--port=${value}`], { string: ["port"] }).port, value);
  }
});

Deno.test("parseArgs() leaves out a string option that is not given, and says false of a flag", () => {
  const parsed: Record<string, unknown> = parseArgs([], { string: ["port", "_"], boolean: ["quiet"] });
  assertEquals(parsed, { quiet: false, _: [] });
});

Deno.test("parseArgs() gives the last of several values, and all of a collected option", () => {
  const options = { string: ["port", "targets"], collect: ["targets"] } as const;
  const parsed = parseArgs(["--port=1", "--targets=a", "--port=2", "--targets=b"], options);
  assertEquals(parsed, { port: "2", targets: ["a", "b"], _: [] });
});

Deno.test("parseArgs() gives an empty list for a collected option that is not given", () => {
  assertEquals(parseArgs([], { string: ["targets"], collect: ["targets"] }), { targets: [], _: [] });
});

Deno.test("parseArgs() reads --flag, --flag=true and --flag=false", () => {
  const quiet = (...args: string[]): boolean => parseArgs(args, { boolean: ["quiet"] }).quiet;
  assertEquals([quiet("--quiet"), quiet("--quiet=true"), quiet("--quiet=false")], [true, true, false]);
  assertEquals(parseArgs(["--quiet", "seed"], { boolean: ["quiet"] }), { quiet: true, _: ["seed"] });
});

Deno.test("parseArgs() keeps operands as text when _ is a string option, else makes numbers of them", () => {
  const operands: (string | number)[] = parseArgs(["seed", "-", "1", "1e3"], { string: ["_"] })._;
  assertEquals(operands, ["seed", "-", "1", "1e3"]);
  assertEquals(parseArgs(["seed", "1", "0x10"])._, ["seed", 1, 16]);
});

Deno.test("parseArgs() takes everything after -- as operands, as text and without calling `unknown`", () => {
  const asked: string[] = [];
  const parsed: Record<string, unknown> = parseArgs(["a", "--", "--port=1", "-q", "5", "--"], {
    string: ["port", "_"],
    unknown: (arg) => asked.push(arg),
  });
  assertEquals(parsed, { _: ["a", "--port=1", "-q", "5", "--"] });
  assertEquals(asked, ["a"]);
});

Deno.test("parseArgs() passes `unknown` each operand and each option that is not named", () => {
  const told: unknown[][] = [];
  parseArgs(["--port=1", "seed", "--prot=2", "--verbose", "-x", "-"], {
    string: ["port", "_"],
    unknown: (...call) => {
      told.push(call);
    },
  });
  const options = told.filter((call) => call.length > 1);
  assertEquals(told.filter((call) => call.length === 1), [["seed"]]);
  assertEquals(options, [["--prot=2", "prot", "2"], ["--verbose", "verbose", true], ["-x", "x", "-"]]);
});

Deno.test("parseArgs() leaves out what `unknown` answers with false, and lets its error through", () => {
  assertEquals(parseArgs(["seed", "--prot=2"], { unknown: () => false }), { _: [] });
  const refuse = (arg: string): never => {
    throw new RangeError(`no ${arg}`);
  };
  assertThrows(() => parseArgs(["--prot=2"], { unknown: refuse }), RangeError, "no --prot=2");
});

Deno.test("parseArgs() adds an unknown option that is not refused, numbers as numbers", () => {
  const parsed: Record<string, unknown> = parseArgs(["--a=1", "--b=x", "--c"]);
  assertEquals(parsed, { a: 1, b: "x", c: true, _: [] });
});

Deno.test("parseArgs() never sets a prototype", () => {
  const parsed: Record<string, unknown> = parseArgs(["--__proto__=x", "--constructor=y"]);
  assertEquals(parsed, { _: [] });
});

Deno.test("parseArgs() takes names that are known at run time only", () => {
  const [strings, flags]: [string[], string[]] = [["port", "_"], ["quiet"]];
  const parsed: Record<string, unknown> = parseArgs(["--port=1", "5"], { string: strings, boolean: flags });
  assertEquals(parsed, { port: "1", quiet: false, _: ["5"] });
});

Deno.test("parseArgs() types its result by the names", () => {
  const parsed = parseArgs(["--port=1"], { string: ["port", "targets"], boolean: ["quiet"], collect: ["targets"] });
  const typed: { port?: string | undefined; quiet: boolean; targets: string[]; _: (string | number)[] } = parsed;
  assertEquals(typed, { port: "1", quiet: false, targets: [], _: [] });
});
