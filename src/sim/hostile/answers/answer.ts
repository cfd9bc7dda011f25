/**
 * Hostile answers to `getaddr`, and what our record of each must say.
 *
 * @module
 */

import type { AddrsResult, AnswerOutcome } from "../../../crawl/result.ts";
import type { Network } from "../../../address/network.ts";
import type { HandshakeSettings } from "../../../net/settings.ts";
import type { PeerScript } from "../../peer.ts";
import { message, type Part, verack, version, type VersionBytes } from "../parts.ts";
import { hear, say, script, scriptThatCloses, type Step } from "../steps.ts";

/** The part of the result that the peer's behaviour determines. */
export type ExpectedAnswer = Partial<Omit<AddrsResult, "type" | "address" | "networks">> & {
  /** How it must count. */
  readonly outcome: AnswerOutcome;
  /** How many addresses there must be in each network; those that are missing have none. */
  readonly networks?: { readonly [N in Network]?: number };
};

/** A peer that shakes hands, and its answer. */
export interface HostileAnswer {
  /** What it does, as a unique phrase. */
  readonly name: string;
  /** How it does it. */
  readonly script: PeerScript;
  /** Whether it resets its connections, as for {@linkcode HostilePeer}. */
  readonly resets?: true;
  /** Whether it goes on sending until we close. */
  readonly endless?: true;
  /** Our settings that it needs; the defaults apply to the rest. */
  readonly settings?: Partial<Pick<HandshakeSettings, "transport">>;
  /** What our record of its answer must contain. */
  readonly expected: ExpectedAnswer;
}

/** Shakes hands, and waits for exactly what a crawler sends. */
export function asked(fields: VersionBytes = {}): readonly Step[] {
  const isRecent = (fields.protocolVersion ?? 70016) >= 70016;
  return [
    hear("version"),
    say(version(fields), message("sendaddrv2"), verack),
    hear(...isRecent ? ["sendaddrv2"] as const : [], "verack", "getaddr"),
  ];
}

/** A peer that answers with these parts in one write, and then waits for us to close. */
export function answers(name: string, parts: readonly Part[], expected: ExpectedAnswer): HostileAnswer {
  return answersBy(name, [say(...parts)], expected);
}

/** A peer that takes these steps when it is asked, and then waits for us to close. */
export function answersBy(name: string, steps: readonly Step[], expected: ExpectedAnswer): HostileAnswer {
  return { name, script: script(...asked(), ...steps), expected };
}

/** The same, but the last step never ends. */
export function answersForever(name: string, steps: readonly Step[], expected: ExpectedAnswer): HostileAnswer {
  return { ...answersBy(name, steps, expected), endless: true };
}

/** The same, but it closes at the end. */
export function answersAndCloses(name: string, steps: readonly Step[], expected: ExpectedAnswer): HostileAnswer {
  return { name, script: scriptThatCloses(...asked(), ...steps), expected };
}

/** The result of messages with addresses in these networks, among other entries that are skipped. */
export function counted(
  networks: { readonly [N in Network]?: number },
  { messages = 1, skipped = 0, ...rest }: Partial<ExpectedAnswer> = {},
): ExpectedAnswer {
  const entries = Object.values(networks).reduce((sum, count) => sum + count, skipped);
  return { outcome: "answered", messages, entries, networks, skipped, ...rest };
}

/** The result without an address. */
export function nothing(outcome: AnswerOutcome, messages = 0): ExpectedAnswer {
  return counted({}, { outcome, messages });
}
