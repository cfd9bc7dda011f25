import { assertEquals } from "@std/assert";
import { asksForCheck } from "../../src/cli/check_failure.ts";

Deno.test("asksForCheck() looks for --check among the options only", () => {
  for (const args of [["--check"], ["--nonsense", "a.example", "--check", "--", "b"]]) {
    assertEquals(asksForCheck(args), true);
  }
  for (const args of [[], ["check"], ["--", "--check"], ["--checks"]]) assertEquals(asksForCheck(args), false);
});
