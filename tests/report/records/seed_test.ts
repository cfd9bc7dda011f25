import { assertEquals } from "@std/assert";
import { ipHosts } from "../../support/addresses.ts";
import { seedRecord } from "../../../src/report/records/seed.ts";

Deno.test("seedRecord() has the keys of the contract, in their order", () => {
  const resolution = { addresses: ipHosts("192.0.2.7"), error: null, failures: [], elapsed: 31.249 };
  const record = seedRecord({ type: "seed", target: "seed.example", resolution });
  assertEquals(record, { type: "seed", target: "seed.example", addresses: ["192.0.2.7"], error: null });
  assertEquals(Object.keys(record), ["type", "target", "addresses", "error"]);
});
