import { assertEquals } from "@std/assert";
import { addrsRecord } from "../../../src/report/records/addrs.ts";
import { addrsOf } from "../../support/records.ts";
import { addrsResultOf } from "../../support/results.ts";

Deno.test("addrsRecord() has the keys of the contract, in their order", () => {
  const record = addrsRecord(addrsResultOf());
  assertEquals(record, addrsOf());
  assertEquals(JSON.stringify(record), JSON.stringify(addrsOf()));
});
