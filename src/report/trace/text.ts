/**
 * The trace of a connection as text: one line per event, followed by the fields of a message.
 *
 * @module
 */

import { formatAddress, type PeerAddress } from "../../address/address.ts";
import type { TracedMessage, TraceEvent } from "../../net/trace.ts";
import { fieldsOf } from "./fields.ts";
import { describeSuccess } from "./success.ts";

const INDENT = "    ";

/**
 * The lines of an event, each printable ASCII: the peer, the milliseconds since the connect began, and what happened.
 */
export function traceLines(address: PeerAddress, time: number, event: TraceEvent): string[] {
  const fields = event.type === "message" ? fieldsOfMessage(event) : [];
  const width = Math.max(...fields.map(([name]) => name.length));
  return [
    `${formatAddress(address)} +${time.toFixed(1)}ms ${headline(event)}`,
    ...fields.map(([name, value]) => `${INDENT}${name.padEnd(width)}  ${value}`.trimEnd()),
  ];
}

function headline(event: TraceEvent): string {
  switch (event.type) {
    case "connected":
      return `-- connected, ${event.transport} transport`;
    case "session":
      return `-- v2 session ${event.sessionId}`;
    case "message":
      return `${event.direction === "sent" ? "->" : "<-"} ${event.messageType}, ${event.size} bytes`;
    case "closed":
      return "-- closed by peer";
    case "ended":
      return event.error === null
        ? `-- ${describeSuccess(event.answer)}`
        : `-- handshake failed: ${event.error.message}`;
  }
}

function fieldsOfMessage({ messageType, size, payload, damage }: TracedMessage): (readonly [string, string])[] {
  const fields = payload === null ? size > 0 ? [["payload", "not kept"] as const] : [] : fieldsOf(messageType, payload);
  return damage === null ? fields : [["damaged", damage], ...fields];
}
