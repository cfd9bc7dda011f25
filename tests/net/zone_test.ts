import { assertEquals, assertStrictEquals } from "@std/assert";
import { DialError } from "../../src/net/errors.ts";
import { throughZone } from "../../src/net/zone.ts";

const HOST = "fe80::1%eth7";

/** Code and message of the error of a connect to a host in a zone. */
function shown(error: Error): string {
  const made = throughZone(error, HOST);
  return made instanceof DialError ? `${made.code}: ${made.message}` : String(made);
}

Deno.test("throughZone() names the interface where it can be at fault, or is missing", () => {
  assertEquals(
    shown(new Error("failed to lookup address information: Name or service not known")),
    "host_unreachable: this machine has no network interface eth7",
  );
  assertEquals(
    shown(new DialError("host_unreachable", "no route to host")),
    "host_unreachable: no route to host (through interface eth7)",
  );
  assertEquals(shown(new DialError("timeout", "no connection")), "timeout: no connection (through interface eth7)");
});

Deno.test("throughZone() leaves any other error as it is, and those of hosts without a zone", () => {
  const others = [new DialError("connection_refused", "connection refused"), new TypeError("timeout"), "a text", null];
  for (const error of others) assertStrictEquals(throughZone(error, HOST), error);
  const error = new DialError("timeout", "no connection");
  assertStrictEquals(throughZone(error, "2001:db8::1"), error);
});
