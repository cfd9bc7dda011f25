import { assertEquals } from "@std/assert";
import { NETWORK_NAMES } from "../../src/address/network.ts";
import { timeoutFor } from "../../src/net/timeouts.ts";

Deno.test("timeoutFor() gives each network its time, unless one is given for all", () => {
  const networks = [...NETWORK_NAMES, null];
  assertEquals(networks.map((network) => timeoutFor(network, undefined)), [
    10_000,
    10_000,
    60_000,
    120_000,
    10_000,
    10_000,
  ]);
  assertEquals(networks.map((network) => timeoutFor(network, 5)), networks.map(() => 5));
});
