import { assertEquals } from "@std/assert";
import { asksForCheck, failCheck } from "../../src/cli/check_failure.ts";
import { Outputs } from "../support/outputs.ts";

Deno.test("asksForCheck() looks for --check among the options only", () => {
  for (const args of [["--check"], ["--nonsense", "a.example", "--check", "--", "b"]]) {
    assertEquals(asksForCheck(args), true);
  }
  for (const args of [[], ["check"], ["--", "--check"], ["--checks"]]) assertEquals(asksForCheck(args), false);
});

Deno.test("failCheck() has printed its line when it resolves, and the state is unknown", async () => {
  using outputs = new Outputs();
  assertEquals([await failCheck("no such file"), outputs.stdout], [3, "BITCOIN UNKNOWN: no such file\n"]);
});
