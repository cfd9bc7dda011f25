/**
 * What other protocols than Bitcoin's answer to a key of the v2 transport: a greeting, or a complaint. A key is 64 random
 * bytes, and is taken for one of these with a chance of 2^-40.
 *
 * @module
 */

import { escapeBytes } from "../wire/escape.ts";
import { TransportError } from "./errors.ts";

/** A protocol, and how its first answer begins; a random key begins like that with a chance of less than 2^-43. */
type Beginning = readonly [protocol: string, pattern: RegExp];

/** Protocols in text, a byte a character. */
const IN_TEXT: readonly Beginning[] = [
  ["HTTP", /^HTTP\/\d/],
  ["SSH", /^SSH-\d\.\d/],
  ["SMTP, FTP or NNTP", /^(?:120|200|201|220|421|530|554)[ -][ -~]*\r\n/],
  ["IMAP", /^\* (?:OK|BYE) [ -~]{3}/],
  ["POP3", /^\+OK [ -~]{9}/],
  ["Redis or POP3", /^-ERR [ -~]{3}/],
  ["memcached", /^ERROR\r\n/],
  ["VNC", /^RFB \d{3}\./],
  ["XML", /^<\?xml /],
  // Of 256 bytes 98 are text: 30 of them in a row are a chance of 2^-41.
  ["text", /^[\t\n\r -~]{30}/],
];

/** Protocols in bytes, two hex digits a byte. */
const IN_BYTES: readonly Beginning[] = [
  // An alert of two bytes, the first of which says whether it is fatal.
  ["a TLS alert", /^15030[0-4]00020[12]/],
  // Three options that are wished for: IAC, WILL, WONT, DO or DONT, and up to 49.
  ["telnet", /^(?:fff[b-e](?:[0-2].|3[01])){3}/],
  ["MySQL", /^..0000000a(?:3\d)+2e/],
  ["AMQP", /^414d515000/],
  ["SOCKS4", /^005[a-d]0{12}/],
];

/** As many bytes are shown. */
const SHOWN = 40;

/**
 * Refuses bytes of a key that are the beginning of another protocol.
 *
 * @throws {TransportError} `not_bitcoin` when they are, beyond doubt.
 */
export function refuseOtherProtocol(bytes: Uint8Array): void {
  const text = String.fromCharCode(...bytes);
  const hex = bytes.toHex();
  const found = IN_TEXT.find(([, pattern]) => pattern.test(text)) ?? IN_BYTES.find(([, pattern]) => pattern.test(hex));
  if (found !== undefined) throw otherProtocol(found[0], bytes);
}

/**
 * Refuses bytes of a key behind which the peer has ended its side: lines of text are none, as keys are sent whole.
 *
 * @throws {TransportError} `not_bitcoin` when that is all that came.
 */
export function refuseLines(bytes: Uint8Array): void {
  if (/^[\t\n\r -~]{3,}\n$/.test(String.fromCharCode(...bytes))) throw otherProtocol("text", bytes);
}

function otherProtocol(name: string, bytes: Uint8Array): TransportError {
  const shown = escapeBytes(bytes.subarray(0, SHOWN));
  return new TransportError("not_bitcoin", `Expected a key of the v2 transport, got ${name} ("${shown}")`);
}
