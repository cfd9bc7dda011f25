/**
 * A handshake as a Mermaid sequence diagram, in a Markdown code block.
 *
 * @module
 */

import { formatAddress, type PeerAddress } from "../../address/address.ts";
import type { TracedMessage, TraceEvent } from "../../net/trace.ts";
import { fieldsOf } from "./fields.ts";
import { describeSuccess } from "./success.ts";
import { wrap } from "../wrap.ts";

/** The fields of a message that a diagram shows: those that tell peers apart. */
const SHOWN_FIELDS: ReadonlySet<string> = new Set(["protocolVersion", "services", "userAgent", "startHeight"]);

/** Longer texts are truncated, to keep the diagram narrow enough to read. */
const MAX_TEXT_LENGTH = 80;

/** Sentences are wrapped at this length. */
const MAX_LINE_LENGTH = 50;

/** Draws a diagram of each handshake once it is over. */
export class MermaidDiagrams {
  readonly #drawn = new Map<string, string[]>();

  /** Takes an event; if it is the last one of a handshake, returns the lines of its diagram. */
  add(address: PeerAddress, time: number, event: TraceEvent): string[] | null {
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
      return `Note over I,P: ${wrapped(event.error?.message ?? describeSuccess(event.answer))}<br/>${at}`;
  }
}

/** The type and size of a message, with the fields worth showing below. */
function label({ messageType, size, payload, damage }: TracedMessage): string {
  const fields = payload === null ? [] : fieldsOf(messageType, payload).filter(([name]) => SHOWN_FIELDS.has(name));
  const lines = [`${messageType}, ${size} bytes`, ...fields.map(([name, value]) => `${name} ${value}`)];
  return [...lines.map(text), ...damage === null ? [] : [wrapped(damage)]].join("<br/>");
}

/** A sentence, wrapped. */
function wrapped(sentence: string): string {
  return wrap(sentence, MAX_LINE_LENGTH).map(text).join("<br/>");
}

/**
 * Text in a diagram. Whatever is special in Mermaid, HTML or Markdown is written as a character reference, which in
 * Mermaid is `#35;` instead of `&#35;`.
 */
function text(value: string): string {
  const shown = value.length > MAX_TEXT_LENGTH ? `${value.slice(0, MAX_TEXT_LENGTH)}...` : value;
  return shown.replace(/[^\w .,()/-]/g, (character) => `#${character.charCodeAt(0)};`);
}
