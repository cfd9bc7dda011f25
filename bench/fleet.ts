/**
 * A fleet of Bitcoin nodes on one port of this machine, in a process of its own: as cheap as can be, so that the program
 * measured against it does not wait for it.
 *
 * ```sh
 * deno run --allow-net --allow-ffi bench/fleet.ts [--port N] [--round-trip MS] [--silent] [--sockets]
 * ```
 *
 * It listens on all IPv4 addresses, prints its port, and serves until its standard input ends; then it prints how many
 * connections it had at most at once. Each gets what Bitcoin Core would send, in ready-made bytes, each message in a
 * segment of its own: what comes first is taken for a `version`, what comes next for a `verack`. With a round trip, an
 * answer comes that many milliseconds after what it answers; the first comes after two round trips, as a connect on
 * loopback takes none. Silent nodes accept, and say nothing. `--sockets` takes Deno's own sockets on Linux too.
 *
 * @module
 */

import { canEpoll, serveByEpoll } from "./fleet/epoll.ts";
import { serveBySockets } from "./fleet/sockets.ts";
import { runTool } from "./options.ts";

await runTool(async (options) => {
  const port = options.integer("--port", 0);
  const behaviour = { roundTrip: options.integer("--round-trip", 0), silent: options.flag("--silent") };
  const serve = options.flag("--sockets") || !canEpoll() ? serveBySockets : serveByEpoll;
  console.log(await serve(port, behaviour, (port) => console.log(port)));
  // Connections that are still open would keep the process.
  Deno.exit();
});
