/**
 * The end of a handshake that succeeded, in words.
 *
 * @module
 */

import type { AnswerSummary } from "../../session/answer.ts";

/** Says that it succeeded and, if the peer was asked for addresses, how it answered. */
export function describeSuccess(answer: AnswerSummary | null = null): string {
  if (answer === null) return "handshake succeeded";
  const { outcome, entries, messages } = answer;
  return `handshake succeeded; getaddr ${outcome}, entries ${entries}, messages ${messages}`;
}
