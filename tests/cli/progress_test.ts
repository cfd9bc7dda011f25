import { assertEquals } from "@std/assert";
import { progressLine } from "../../src/cli/progress.ts";

Deno.test("progressLine() says what is done, how, what is in flight and how long it can take", () => {
  assertEquals(
    progressLine({ peers: 40, success: 20, failure: 5, inFlight: 15, timeLeft: 4321 }),
    "25/40 done, 20 succeeded, 5 failed, 15 in flight, at most 4.3 s left",
  );
});
