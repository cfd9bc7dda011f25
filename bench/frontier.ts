/**
 * Measures the frontier of a crawl alone or, with `--map`, what one would write first in its place:
 *
 * ```sh
 * deno run bench/frontier.ts [--map] [--addresses N] [--messages N]
 * ```
 *
 * So many peers, two in each network group, answer `getaddr` with 1,000 addresses each, first one after the other of so
 * many, then chosen among these at random. Prints, as JSON, the processor time that it took to decode all messages and to
 * take them in, how many entries they had, how many addresses are known then, and how many bytes of memory they took when
 * all were.
 *
 * @module
 */

import { cpuUsage } from "node:process";
import type { PeerAddress } from "../src/address/address.ts";
import { Frontier } from "../src/crawl/frontier.ts";
import { type AddrMessage, decodeAddrV2, MAX_ADDRV2_PAYLOAD } from "../src/wire/addr.ts";
import { AddrReader } from "../src/wire/addr_reader.ts";
import { ENTRIES, NOW, writeMessage } from "./messages.ts";
import { runTool } from "./options.ts";

/** What takes in messages. */
interface Learner {
  readonly size: number;
  learn(message: AddrMessage, from: PeerAddress, now: number): void;
}

/** What one would write first: a `Map` with an object for each address. */
class PlainFrontier implements Learner {
  readonly #known = new Map<string, { time: number; services: bigint; readonly groups: Set<string> }>();

  get size(): number {
    return this.#known.size;
  }

  learn({ type, payload }: AddrMessage, { host }: PeerAddress): void {
    const reader = new AddrReader(type, payload);
    const group = host.split(".", 2).join(".");
    while (reader.next()) {
      const { networkId, offset, size, port, time, servicesLow, servicesHigh } = reader;
      const text = `${networkId}:${payload.subarray(offset, offset + size).toHex()}:${port}`;
      let known = this.#known.get(text);
      if (known === undefined) this.#known.set(text, known = { time: 0, services: 0n, groups: new Set() });
      known.time = Math.max(known.time, time);
      known.services |= BigInt(servicesHigh) << 32n | BigInt(servicesLow);
      known.groups.add(group);
    }
  }
}

const SETTINGS = {
  maxAge: 2 * 86_400_000,
  maxAddresses: 1_000_000,
  networks: ["ipv4", "ipv6", "onion", "i2p", "cjdns"],
  includeUnroutable: false,
} as const;

await runTool("deno run bench/frontier.ts [--map] [--addresses N] [--messages N]", (options) => {
  const addresses = options.integer("--addresses", 1_000_000, 1);
  const messages = options.integer("--messages", 10_000, 1);
  const learner = options.flag("--map") ? new PlainFrontier() : new Frontier(SETTINGS, 0x1234_5678);
  const buffer = new Uint8Array(MAX_ADDRV2_PAYLOAD);
  const before = memoryInUse();
  let [microseconds, entries, bytes] = [0, 0, 0];
  for (let i = 0; i < messages; i++) {
    const payload = writeMessage(buffer, i, addresses);
    const start = cpuUsage();
    const message = decodeAddrV2(payload);
    learner.learn(message, peer(i), NOW);
    microseconds += cpuUsage(start).user;
    entries += message.count;
    if (i * ENTRIES < addresses) bytes = memoryInUse() - before;
  }
  console.log(JSON.stringify({ microseconds, entries, known: learner.size, bytes }));
  return Promise.resolve();
});

/** In bytes: objects, and arrays of numbers. */
function memoryInUse(): number {
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}

/** The peer that sends message `i`: two are in each network group. */
function peer(i: number): PeerAddress {
  return { network: "ipv4", host: `${16 + (i >>> 9) % 200}.${i >>> 1 & 0xff}.${i & 1}.1`, port: 8333 };
}
