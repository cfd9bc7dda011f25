import { assertEquals, assertStrictEquals } from "@std/assert";
import { Outbox } from "../../src/transport/outbox.ts";
import { hex } from "../support/bytes.ts";

Deno.test("An outbox gives what was added, in order and once", () => {
  const outbox = new Outbox();
  assertEquals(outbox.take(), hex(""));
  outbox.add(hex("01 02"));
  assertEquals([outbox.take(), outbox.take()], [hex("01 02"), hex("")]);
  for (const part of ["03", "", "04 05", "06"]) outbox.add(hex(part));
  assertEquals([outbox.take(), outbox.take()], [hex("03 04 05 06"), hex("")]);
});

Deno.test("An outbox gives a single part as it is, without a copy", () => {
  const outbox = new Outbox();
  const part = hex("01 02");
  outbox.add(part);
  assertStrictEquals(outbox.take(), part);
});
