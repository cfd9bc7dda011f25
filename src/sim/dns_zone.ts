/**
 * The zone of a simulated name server: scripted answers and faults, by name and record type.
 *
 * @module
 */

import { parseIp } from "../address/ip.ts";
import { CLASS_IN, type DnsQuery, type DnsResponse, encodeResponse, TYPE_A, TYPE_AAAA } from "./dns_message.ts";

/** All ones: as a DNS header, a response with a reserved opcode and 65,535 records of each kind. */
const GARBAGE = new Uint8Array(16).fill(0xff);

/**
 * The answer for one family of a name: its addresses (possibly none), or a fault:
 *
 * - `nxdomain`, `servfail`, `refused`: the response code;
 * - `silent`: no answer;
 * - `garbage`: bytes that are not a DNS message;
 * - `wrong_id`: a loopback address with the ID of another query.
 *
 * Addresses that do not fit into a message are left out, with the TC bit set; over TCP a message has up to 65,535
 * bytes, enough for 4,000 IPv4 or 2,300 IPv6 addresses.
 */
export type DnsAnswer =
  | readonly string[]
  | "nxdomain"
  | "servfail"
  | "refused"
  | "silent"
  | "garbage"
  | "wrong_id";

/** The answers for one name; an absent family has no addresses. */
export interface DnsZoneEntry {
  /** For queries of type A. */
  readonly a?: DnsAnswer;
  /** For queries of type AAAA. */
  readonly aaaa?: DnsAnswer;
  /** How long each answer takes, over UDP and over TCP, in milliseconds; 0 by default. */
  readonly delay?: number;
}

/** Names in lower case, without a trailing dot, and their answers; any other name does not exist (NXDOMAIN). */
export type DnsZone = ReadonlyMap<string, DnsZoneEntry>;

type ParsedAnswer = DnsResponse | "silent" | "garbage" | { readonly wrongId: DnsResponse };

interface ParsedEntry {
  readonly answers: ReadonlyMap<number, ParsedAnswer>;
  readonly delay: number;
}

/** A {@linkcode DnsZone}, parsed and checked. */
export type ParsedZone = ReadonlyMap<string, ParsedEntry>;

/**
 * Parses a zone.
 *
 * @throws {TypeError} when it has an invalid address, or one of the other family.
 */
export function parseZone(zone: DnsZone): ParsedZone {
  return new Map(
    Array.from(zone, ([name, { a = [], aaaa = [], delay = 0 }]) => [
      name,
      { answers: new Map([[TYPE_A, parseAnswer(a, TYPE_A)], [TYPE_AAAA, parseAnswer(aaaa, TYPE_AAAA)]]), delay },
    ]),
  );
}

/** The bytes to answer a query with, at most `limit` of them, or none; and after how many milliseconds. */
export function answerTo(
  query: DnsQuery,
  zone: ParsedZone,
  limit: number,
): { message: Uint8Array | undefined; delay: number } {
  const entry = zone.get(query.name);
  return { message: respond(query, lookUp(query, entry), limit), delay: entry?.delay ?? 0 };
}

/** `A`, `AAAA`, or `TYPE` and the number of another type (RFC 3597, section 5). */
export function typeName(type: number): string {
  return type === TYPE_A ? "A" : type === TYPE_AAAA ? "AAAA" : `TYPE${type}`;
}

function lookUp(query: DnsQuery, entry: ParsedEntry | undefined): ParsedAnswer {
  if (query.class !== CLASS_IN) return { code: "refused", addresses: [] };
  if (entry === undefined) return { code: "nxdomain", addresses: [] };
  return entry.answers.get(query.type) ?? { code: "noerror", addresses: [] };
}

function respond(query: DnsQuery, answer: ParsedAnswer, limit: number): Uint8Array | undefined {
  if (answer === "silent") return undefined;
  if (answer === "garbage") return GARBAGE;
  if ("wrongId" in answer) return encodeResponse({ ...query, id: query.id ^ 1 }, answer.wrongId, limit);
  return encodeResponse(query, answer, limit);
}

function parseAnswer(answer: DnsAnswer, type: number): ParsedAnswer {
  switch (answer) {
    case "nxdomain":
    case "servfail":
    case "refused":
      return { code: answer, addresses: [] };
    case "silent":
    case "garbage":
      return answer;
    case "wrong_id":
      return { wrongId: { code: "noerror", addresses: [parseAddress(type === TYPE_A ? "127.0.0.1" : "::1", type)] } };
    default:
      return { code: "noerror", addresses: answer.map((text) => parseAddress(text, type)) };
  }
}

/** The 4 or 16 bytes of an address. */
function parseAddress(text: string, type: number): Uint8Array {
  const bytes = parseIp(text);
  if (bytes === undefined || text.includes(":") !== (type === TYPE_AAAA)) {
    throw new TypeError(`Cannot use "${text}" as the address of a record of type ${typeName(type)}`);
  }
  return type === TYPE_A ? bytes.subarray(12) : bytes;
}
