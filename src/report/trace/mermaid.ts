/**
 * A handshake as a sequence diagram in the language of Mermaid, within a code block that a Markdown page shows.
 *
 * @module
 */

import { type Address, formatAddress } from "../../address/address.ts";
import type { TracedMessage, TraceEvent } from "../../net/trace.ts";
import { fieldsOf } from "./fields.ts";
import { wrap } from "../wrap.ts";

/** What a diagram says of a message: the fields by which one tells peers apart. */
const SHOWN_FIELDS: ReadonlySet<string> = new Set(["protocolVersion", "services", "userAgent", "startHeight"]);

/** Longer texts are cut, so that a diagram stays narrow enough to read. */
const MAX_TEXT_LENGTH = 80;

/** Lines of a sentence are no longer than this, unless a word is. */
const MAX_LINE_LENGTH = 50;

/** Draws a diagram of each handshake, once it is over. */
export class MermaidDiagrams {
  readonly #drawn = new Map<string, string[]>();

  /** Takes an event; when it was the last one of a handshake, returns the lines of its diagram. */
  add(address: Address, time: number, event: TraceEvent): string[] | null {
    const peer = formatAddress(address);
    const lines = this.#drawn.get(peer) ?? [];
    lines.push(`    ${draw(event, time)}`);
    this.#drawn.set(peer, lines);
    if (event.type !== "ended") return null;
    this.#drawn.delete(peer);
    return [
      "```mermaid",
      "sequenceDiagram",
      "    participant I as bitcoin-p2p-handshake",
      `    participant P as ${text(peer)}`,
      ...lines,
      "```",
      "",
    ];
  }
}

function draw(event: TraceEvent, time: number): string {
  const at = `${time.toFixed(1)} ms`;
  switch (event.type) {
    case "connected":
      return `Note over I,P: connected, ${event.transport} transport, ${at}`;
    case "session":
      return `Note over I,P: v2 session ${event.sessionId.slice(0, 8)}..., ${at}`;
    case "message":
      return `${event.direction === "sent" ? "I->>P" : "P->>I"}: ${label(event)}`;
    case "closed":
      return `Note over P: closes, ${at}`;
    case "ended":
      return `Note over I,P: ${wrapped(event.error?.message ?? "handshake succeeded")}<br/>${at}`;
  }
}

/** The type and size of a message, and beneath them what is worth knowing of it. */
function label({ messageType, size, payload, damage }: TracedMessage): string {
  const fields = payload === null ? [] : fieldsOf(messageType, payload).filter(([name]) => SHOWN_FIELDS.has(name));
  const lines = [`${messageType}, ${size} bytes`, ...fields.map(([name, value]) => `${name} ${value}`)];
  return [...lines.map(text), ...damage === null ? [] : [wrapped(damage)]].join("<br/>");
}

/** A sentence in as many lines as it takes. */
function wrapped(sentence: string): string {
  return wrap(sentence, MAX_LINE_LENGTH).map(text).join("<br/>");
}

/**
 * Text in a diagram. Whatever could mean something to Mermaid, to HTML or to Markdown is written as a number; Mermaid
 * has `#35;` where HTML has `&#35;`.
 */
function text(value: string): string {
  const shown = value.length > MAX_TEXT_LENGTH ? `${value.slice(0, MAX_TEXT_LENGTH)}...` : value;
  return shown.replace(/[^\w .,()/-]/g, (character) => `#${character.charCodeAt(0)};`);
}
