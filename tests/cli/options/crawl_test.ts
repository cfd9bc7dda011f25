import { assertEquals } from "@std/assert";
import { parseCommandLine } from "../../../src/cli/parse.ts";

Deno.test("A crawl waits 10 s for an answer by default, and takes several lists of what is never dialled", () => {
  const { "addr-wait": wait, exclude } = parseCommandLine(["--crawl", "--exclude=a", "--exclude=b"]);
  assertEquals([wait, exclude], [10_000, ["a", "b"]]);
});
