import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../src/cli/errors.ts";
import { argumentTargets, fileTargets, warnOfOtherNetworks } from "../../src/cli/targets.ts";
import { parseTarget } from "../../src/scan/target.ts";

Deno.test("argumentTargets() names the target that is none", () => {
  assertEquals(argumentTargets(["a.example", "::1"]).map(({ host }) => host), ["a.example", "::1"]);
  assertThrows(() => argumentTargets(["a.example", "b c"]), UsageError, "'b c'");
  assertThrows(() => argumentTargets(["b.onion:8333"]), UsageError, "'b.onion:8333': the name is a Tor onion service");
});

Deno.test("fileTargets() takes one target a line, without comments and blank lines, under any line end", () => {
  const text = "\ufeff# seeds\na.example\r\n\r\n  192.0.2.1:8334  # mine\n[2001:db8::1]:8333#x\rb.example";
  const targets = fileTargets("list", text, () => {});
  assertEquals(targets.map(({ text }) => text), ["a.example", "192.0.2.1:8334", "[2001:db8::1]:8333", "b.example"]);
});

Deno.test("fileTargets() names a bad line, and goes on", () => {
  const warnings: string[] = [];
  const targets = fileTargets("list", "a.example\nb c\nd.example\n", (warning) => warnings.push(warning));
  assertEquals(targets.map(({ text }) => text), ["a.example", "d.example"]);
  assertEquals(warnings.map((warning) => warning.split(": ").slice(0, 2)), [["list:2", "skipped 'b c'"]]);
});

Deno.test("warnOfOtherNetworks() names literals of the other family, and no name", () => {
  const warnings: string[] = [];
  const targets = ["a.example", "192.0.2.1", "2001:db8::1"].map(parseTarget);
  warnOfOtherNetworks(targets, ["ipv6"], (warning) => warnings.push(warning));
  assertEquals(warnings, ["left out 192.0.2.1: only ipv6 was asked for"]);
});
