import { assertEquals } from "@std/assert";
import { runRecord } from "../../../src/report/records/run.ts";

Deno.test("runRecord() has every network, whether it was kept or not", () => {
  const ipv4 = { known: 9, dialled: 6, success: 3, v2: 2, medianHeight: 940_000 };
  const { networks, type, ...rest } = runRecord({
    type: "run",
    run: 1,
    started: 1,
    ended: null,
    elapsed: 5,
    known: null,
    waiting: null,
    complete: false,
    stoppedBy: "signal",
    networks: { ipv4 },
    userAgents: [["/a/", 3]],
    since: null,
  });
  assertEquals([type, networks.ipv4, Object.keys(networks)], [
    "run",
    { known: 9, dialled: 6, success: 3, v2: 2, median_height: 940_000 },
    ["ipv4", "ipv6", "onion", "i2p", "cjdns"],
  ]);
  assertEquals(networks.i2p, { known: 0, dialled: 0, success: 0, v2: 0, median_height: null });
  assertEquals(rest, {
    run: 1,
    started: 1,
    ended: null,
    elapsed_ms: 5,
    known: null,
    waiting: null,
    complete: false,
    stopped_by: "signal",
    user_agents: [["/a/", 3]],
    since: null,
  });
});
