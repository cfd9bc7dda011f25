import { assertEquals, assertStringIncludes } from "@std/assert";
import { CONNECT_OPTIONS } from "../../../src/cli/options/connect.ts";

Deno.test("The options tell time limits in seconds", () => {
  const { timeout, hold } = CONNECT_OPTIONS;
  assertStringIncludes(timeout.help, "unless given, it is 60 for onion services and 120 for I2P");
  assertEquals([timeout.otherwise, hold.default], ["10", "0"]);
});
