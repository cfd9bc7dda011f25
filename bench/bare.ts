/**
 * The yardstick: the exchange of a handshake in as little code as possible in Deno, with ready-made bytes out and
 * incoming bytes ignored.
 *
 * ```sh
 * deno run --allow-net bench/bare.ts PORT PEERS CONCURRENCY [--digests]
 * ```
 *
 * With `--digests` it also computes the four SHA-256 digests with Web Crypto that every handshake needs, two for each
 * checksum of a `version`. It prints how many peers answered with everything that a node sends up to its `verack`.
 *
 * @module
 */

import { peerAddress } from "./addresses.ts";
import { CORE_ANSWER, joined, VERACK_ALONE, VERSION } from "./ready.ts";

const ANSWER_SIZE = joined(CORE_ANSWER).length;

const HEADER_SIZE = 24;

const [port = 0, peers = 0, concurrency = 0] = Deno.args.map(Number);
const digests = Deno.args.includes("--digests");
const ours = VERSION.slice(HEADER_SIZE);
const theirs = CORE_ANSWER[0]?.slice(HEADER_SIZE) ?? ours;
let next = 0;
let answered = 0;

async function checksum(payload: Uint8Array<ArrayBuffer>): Promise<void> {
  if (digests) await crypto.subtle.digest("SHA-256", await crypto.subtle.digest("SHA-256", payload));
}

async function worker(): Promise<void> {
  const buffer = new Uint8Array(512);
  while (next < peers) {
    const connection = await Deno.connect({ hostname: peerAddress(next++), port });
    await checksum(ours);
    await connection.write(VERSION);
    let missing = ANSWER_SIZE - (await connection.read(buffer) ?? 0);
    await checksum(theirs);
    await connection.write(VERACK_ALONE);
    for (let length; missing > 0 && (length = await connection.read(buffer)) !== null;) missing -= length;
    if (missing <= 0) answered++;
    connection.close();
  }
}

await Promise.all(Array.from({ length: concurrency }, worker));
console.log(answered);
