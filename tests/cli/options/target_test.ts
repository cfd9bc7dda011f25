import { assertEquals } from "@std/assert";
import { parseCommandLine } from "../../../src/cli/parse.ts";

Deno.test("Files of targets, and networks, can be given more than once", () => {
  const args = ["--targets=a", "--targets=b", "--onlynet=ipv4", "--onlynet=ipv6,onion", "--onion=tor"];
  const { targets, onlynet } = parseCommandLine(args);
  assertEquals([targets, onlynet], [["a", "b"], [["ipv4"], ["ipv6", "onion"]]]);
});
