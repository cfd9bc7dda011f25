/**
 * The program, with a simulated node at a link-local address of the loopback interface: to be run in a separate network
 * namespace that has one. The arguments are the program's.
 *
 * @module
 */

import { run } from "../../src/cli/run.ts";
import { SimulatedPeer } from "../../src/sim/peer.ts";
import { nodeScript } from "../../src/sim/scripts.ts";

/** Where the node listens. */
export const ZONE_ADDRESS = "[fe80::1%lo]:8333";

if (import.meta.main) {
  await using _peer = new SimulatedPeer(nodeScript(), { hostname: "fe80::1%lo", port: 8333 });
  Deno.exit(await run(Deno.args));
}
