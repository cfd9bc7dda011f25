/**
 * The DNS messages of an authoritative server: decoding queries and encoding responses, without I/O.
 *
 * Source: RFC 1035, section 4 (messages); RFC 3596 (AAAA); RFC 6891 (EDNS(0), as far as the UDP payload size).
 *
 * @module
 */

/** The record type of an IPv4 address; RFC 1035, section 3.2.2. */
export const TYPE_A = 1;
/** The record type of an IPv6 address; RFC 3596, section 2.1. */
export const TYPE_AAAA = 28;
/** The class of the internet; RFC 1035, section 3.2.4. */
export const CLASS_IN = 1;
/** Maximum size of a UDP message without EDNS(0), in bytes; RFC 1035, section 4.2.1. */
export const UDP_LIMIT = 512;
/** Maximum size of a UDP message that this server sends, whatever the client allows; RFC 6891, section 6.2.5. */
export const EDNS_UDP_LIMIT = 4_096;
/** Maximum size of a message over TCP, whose length has 16 bits; RFC 1035, section 4.2.2. */
export const TCP_LIMIT = 65_535;

const TYPE_SOA = 6;
const TYPE_OPT = 41;
const HEADER_LENGTH = 12;
/** RFC 1035, section 3.1: the maximum size of a name, including its length bytes and the root's. */
const MAX_NAME_LENGTH = 255;
/** RFC 1035, section 4.1.4: a byte above this one starts a pointer or an unused label type. */
const MAX_LABEL_LENGTH = 63;
/** Size of type, class, TTL and length of a record, between its owner and its data; RFC 1035, section 4.1.3. */
const RECORD_FIXED_LENGTH = 10;
/** A compressed owner: a pointer to the name of the question, which follows the header; RFC 1035, section 4.1.4. */
const QUESTION_POINTER = 0xc000 | HEADER_LENGTH;
const OPT_LENGTH = 1 + RECORD_FIXED_LENGTH;
/** Three root names and five 32-bit numbers; RFC 1035, section 3.3.13. */
const SOA_DATA_LENGTH = 2 + 5 * 4;
const SOA_LENGTH = 1 + RECORD_FIXED_LENGTH + SOA_DATA_LENGTH;

/** The second 16 bits of the header; RFC 1035, section 4.1.1. */
const FLAGS = { response: 0x8000, opcode: 0x7800, authoritative: 0x0400, truncated: 0x0200, recursionDesired: 0x0100 };

/** The response codes; RFC 1035, section 4.1.1 (RCODE). */
export type ResponseCode = "noerror" | "servfail" | "nxdomain" | "refused";

const RCODES: { readonly [code in ResponseCode]: number } = { noerror: 0, servfail: 2, nxdomain: 3, refused: 5 };

/**
 * Why a message is not a query that can be answered:
 *
 * - `truncated`: a field reaches past the end of the message;
 * - `not_a_query`: a response, an opcode other than a standard query, or not exactly one question;
 * - `bad_name`: a compressed name, a label of an unknown type, or a name over 255 bytes.
 */
export type DnsMessageErrorCode = "truncated" | "not_a_query" | "bad_name";

/** A message that is not a query, or cannot be answered. */
export class DnsMessageError extends Error {
  /** Always `DnsMessageError`. */
  override readonly name = "DnsMessageError";
  /** The stable name of what was wrong. */
  readonly code: DnsMessageErrorCode;

