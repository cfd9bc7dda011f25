import { assertEquals } from "@std/assert";
import { ndjsonLine } from "../../src/report/ndjson.ts";
import type { SeedRecord } from "../../src/report/records/seed.ts";

Deno.test("ndjsonLine() is the record as JSON on one line", () => {
  const record: SeedRecord = {
    type: "seed",
    target: "seed.example",
    addresses: ["192.0.2.1", "2001:db8::1"],
    error: null,
  };
  assertEquals(
    ndjsonLine(record),
    '{"type":"seed","target":"seed.example","addresses":["192.0.2.1","2001:db8::1"],"error":null}',
  );
});
