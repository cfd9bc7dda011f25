import { assertEquals } from "@std/assert";
import { readLcov } from "./suite.ts";

Deno.test("Of an LCOV report the lines of the source are read of which a part has been run", () => {
  const lcov = "SF:src/a/b.ts\nFN:1,c\nBRDA:4,1,0,0\nDA:1,3\nDA:2,0\nDA:4,0\nDA:10,12\nend_of_record\n" +
    "SF:tests/d.ts\nDA:1,1\nSF:main.ts\nDA:3,1\n";
  assertEquals(readLcov(lcov), { "src/a/b.ts": [1, 4, 10], "main.ts": [3] });
});
