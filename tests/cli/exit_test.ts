import { assertEquals } from "@std/assert";
import { EXIT_FAILURE, EXIT_OF_STATE, EXIT_SUCCESS, EXIT_USAGE } from "../../src/cli/exit.ts";

Deno.test("The exit statuses are those of a shell's commands, and of a check those of a monitoring plugin", () => {
  assertEquals([EXIT_SUCCESS, EXIT_FAILURE, EXIT_USAGE], [0, 1, 2]);
  assertEquals(EXIT_OF_STATE, { OK: 0, WARNING: 1, CRITICAL: 2, UNKNOWN: 3 });
});
