/**
 * The program, with simulated nodes at addresses of the loopback interface that only a separate network namespace has. The
 * arguments are the program's.
 *
 * @module
 */

import { run } from "../../src/cli/run.ts";
import { SimulatedPeer } from "../../src/sim/peer.ts";
import { nodeScript } from "../../src/sim/scripts.ts";

/** Where a node listens at a link-local address. */
export const ZONE_ADDRESS = "[fe80::1%lo]:8333";

/** Where a node listens at an address of CJDNS. */
export const CJDNS_ADDRESS = "[fc00::1]:8333";

if (import.meta.main) {
  await using _linkLocal = new SimulatedPeer(nodeScript(), { hostname: "fe80::1%lo", port: 8333 });
  await using _cjdns = new SimulatedPeer(nodeScript(), { hostname: "fc00::1", port: 8333 });
  Deno.exit(await run(Deno.args));
}
