/**
 * What servers of other protocols answer to a v2 key: a greeting or an error. A key, being 64 random bytes, is mistaken
 * for one of these with a probability of 2^-40.
 *
 * @module
 */

import { escapeBytes } from "../wire/escape.ts";
import { TransportError } from "./errors.ts";

/** A protocol, and how its first answer begins; a random key begins like that with a probability of less than 2^-40. */
type Beginning = readonly [protocol: string, pattern: RegExp];

/** Text protocols, one character per byte. */
const IN_TEXT: readonly Beginning[] = [
  ["HTTP", /^HTTP\/\d/],
  ["SSH", /^SSH-\d\.\d/],
  ["SMTP, FTP or NNTP", /^(?:120|200|201|220|421|530|554)[ -][ -~]*\r\n/],
  ["IMAP", /^\* (?:OK|BYE) [ -~]{3}/],
  ["POP3", /^\+OK [ -~]{2}(?:[ -~]{7}|[ -~]*\r\n)/],
  ["Redis or POP3", /^-ERR [ -~]{3}/],
  ["memcached", /^ERROR\r\n/],
  ["VNC", /^RFB \d{3}\./],
  ["RTSP", /^RTSP\/\d/],
  ["SIP", /^SIP\/\d\.\d/],
  ["ICY", /^ICY \d{3}/],
  ["IRC", /^(?:NOTICE |ERROR :|:[!-~]{4,} (?:NOTICE|ERROR|\d{3}) )/],
  ["XML", /^<\?xml /],
  ["HTML", /^<(?:!doctype |html[ >][\r\n -~])/i],
  ["JSON", /^\{\s*"(?:id|jsonrpc|method|result|error|code|message)"\s*:/],
  // 98 of 256 byte values are text: 30 in a row have a probability of 2^-41, a line of 20 of 2^-43.
  ["text", /^(?:[\t\n\r -~]{30}|[\t -~]{20,}\r\n)/],
];

/** Binary protocols, two hex digits per byte. */
const IN_BYTES: readonly Beginning[] = [
  // An alert of two bytes, the first of which is 1 (warning) or 2 (fatal).
  ["a TLS alert", /^15030[0-4]00020[12]/],
  // Three option requests: IAC; WILL, WONT, DO or DONT; an option up to 49.
  ["telnet", /^(?:fff[b-e](?:[0-2].|3[01])){3}/],
  ["MySQL", /^..0000000a(?:3\d)+2e/],
  ["AMQP", /^414d515000/],
  ["SOCKS4", /^005[a-d]0{12}/],
];

/** How many bytes are shown. */
const SHOWN = 40;

/**
 * Refuses the first bytes of a key if another protocol begins like that.
 *
 * @throws {TransportError} `not_bitcoin` if so.
 */
export function refuseOtherProtocol(bytes: Uint8Array): void {
  const text = String.fromCharCode(...bytes);
  const hex = bytes.toHex();
  const found = IN_TEXT.find(([, pattern]) => pattern.test(text)) ?? IN_BYTES.find(([, pattern]) => pattern.test(hex));
  if (found !== undefined) throw otherProtocol(found[0], bytes);
}

/**
 * Refuses what came before the peer closed if it is text, lines or eight characters of it: keys are sent whole.
 *
 * @throws {TransportError} `not_bitcoin` if so.
 */
export function refuseText(bytes: Uint8Array): void {
  if (/^(?:[\t\n\r -~]{3,}\n|[\t\n\r -~]{8,})$/.test(String.fromCharCode(...bytes))) throw otherProtocol("text", bytes);
}

function otherProtocol(name: string, bytes: Uint8Array): TransportError {
  const shown = escapeBytes(bytes.subarray(0, SHOWN));
  return new TransportError("not_bitcoin", `Expected a v2 key, got ${name} ("${shown}")`);
}
