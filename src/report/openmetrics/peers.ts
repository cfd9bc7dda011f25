/**
 * The metrics of the peers of a run: counts by network, transport and outcome, and their times.
 *
 * @module
 */

import { median } from "../../audit/statistics.ts";
import type { PeerRecord } from "../records/peer.ts";
import type { Family, Labels } from "./exposition.ts";
import { Histogram } from "./histogram.ts";

/** The peers of one network with one transport. */
class Group {
  readonly labels: Labels;
  readonly outcomes = new Map<string, number>([["success", 0]]);
  readonly connect = new Histogram();
  readonly handshake = new Histogram();

  constructor(labels: Labels) {
    this.labels = labels;
  }
}

/** Counts and measures peers. */
export class PeerMetrics {
  readonly #groups = new Map<string, Group>();
  readonly #heights: number[] = [];

  /** Takes a peer. */
  add(peer: PeerRecord): void {
    const { outcomes, connect, handshake } = this.#group(peer);
    const outcome = peer.error?.code ?? "success";
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    if (!peer.success) return;
    if (peer.connect_ms !== null) connect.observe(peer.connect_ms);
    handshake.observe(peer.handshake_ms);
    if (peer.startingheight !== null) this.#heights.push(peer.startingheight);
  }

  /** The families. */
  families(): Family[] {
    const groups = [...this.#groups.values()];
    const height = median(this.#heights);
    return [
      {
        name: "peers",
        type: "gauge",
        help: "Peers by network, transport, and outcome, which is success or the code of the error.",
        samples: groups.flatMap(({ labels, outcomes }) =>
          [...outcomes].map(([outcome, value]) => ({ labels: { ...labels, outcome }, value }))
        ),
      },
      {
        name: "median_height",
        type: "gauge",
        help: "Median height of the peers that shook hands.",
        samples: height === null ? [] : [{ labels: {}, value: height }],
      },
      {
        name: "connect_seconds",
        type: "histogram",
        unit: "seconds",
        help: "Time to connect to the peers that shook hands.",
        samples: groups.flatMap(({ labels, connect }) => connect.samples(labels)),
      },
      {
        name: "duration_seconds",
        type: "histogram",
        unit: "seconds",
        help: "Time from the start of the connect to the end of the handshakes that succeeded.",
        samples: groups.flatMap(({ labels, handshake }) => handshake.samples(labels)),
      },
    ];
  }

  #group({ network, transport_protocol_type: transport }: PeerRecord): Group {
    const key = `${network} ${transport}`;
    const group = this.#groups.get(key) ?? new Group({ network: network ?? "name", transport });
    this.#groups.set(key, group);
    return group;
  }
}