  /** Makes the error; `message` says what was expected and what came. */
  constructor(code: DnsMessageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A standard query with its one question. */
export interface DnsQuery {
  /** The ID, which the response repeats; 16 bits. */
  readonly id: number;
  /** The RD bit, which a response repeats. */
  readonly recursionDesired: boolean;
  /** The name in lower case, without a trailing dot; other bytes than plain text are `\DDD` (RFC 4343, section 2.1). */
  readonly name: string;
  /** The record type asked for, as {@linkcode TYPE_A}; 16 bits. */
  readonly type: number;
  /** The class asked for, as {@linkcode CLASS_IN}; 16 bits. */
  readonly class: number;
  /** The bytes of the question, which the response repeats in the same case; RFC 4343, section 4.1. */
  readonly question: Uint8Array;
  /**
   * The maximum size that the client accepts over UDP, at least 512, or `null` without EDNS(0); RFC 6891, section
   * 6.2.3.
   */
  readonly udpPayloadSize: number | null;
}

/** The contents of a response. */
export interface DnsResponse {
  /** The response code. */
  readonly code: ResponseCode;
  /** The addresses, in order: 4 bytes for an A record, 16 bytes for an AAAA record. */
  readonly addresses: readonly Uint8Array[];
}

/**
 * Decodes an untrusted query: every length is checked, and a compressed name is refused because nothing precedes the
 * only name of a query.
 *
 * @throws {DnsMessageError} when the bytes are not a standard query with one question.
 */
export function decodeQuery(message: Uint8Array): DnsQuery {
  const view = viewOf(message);
  need(view, 0, HEADER_LENGTH, "header");
  const flags = view.getUint16(2);
  if ((flags & (FLAGS.response | FLAGS.opcode)) !== 0) {
    throw new DnsMessageError("not_a_query", `Expected the flags of a standard query, got 0x${flags.toString(16)}`);
  }
  const questions = view.getUint16(4);
  if (questions !== 1) throw new DnsMessageError("not_a_query", `Expected 1 question, got ${questions}`);
  const { name, end } = readName(view, HEADER_LENGTH);
  need(view, end, 4, "type and class of the question");
  const records = view.getUint16(6) + view.getUint16(8) + view.getUint16(10);
  return {
    id: view.getUint16(0),
    recursionDesired: (flags & FLAGS.recursionDesired) !== 0,
    name,
    type: view.getUint16(end),
    class: view.getUint16(end + 2),
    question: message.slice(HEADER_LENGTH, end + 4),
    udpPayloadSize: readUdpPayloadSize(view, end + 4, records),
  };
}

/**
 * Encodes the response to `query` in at most `limit` bytes. If not all addresses fit, it has the first ones, and the TC
 * bit is set (RFC 2181, section 9). A negative answer carries the SOA of the root, with times of 0 so that no resolver
 * caches it (RFC 2308, section 5); addresses have a TTL of 0 for the same reason.
 */
export function encodeResponse(query: DnsQuery, response: DnsResponse, limit: number): Uint8Array<ArrayBuffer> {
  const { code, addresses } = response;
  const soa = addresses.length === 0 && (code === "noerror" || code === "nxdomain");
  const fixed = HEADER_LENGTH + query.question.length + (soa ? SOA_LENGTH : 0) +
    (query.udpPayloadSize === null ? 0 : OPT_LENGTH);
  const fitting = fit(addresses, limit - fixed);
  const message = new Uint8Array(fixed + fitting.reduce((sum, address) => sum + addressRecordLength(address), 0));
  const view = viewOf(message);

  view.setUint16(0, query.id);
  view.setUint16(
    2,
    FLAGS.response | FLAGS.authoritative | RCODES[code] |
      (fitting.length < addresses.length ? FLAGS.truncated : 0) |
      (query.recursionDesired ? FLAGS.recursionDesired : 0),
  );
  view.setUint16(4, 1);
  view.setUint16(6, fitting.length);
  view.setUint16(8, soa ? 1 : 0);
  view.setUint16(10, query.udpPayloadSize === null ? 0 : 1);
  message.set(query.question, HEADER_LENGTH);

  let offset = HEADER_LENGTH + query.question.length;
  for (const address of fitting) {
    view.setUint16(offset, QUESTION_POINTER);
    writeRecord(view, offset + 2, address.length === 4 ? TYPE_A : TYPE_AAAA, CLASS_IN, address.length);
    message.set(address, offset + 2 + RECORD_FIXED_LENGTH);
    offset += addressRecordLength(address);
  }
  // The owner and data of both records are all zeros: the root, and times of 0.
  if (soa) writeRecord(view, offset + 1, TYPE_SOA, CLASS_IN, SOA_DATA_LENGTH);
  if (query.udpPayloadSize !== null) {
    writeRecord(view, message.length - RECORD_FIXED_LENGTH, TYPE_OPT, EDNS_UDP_LIMIT, 0);
  }
  return message;
}

/** The name at `offset`, and where it ends. */
function readName(view: DataView, offset: number): { name: string; end: number } {
  const labels: string[] = [];
  for (let at = offset;;) {
    need(view, at, 1, "length of a label");
    const length = view.getUint8(at++);
    if (length > MAX_LABEL_LENGTH) {
      throw new DnsMessageError("bad_name", `Expected a label of at most 63 bytes, got 0x${length.toString(16)}`);
    }
    need(view, at, length, "label");
    if (at + length - offset > MAX_NAME_LENGTH) {
      throw new DnsMessageError("bad_name", `Expected a name of at most ${MAX_NAME_LENGTH} bytes, got a longer one`);
    }
    if (length === 0) return { name: labels.join("."), end: at };
    labels.push(Array.from({ length }, (_, i) => characterOf(view.getUint8(at + i))).join(""));
    at += length;
  }
}

/** A byte of a label as text, such that only names that differ in case alone become the same text. */
function characterOf(byte: number): string {
  const character = String.fromCharCode(byte);
  const plain = byte > 0x20 && byte < 0x7f && character !== "." && character !== "\\";
  return plain ? character.toLowerCase() : `\\${String(byte).padStart(3, "0")}`;
}

/** The payload size of the OPT record, which is in place of its class, among `records` records from `offset` on. */
function readUdpPayloadSize(view: DataView, offset: number, records: number): number | null {
  let size: number | null = null;
  for (let at = offset, i = 0; i < records; i++) {
    const { name, end } = readName(view, at);
    need(view, end, RECORD_FIXED_LENGTH, "record");
    const length = view.getUint16(end + 8);
    at = end + RECORD_FIXED_LENGTH + length;
    need(view, at - length, length, "data of a record");
    if (name === "" && view.getUint16(end) === TYPE_OPT) size ??= Math.max(UDP_LIMIT, view.getUint16(end + 2));
  }
  return size;
}

/** The first `addresses` whose records fit into `room` bytes. */
function fit(addresses: readonly Uint8Array[], room: number): readonly Uint8Array[] {
  let used = 0;
  const end = addresses.findIndex((address) => (used += addressRecordLength(address)) > room);
  return end === -1 ? addresses : addresses.slice(0, end);
}

function addressRecordLength(address: Uint8Array): number {
  return 2 + RECORD_FIXED_LENGTH + address.length;
}

/** Writes what follows the owner of a record, up to its data, with a TTL of 0; RFC 1035, section 4.1.3. */
function writeRecord(view: DataView, offset: number, type: number, recordClass: number, dataLength: number): void {
  view.setUint16(offset, type);
  view.setUint16(offset + 2, recordClass);
  view.setUint16(offset + 8, dataLength);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function need(view: DataView, offset: number, length: number, field: string): void {
  const missing = offset + length - view.byteLength;
  if (missing > 0) {
    throw new DnsMessageError("truncated", `Cannot read ${field} at offset ${offset}: ${missing} bytes are missing`);
  }
}
