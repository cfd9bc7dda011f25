/**
 * The yardstick: the same exchange as a handshake in as little code as Deno needs for it, ready-made bytes out, and no
 * look at those that come in.
 *
 * ```sh
 * deno run --allow-net bench/bare.ts PORT PEERS CONCURRENCY
 * ```
 *
 * It prints how many peers answered.
 *
 * @module
 */

import { peerAddress } from "./addresses.ts";
import { VERACK_ALONE, VERSION } from "./ready.ts";

const [port = 0, peers = 0, concurrency = 0] = Deno.args.map(Number);
let next = 0;
let answered = 0;

async function worker(): Promise<void> {
  const buffer = new Uint8Array(512);
  while (next < peers) {
    const connection = await Deno.connect({ hostname: peerAddress(next++), port });
    await connection.write(VERSION);
    if (await connection.read(buffer) !== null) answered++;
    await connection.write(VERACK_ALONE);
    connection.close();
  }
}

await Promise.all(Array.from({ length: concurrency }, worker));
console.log(answered);
