/**
 * Verdict badges.
 *
 * @module
 */

import type { Verdict } from "../../audit/result.ts";
import { type Html, html } from "./escape.ts";

/** Each verdict's sign, so that it does not depend on colour. */
const SIGNS: { readonly [V in Verdict]: string } = { fail: "✗", warn: "!", pass: "✓" };

/** A verdict with its sign, and its name or the given words. */
export function badge(verdict: Verdict, words: string = verdict): Html {
  return html`<span class="badge ${verdict}"><span aria-hidden="true">${SIGNS[verdict]}</span> ${words}</span>`;
}
