import { assertEquals } from "@std/assert";
import { addressRecord } from "../../../src/report/records/address.ts";
import { addressRecordOf } from "../../support/records.ts";
import { addressResultOf } from "../../support/results.ts";

Deno.test("addressRecord() has the keys of the contract, in their order", () => {
  const record = addressRecord(addressResultOf());
  assertEquals(record, addressRecordOf());
  assertEquals(JSON.stringify(record), JSON.stringify(addressRecordOf()));
});

Deno.test("addressRecord() knows neither services nor time of what nobody named", () => {
  const { services, time } = addressRecord(addressResultOf({ services: null, time: null }));
  assertEquals([services, time], [null, null]);
});

Deno.test("addressRecord() has all 64 bits of the services", () => {
  assertEquals(addressRecord(addressResultOf({ services: 1n << 63n | 1n })).services, "8000000000000001");
});
