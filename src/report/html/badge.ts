/**
 * A verdict that is seen at a glance.
 *
 * @module
 */

import type { Verdict } from "../../audit/result.ts";
import { type Html, html } from "./escape.ts";

/** Each verdict's sign, so that nobody needs its colour. */
const SIGNS: { readonly [V in Verdict]: string } = { fail: "✗", warn: "!", pass: "✓" };

/** A verdict with its sign, in words of its own or in those given. */
export function badge(verdict: Verdict, words: string = verdict): Html {
  return html`<span class="badge ${verdict}"><span aria-hidden="true">${SIGNS[verdict]}</span> ${words}</span>`;
}
