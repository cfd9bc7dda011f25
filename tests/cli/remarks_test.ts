import { assertEquals } from "@std/assert";
import { failureCounts, interruption } from "../../src/cli/remarks.ts";

Deno.test("interruption() says how many peers and names were left", () => {
  const progress = { peers: 40, success: 20, failure: 5, unresolved: 0, reading: false };
  assertEquals(interruption(progress), "Interrupted: 15 of 40 peers not finished");
  assertEquals(
    interruption({ ...progress, unresolved: 2, reading: true }),
    "Interrupted: 15 of 40 peers not finished, 2 names not resolved, more targets to come",
  );
  assertEquals(
    interruption({ ...progress, peers: 1, success: 0, failure: 1, unresolved: 1 }),
    "Interrupted: 0 of 1 peer not finished, 1 name not resolved",
  );
  assertEquals(
    interruption({ ...progress, peers: 0, success: 0, failure: 0 }),
    "Interrupted: 0 of 0 peers not finished",
  );
});

Deno.test("failureCounts() has every reason, the most frequent first, and one order", () => {
  const summary = {
    errors: new Map([["internal", 2], ["timeout", 9], ["connection_refused", 2], ["dns_failure", 2]] as const),
  };
  assertEquals(failureCounts(summary), "Handshakes failed: timeout=9 connection_refused=2 dns_failure=2 internal=2");
  assertEquals(failureCounts({ errors: new Map() }), null);
});
