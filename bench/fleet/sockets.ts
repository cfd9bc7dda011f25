/**
 * The fleet on any system, with Deno's own sockets. It costs about twice as much as the loop on Linux.
 *
 * @module
 */

import { CORE_ANSWER, CORE_GREETING } from "../ready.ts";
import type { Behaviour } from "./behaviour.ts";
import { Gossip } from "./gossip.ts";

/**
 * Serves on `port` (0 for any free one) until standard input ends; resolves to the maximum number of connections at
 * once. Calls `onListening` with the port.
 */
export async function serveBySockets(
  port: number,
  { silent, roundTrip, universe }: Behaviour,
  onListening: (port: number) => void,
): Promise<number> {
  using listener = Deno.listen({ hostname: "0.0.0.0", port });
  const gossip = universe === null ? null : new Gossip(universe, listener.addr.port);
  onListening(listener.addr.port);
  const serve = silent ? ignore : (connection: Deno.TcpConn) => answer(connection, roundTrip, gossip);
  let open = 0;
  let most = 0;
  const acceptAll = async () => {
    for await (const connection of listener) {
      most = Math.max(most, ++open);
      // A client that resets its connection is gone too.
      serve(connection).catch(() => {}).finally(() => {
        open--;
        connection.close();
      });
    }
  };
  await Promise.race([acceptAll(), untilEnd(Deno.stdin)]);
  return most;
}

/** Resolves when there is nothing more to read. */
async function untilEnd(source: { read(buffer: Uint8Array): Promise<number | null> }): Promise<void> {
  while (await source.read(buffer) !== null);
}

/** Incoming bytes are ignored, so all connections can share it. */
const buffer = new Uint8Array(4096);

async function ignore(connection: Deno.TcpConn): Promise<void> {
  await untilEnd(connection);
}

async function answer(connection: Deno.TcpConn, roundTrip: number, gossip: Gossip | null): Promise<void> {
  connection.setNoDelay();
  const known = gossip === null ? [] : [gossip.answerOf(ipv4Number(connection.localAddr.hostname))];
  for (const [segments, delay] of [[CORE_ANSWER, 2 * roundTrip], [[...CORE_GREETING, ...known], roundTrip]] as const) {
    if (await connection.read(buffer) === null) return;
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
    for (const bytes of segments) await writeAll(connection, bytes);
  }
  await untilEnd(connection);
}

async function writeAll(connection: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
}

function ipv4Number(host: string): number {
  return host.split(".").reduce((number, byte) => number * 256 + Number(byte), 0);
}
