/**
 * The kinds of addresses in a simulated network: nodes that answer `getaddr` in some way, nodes with a fault, and
 * addresses without a node.
 *
 * @module
 */

import type { Network } from "../../address/network.ts";
import type { AnswerOutcome, NotDialledReason } from "../../crawl/result.ts";
import type { ErrorCode } from "../../net/errors.ts";
import type { NodeScriptOptions } from "../scripts.ts";

/** How a node answers `getaddr`: with its whole table, its own address, nothing, a malformed message, or by closing. */
export type Answer = "table" | "itself" | "nothing" | "malformed" | "close";

/** A node that shakes hands. */
export interface LiveKind {
  /** That it is one. */
  readonly state: "live";
  /** The node. */
  readonly node: Omit<NodeScriptOptions, "chain">;
  /** How it answers. */
  readonly answer: Answer;
  /** How long it takes to answer, in milliseconds; 0 by default. */
  readonly delay?: number;
  /** How many addresses it knows; 1,000, the most that fit into a message, by default. */
  readonly table?: number;
  /** Whether it gives out all invented addresses, and nothing else. */
  readonly poisons?: true;
}

/** An address with which no handshake succeeds. */
export interface DeadKind {
  /** What is there: a node on another chain or with an old version, one that says nothing, or nothing at all. */
  readonly state: "other chain" | "obsolete" | "silent" | "refuses" | "gone";
}

/** An address that is not dialled. */
export interface IdleKind {
  /** That it is one. */
  readonly state: "idle";
  /** The reason. */
  readonly reason: Extract<NotDialledReason, "unroutable" | "port_zero" | "too_old">;
}

/** What is at an address. */
export type Kind = (LiveKind | DeadKind | IdleKind) & {
  /** The services that are said of it. */
  readonly services: bigint;
  /** Whether only nodes that poison know it. */
  readonly invented?: true;
};

/** The services of a full node with v2 and without. */
const V2 = 0xc09n;
const V1 = 0x409n;

const live = (node: LiveKind["node"], rest: Partial<LiveKind> = {}): Kind => {
  return { state: "live", answer: "table", node, services: node.services ?? V2, ...rest };
};

/** The name of a kind. */
export type KindName =
  | "core-31"
  | "core-30"
  | "core-29"
  | "core-28-pruned"
  | "core-25"
  | "knots"
  | "young"
  | "behind"
  | "core-0.20"
  | "v1-only"
  | "late"
  | "mute"
  | "alone"
  | "shy"
  | "garbler"
  | "poisoner"
  | "other chain"
  | "obsolete"
  | "silent"
  | "refuses"
  | "gone"
  | "invented"
  | "too old"
  | "unroutable"
  | "port zero";

/** The kinds, by name. */
export const KINDS: { readonly [N in KindName]: Kind } = {
  "core-31": live({}),
  "core-30": live({ userAgent: "/Satoshi:30.2.0/" }),
  "core-29": live({ userAgent: "/Satoshi:29.1.0/" }),
  "core-28-pruned": live({ userAgent: "/Satoshi:28.1.0/", services: 0xc08n }),
  "core-25": live({ userAgent: "/Satoshi:25.0.0/", services: V1 }),
  knots: live({ userAgent: "/Satoshi:29.2.0/Knots:20251110/", services: 0x4000c09n }),
  // Its table fills no message, so that its answer ends when nothing more comes.
  young: live({ userAgent: "/Satoshi:31.0.0/", startHeight: 710_233 }, { table: 150 }),
  behind: live({ userAgent: "/Satoshi:27.0.0/", startHeight: 939_200, services: V1 }),
  // Before BIP 155, and so without addresses in overlay networks.
  "core-0.20": live({ userAgent: "/Satoshi:0.20.1/", protocolVersion: 70015, services: V1, negotiation: [] }),
  // Its services promise v2, but it closes on a v2 initiator.
  "v1-only": live({ userAgent: "/Satoshi:26.0.0/", transport: "v1" }),
  late: live({ userAgent: "/Satoshi:22.0.0/", services: V1, startHeight: 939_998 }, { delay: 500 }),
  mute: live({ userAgent: "/mute:0.1.0/" }, { answer: "nothing" }),
  alone: live({ userAgent: "/Satoshi:31.0.0/" }, { answer: "itself" }),
  shy: live({ userAgent: "/crawler-shy:1.0/", services: V1 }, { answer: "close" }),
  garbler: live({ userAgent: "/garbler:1.0/", services: V1 }, { answer: "malformed" }),
  poisoner: live({ userAgent: "/Satoshi:31.0.0/" }, { poisons: true }),
  "other chain": { state: "other chain", services: V1 },
  obsolete: { state: "obsolete", services: 1n },
  silent: { state: "silent", services: V2 },
  refuses: { state: "refuses", services: V2 },
  gone: { state: "gone", services: V1 },
  invented: { state: "gone", services: V2, invented: true },
  "too old": { state: "idle", reason: "too_old", services: V1 },
  unroutable: { state: "idle", reason: "unroutable", services: V2 },
  "port zero": { state: "idle", reason: "port_zero", services: V2 },
};

/** The error of a handshake with an address; `null` if it succeeds. */
export function errorOf(kind: Kind, network: Network): ErrorCode | null {
  switch (kind.state) {
    case "other chain":
      return "wrong_network";
    case "obsolete":
      return "obsolete_version";
    case "silent":
      return "timeout";
    // A SAM bridge has no word for it.
    case "refuses":
      return network === "i2p" ? "host_unreachable" : "connection_refused";
    case "gone":
      return network === "onion" || network === "i2p" ? "not_found" : "host_unreachable";
    default:
      return null;
  }
}

/** What an answer counts as. */
export const OUTCOMES: { readonly [A in Answer]: AnswerOutcome } = {
  table: "answered",
  itself: "self_only",
  nothing: "silent",
  malformed: "malformed",
  close: "closed",
};
