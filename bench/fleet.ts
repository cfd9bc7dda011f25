/**
 * A fleet of Bitcoin nodes on one port of this machine, in a separate process, and as cheap as possible so that the
 * measured program does not wait for it.
 *
 * ```sh
 * deno run --allow-net --allow-ffi bench/fleet.ts [--port N] [--round-trip MS] [--silent] [--sockets] [--live N [--dead N]]
 * ```
 *
 * It listens on all IPv4 addresses, prints its port, and serves until its standard input ends; then it prints the
 * maximum number of connections it had at once. Each gets what Bitcoin Core would send, in ready-made bytes, each
 * message in its own segment; the first thing received is taken for a `version`, the next for a `verack`. With a round
 * trip, each answer is delayed by that many milliseconds, and the first by two round trips, as a connect on loopback
 * takes none. Silent nodes accept connections and send nothing. With `--live` they are that many nodes of a network:
 * each also answers `getaddr` with 1,000 of its addresses, of which `--dead` more lead nowhere. `--sockets` uses Deno's
 * own sockets on Linux too.
 *
 * @module
 */

import { canEpoll, serveByEpoll } from "./fleet/epoll.ts";
import { serveBySockets } from "./fleet/sockets.ts";
import { runTool } from "./options.ts";

const USAGE =
  "deno run --allow-net --allow-ffi bench/fleet.ts [--port N] [--round-trip MS] [--silent] [--sockets] [--live N [--dead N]]";

await runTool(USAGE, async (options) => {
  const port = options.integer("--port", 0);
  const live = options.integer("--live", 0);
  const behaviour = {
    roundTrip: options.integer("--round-trip", 0),
    silent: options.flag("--silent"),
    universe: live === 0 ? null : { live, dead: options.integer("--dead", 0) },
  };
  const serve = options.flag("--sockets") || !canEpoll() ? serveBySockets : serveByEpoll;
  console.log(await serve(port, behaviour, (port) => console.log(port)));
  // Connections that are still open would keep the process alive.
  Deno.exit();
});
