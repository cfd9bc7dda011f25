import { assertEquals } from "@std/assert";
import { failureCounts, interruption } from "../../src/cli/remarks.ts";

Deno.test("interruption() says how many peers and names were left", () => {
  const progress = { peers: 40, success: 20, failure: 5, unresolved: 0, reading: false };
  assertEquals(interruption(progress), "Interrupted: 15 of 40 peers not finished");
  assertEquals(
    interruption({ ...progress, unresolved: 2, reading: true }),
    "Interrupted: 15 of 40 peers not finished, 2 names not resolved, more targets to come",
  );
});

Deno.test("failureCounts() has every reason, the most frequent first, and one order", () => {
  const summary = { errors: new Map([["internal", 2], ["timeout", 9], ["connection_refused", 2]] as const) };
  assertEquals(failureCounts(summary), "Handshakes failed: timeout=9 connection_refused=2 internal=2");
  assertEquals(failureCounts({ errors: new Map() }), null);
});
