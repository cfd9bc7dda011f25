/**
 * Measures the frontier of a crawl alone, or a plain `Map` in its place:
 *
 *     deno run bench/frontier.ts <frontier|map> <addresses> <messages>
 *
 * Peers, two in each network group, answer with 1,000 addresses each, chosen at random from as many as are given. Prints
 * how many entries are taken in per second (decoded, recognised, counted) and how many bytes of memory an address takes.
 *
 * @module
 */

import { formatAddress, type PeerAddress } from "../src/address/address.ts";
import process from "node:process";
import { hostOf } from "../src/address/host.ts";
import { networkOfId } from "../src/address/network.ts";
import { Frontier } from "../src/crawl/frontier.ts";
import { type AddrMessage, decodeAddrV2 } from "../src/wire/addr.ts";
import { AddrReader } from "../src/wire/addr_reader.ts";
import { NOW, writeMessage } from "./gossip.ts";

/** What takes in messages. */
interface Learner {
  readonly size: number;
  learn(message: AddrMessage, from: PeerAddress, now: number): void;
}

/** What one would write first: an object for each address in a `Map` by its text. */
class PlainFrontier implements Learner {
  readonly #known = new Map<string, { time: number; services: bigint; groups: Set<string> }>();

  get size(): number {
    return this.#known.size;
  }

  learn({ type, payload }: AddrMessage, { host }: PeerAddress): void {
    const reader = new AddrReader(type, payload);
    const group = host.split(".").slice(0, 2).join(".");
    while (reader.next()) {
      const network = networkOfId(reader.networkId);
      if (network === undefined) continue;
      const bytes = payload.subarray(reader.offset, reader.offset + reader.size);
      const text = formatAddress({
        ...(network === "ipv4"
          ? { network, host: bytes.join(".") }
          : network === "ipv6"
          ? hostOf(network, bytes)
          : { network, host: bytes.toHex() }),
        port: reader.port,
      });
      let known = this.#known.get(text);
      if (known === undefined) this.#known.set(text, known = { time: 0, services: 0n, groups: new Set() });
      known.time = Math.max(known.time, reader.time);
      known.services |= BigInt(reader.servicesHigh) << 32n | BigInt(reader.servicesLow);
      known.groups.add(group);
    }
  }
}

const SETTINGS = {
  maxAge: 2 * 86_400_000,
  maxAddresses: 2_000_000,
  networks: ["ipv4", "ipv6", "onion", "i2p", "cjdns"],
  includeUnroutable: false,
} as const;

const [which, addresses, messages] = [Deno.args[0], Number(Deno.args[1]), Number(Deno.args[2])];
const learner: Learner = which === "map" ? new PlainFrontier() : new Frontier(SETTINGS, 0x1234_5678);

const buffer = new Uint8Array(100_000);
const before = Deno.memoryUsage().rss;
let [elapsed, entries] = [0, 0];
let [e0, t0] = [0, 0];
for (let i = 0; i < messages; i++) {
  const payload = writeMessage(buffer, i, addresses);
  const from: PeerAddress = {
    network: "ipv4",
    host: `${16 + (i >> 9) % 200}.${(i >> 1) & 0xff}.${i & 1}.1`,
    port: 8333,
  };
  const start = process.cpuUsage().user / 1000;
  const message = decodeAddrV2(payload);
  learner.learn(message, from, NOW);
  elapsed += process.cpuUsage().user / 1000 - start;
  entries += message.count;
  if (i % (messages / 10) === 0) {
    console.error(
      i,
      learner.size,
      Math.round(Deno.memoryUsage().rss / 1e6),
      Math.round((entries - e0) / (elapsed - t0) * 1000),
    );
    e0 = entries;
    t0 = elapsed;
  }
}
(globalThis as { gc?: () => void }).gc?.();
const bytes = (Deno.memoryUsage().rss - before) / learner.size;
console.log(
  JSON.stringify({ perSecond: Math.round(entries / elapsed * 1000), bytes: Math.round(bytes), known: learner.size }),
);
