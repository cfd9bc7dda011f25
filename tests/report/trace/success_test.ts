import { assertEquals } from "@std/assert";
import { describeSuccess } from "../../../src/report/trace/success.ts";

Deno.test("describeSuccess() says how a peer answered, if it was asked", () => {
  assertEquals([describeSuccess(), describeSuccess(null)], ["handshake succeeded", "handshake succeeded"]);
  assertEquals(
    describeSuccess({ outcome: "self_only", messages: 2, entries: 1, wait: 7 }),
    "handshake succeeded; getaddr self_only, entries 1, messages 2",
  );
});
