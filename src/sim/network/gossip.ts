/**
 * What the nodes of a simulated network say about each other, encoded once for all of them.
 *
 * @module
 */

import { type AddrMessage, addrMessage } from "../../wire/addr.ts";
import type { AddrMessageType } from "../../wire/addr_reader.ts";
import { writeCompactSize } from "../../wire/compact_size.ts";
import { PayloadWriter } from "../../wire/writer.ts";
import type { GetaddrAnswer } from "../getaddr.ts";
import { otherMessage } from "../scripts.ts";
import type { NetworkPlan, PlannedAddress } from "./plan.ts";

/** 1,001 entries, one more than a message may have, and none of them. */
const MALFORMED = otherMessage("addrv2", 0xfd, 0xe9, 0x03);

/** The answers to `getaddr`. */
export class Gossip {
  readonly #plan: NetworkPlan;
  readonly #now: number;
  /** The encoded entries. */
  readonly #entries = {
    addr: new Map<PlannedAddress, Uint8Array>(),
    addrv2: new Map<PlannedAddress, Uint8Array>(),
  };

  /** The ages in the plan count from `now`, in seconds since 1970. */
  constructor(plan: NetworkPlan, now: number) {
    this.#plan = plan;
    this.#now = now;
  }

  /** How a node answers. */
  answerOf(node: PlannedAddress): GetaddrAnswer {
    const { kind } = node;
    if (kind.state !== "live") return () => [];
    switch (kind.answer) {
      case "nothing":
        return () => [];
      case "close":
        return () => null;
      case "malformed":
        return () => [MALFORMED];
      default:
        return async ({ link, wantsAddrV2 }) => {
          if (kind.delay !== undefined) await link.wait(kind.delay);
          const type = wantsAddrV2 ? "addrv2" : "addr";
          // Bitcoin Core since version 31 sends its own address first, in a message of its own.
          const messages = [this.#message(type, [node]), this.#message(type, this.#plan.table(node))];
          return messages.filter(({ count }) => count > 0);
        };
    }
  }

  #message(type: AddrMessageType, named: readonly PlannedAddress[]): AddrMessage {
    const entries = named.filter((one) => type === "addrv2" || isIp(one)).map((one) => this.#entry(type, one));
    const writer = new PayloadWriter(entries.reduce((size, entry) => size + entry.length, 3));
    writeCompactSize(writer, entries.length, "count");
    for (const entry of entries) writer.bytes(entry, "entry");
    return { type, count: entries.length, payload: writer.finish() };
  }

  #entry(type: AddrMessageType, planned: PlannedAddress): Uint8Array {
    const known = this.#entries[type].get(planned);
    if (known !== undefined) return known;
    const { address, kind, age } = planned;
    const message = addrMessage(type, [{ time: this.#now - age, services: kind.services, address }]);
    const entry = message.payload.subarray(1);
    this.#entries[type].set(planned, entry);
    return entry;
  }
}

function isIp({ address: { network } }: PlannedAddress): boolean {
  return network === "ipv4" || network === "ipv6";
}
