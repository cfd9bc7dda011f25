/**
 * Failures: the names that did not resolve and the peers that did not shake hands, by reason.
 *
 * @module
 */

import { tally } from "../../audit/statistics.ts";
import type { PeerRecord } from "../records/peer.ts";
import type { SeedRecord } from "../records/seed.ts";
import { badge } from "./badge.ts";
import { type Content, type Html, html } from "./escape.ts";
import { counted } from "./stats.ts";
import { cut, firstOf, MAX_MESSAGE } from "./text.ts";

/** How many messages of a reason are listed, most frequent first… */
const MAX_HANDSHAKE_MESSAGES = 3;

/** …and how many names or peers for each. */
const MAX_PEERS = 4;

/** A failure: the reason, the message, and the name or peer. */
interface Failure {
  readonly code: string;
  readonly message: string;
  readonly who: string;
}

/**
 * Every reason with its messages, first for names, then for peers, most frequent first.
 *
 * @param isCrawl Whether peers were named by other peers, and not only by targets, which are then no help.
 */
export function failureList(seeds: readonly SeedRecord[], peers: readonly PeerRecord[], isCrawl = false): Html {
  const names = seeds.flatMap(({ target, error }): Failure[] => error === null ? [] : [{ ...error, who: target }]);
  const failed = peers.flatMap(({ addr, target, error }): Failure[] =>
    error === null ? [] : [{ ...error, who: isCrawl || addr.includes(target) ? addr : `${addr} (${target})` }]
  );
  return html`<ol class="findings failures">${reasons(names, "name")}${reasons(failed, "peer")}</ol>`;
}

function reasons(failures: readonly Failure[], unit: string): Html[] {
  return tally(failures.map(({ code }) => code)).map(([code, count]) =>
    html`
      <li>
        <h3>${badge("fail", counted(count, unit))} <code>${code}</code></h3>
        <ul>${messages(failures.filter((failure) => failure.code === code))}</ul>
      </li>
    `
  );
}

/** The most frequent messages of a reason, each with its names or peers. */
function messages(failures: readonly Failure[]): Content {
  const all = tally(failures.map(({ message }) => message));
  const told = all.slice(0, MAX_HANDSHAKE_MESSAGES).map(([message, count]) => {
    const who = failures.filter((failure) => failure.message === message).slice(0, MAX_PEERS).map(({ who }) =>
      cut(who)
    );
    const names = who.every((name) => message.includes(name)) ? null : html`
      <small>${firstOf(who, MAX_PEERS, count)}</small>
    `;
    return html`<li>${cut(message, MAX_MESSAGE)}${names}</li>`;
  });
  const rest = all.length - told.length;
  if (rest === 0) return told;
  return [...told, html`<li>${counted(rest, "other message")}</li>`];
}
