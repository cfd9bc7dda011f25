import { assertEquals, assertStringIncludes } from "@std/assert";
import { OPTIONS } from "../../src/cli/options.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";

Deno.test("The time limits that the options tell are in seconds", () => {
  assertStringIncludes(OPTIONS.timeout.help, "unless given, it is 60 for onion services and 120 for I2P");
  assertEquals([OPTIONS.timeout.otherwise, OPTIONS["addr-wait"].default, OPTIONS.hold.default], ["10", "10", "0"]);
  assertEquals(parseCommandLine(["--crawl"])["addr-wait"], 10_000);
});

Deno.test("The options that name several things can be given more than once", () => {
  const args = ["--targets=a", "--targets=b", "--exclude=c", "--exclude=d", "--onlynet=ipv4", "--onlynet=ipv6"];
  const { targets, exclude, onlynet } = parseCommandLine(args);
  assertEquals([targets, exclude, onlynet], [["a", "b"], ["c", "d"], [["ipv4"], ["ipv6"]]]);
});
