/**
 * Records as the messages of a text log, in the shape of the Rust proof of concept: a message, then `key=value` pairs.
 *
 * @module
 */

import type { AnyRecord } from "./records.ts";
import type { PeerRecord } from "./records/peer.ts";
import type { SummaryRecord } from "./records/summary.ts";

/**
 * The messages of a record: one for a peer, the two counts for a summary, none for any other.
 *
 * @param onPurpose Why a simulated peer fails on purpose; `null` for any other.
 */
export function textMessages(record: AnyRecord, onPurpose: string | null = null): string[] {
  switch (record.type) {
    case "peer":
      return [peerMessage(record, onPurpose)];
    case "summary":
      return countMessages(record);
    default:
      return [];
  }
}

/** The two count lines. */
function countMessages({ success, failure }: SummaryRecord): string[] {
  return [`Handshake Success Count: ${success}`, `Handshake Failure Count: ${failure}`];
}

function peerMessage(record: PeerRecord, onPurpose: string | null): string {
  const { addr, error, handshake_ms } = record;
  const transport = record.transport_protocol_type === "v1" ? null : record.transport_protocol_type;
  const time = `${Math.round(handshake_ms)}ms`;
  if (error !== null) {
    const { code, phase, message } = error;
    const values = { peer: addr, code, phase, transport, time, on_purpose: onPurpose };
    return `Handshake failed with error: ${message} ${pairs(values)}`;
  }
  if (!record.verack) {
    return `VERACK message was not exchanged by peer ${pairs({ peer: addr, transport, on_purpose: onPurpose })}`;
  }
  const { subver, version, servicesnames, startingheight } = record;
  const services = servicesnames?.join("|") || "NONE";
  const values = { peer: addr, user_agent: subver, version, services, height: startingheight, transport, time };
  return `Handshake succeeded! ${pairs(values)}`;
}

/** `key=value` for every value that is not `null`. */
function pairs(values: Record<string, string | number | null>): string {
  let text = "";
  for (const [key, value] of Object.entries(values)) {
    if (value !== null) text += `${text === "" ? "" : " "}${key}=${quote(String(value))}`;
  }
  return text;
}

/** In double quotes if the end of the value would be ambiguous; quotes within are escaped. */
function quote(value: string): string {
  return value === "" || /[\s"=]/.test(value) ? `"${value.replaceAll('"', '\\"')}"` : value;
}
