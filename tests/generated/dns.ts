/** Properties of the name server's messages, against an independent encoder of queries and decoder of responses. */

import { assert, assertEquals } from "@std/assert";
import { decodeQuery, DnsMessageError, type DnsResponse, encodeResponse } from "../../src/sim/dns_message.ts";
import { ascii, concat } from "../support/bytes.ts";
import type { Random } from "../support/random.ts";
import { assertBytes, resultOf, withBitFlipped } from "./expect.ts";
import type { Properties } from "./property.ts";

const OPT = 41;
const HEADER_SIZE = 12;
const UINT16 = [0, 0xffff] as const;

/** A query before it is encoded. */
interface Question {
  readonly id: number;
  readonly recursionDesired: boolean;
  readonly labels: readonly Uint8Array[];
  readonly type: number;
  readonly class: number;
  /** Other records before the OPT record. */
  readonly records: readonly Uint8Array[];
  readonly udpPayloadSize: number | null;
}

const uint16 = (...numbers: readonly number[]): Uint8Array =>
  Uint8Array.from(numbers.flatMap((number) => [number >> 8, number & 0xff]));

const nameBytes = (labels: readonly Uint8Array[]): Uint8Array =>
  concat(...labels.flatMap((label) => [Uint8Array.of(label.length), label]), Uint8Array.of(0));

const record = (owner: Uint8Array, type: number, recordClass: number, data: Uint8Array): Uint8Array =>
  concat(owner, uint16(type, recordClass, 0, 0, data.length), data);

/** Labels whose name is at most 255 bytes, most of them letters. */
function anyLabels(random: Random): Uint8Array[] {
  const labels = random.list(0, 5, () => {
    const text = ascii(random.text("abcxyzABCXYZ0189-_", 1, random.chance(0.1) ? 63 : 10));
    return text.map((byte) => random.chance(0.1) ? random.below(256) : byte);
  });
  while (nameBytes(labels).length > 255) labels.pop();
  return labels;
}

function anyQuestion(random: Random): Question {
  return {
    id: random.integer(...UINT16),
    recursionDesired: random.chance(0.5),
    labels: anyLabels(random),
    type: random.pick([1, 28, 255, random.integer(...UINT16)]),
    class: random.pick([1, 1, 255, random.integer(...UINT16)]),
    records: random.list(0, 2, () => record(nameBytes(anyLabels(random)), 1, 1, random.bytes(random.below(9)))),
    udpPayloadSize: random.chance(0.5) ? random.integer(...UINT16) : null,
  };
}

/** The bytes of a query, with any kind of EDNS(0) options. */
function queryBytes(random: Random, question: Question): Uint8Array<ArrayBuffer> {
  const { id, recursionDesired, labels, type, records, udpPayloadSize } = question;
  const opt = udpPayloadSize === null
    ? []
    : [record(Uint8Array.of(0), OPT, udpPayloadSize, random.bytes(random.below(20)))];
  const flags = (recursionDesired ? 0x0100 : 0) | random.pick([0, 0x20, 0x10]); // AD and CD mean nothing here.
  const counts = [1, 0, 0, records.length + opt.length];
  return concat(uint16(id, flags, ...counts), nameBytes(labels), uint16(type, question.class), ...records, ...opt);
}

/** The name of labels as text. */
function nameText(labels: readonly Uint8Array[]): string {
  return labels.map((label) =>
    [...label].map((byte) => {
      const escaped = byte <= 0x20 || byte >= 0x7f || byte === 0x2e || byte === 0x5c;
      return escaped ? `\\${byte.toString().padStart(3, "0")}` : String.fromCharCode(byte).toLowerCase();
    }).join("")
  ).join(".");
}

/** The contents of the response to `question`, decoded independently; the rest of it is checked on the way. */
function readResponse(bytes: Uint8Array, { id, labels, type, class: questionClass }: Question): {
  id: number;
  code: number;
  truncated: boolean;
  addresses: string[];
  authorities: number[];
  optSize: number | null;
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint16(2);
  const asked = concat(nameBytes(labels), uint16(type, questionClass));
  assertBytes(bytes.subarray(HEADER_SIZE, HEADER_SIZE + asked.length), asked);
  assertEquals([flags & 0xfcf0, view.getUint16(4), view.getUint16(0)], [0x8400, 1, id]);
  let at = HEADER_SIZE + asked.length;
  const records = (count: number) =>
    Array.from({ length: count }, () => {
      const owner = view.getUint8(at) === 0 ? 0 : view.getUint16(at);
      at += owner === 0 ? 1 : 2;
      const [type, recordClass, length] = [view.getUint16(at), view.getUint16(at + 2), view.getUint16(at + 8)];
      const data = bytes.subarray(at + 10, at + 10 + length);
      assertEquals([view.getUint32(at + 4), data.length], [0, length], "the time to live and the length of the data");
      at += 10 + length;
      return { owner, type, recordClass, data };
    });
  const answers = records(view.getUint16(6));
  const authorities = records(view.getUint16(8));
  const [opt = null, ...others] = records(view.getUint16(10));
  assertEquals([at, others.length], [bytes.length, 0]);
  for (const { owner, type, recordClass, data } of answers) {
    assertEquals([owner, type, recordClass], [0xc00c, data.length === 4 ? 1 : 28, 1]);
  }
  if (opt !== null) assertEquals([opt.owner, opt.type], [0, OPT]);
  return {
    id: view.getUint16(0),
    code: flags & 0xf,
    truncated: (flags & 0x0200) !== 0,
    addresses: answers.map(({ data }) => data.toHex()),
    authorities: authorities.map(({ type }) => type),
    optSize: opt && opt.recordClass,
  };
}

/** Any bytes are either a query that can be answered within the limit, or not a query. */
function checkAnything(bytes: Uint8Array): void {
  const query = resultOf(() => decodeQuery(bytes), DnsMessageError);
  if (query instanceof DnsMessageError) return;
  assertBytes(query.question, bytes.subarray(HEADER_SIZE, HEADER_SIZE + query.question.length));
  assert(query.question.length <= 259, "a name over 255 bytes");
  assert(query.udpPayloadSize === null || query.udpPayloadSize >= 512);
  assert(encodeResponse(query, { code: "noerror", addresses: [] }, 512).length <= 512);
}

/** The properties, by name. */
export const DNS_PROPERTIES: Properties = {
  "dns-query-round-trip": {
    says: "A DNS query is read as it was written, its name in lower case and without loss",
    weight: 40,
    check(random) {
      const question = anyQuestion(random);
      const { id, recursionDesired, labels, type, udpPayloadSize } = question;
      const bytes = concat(queryBytes(random, question), random.bytes(random.below(9)));
      assertEquals(decodeQuery(random.embedded(bytes)), {
        id,
        recursionDesired,
        name: nameText(labels),
        type,
        class: question.class,
        question: concat(nameBytes(labels), uint16(type, question.class)),
        udpPayloadSize: udpPayloadSize === null ? null : Math.max(512, udpPayloadSize),
      });
    },
  },
  "dns-query-truncated": {
    says: "A DNS query cut short at any byte is truncated",
    weight: 5,
    check(random) {
      const bytes = queryBytes(random, anyQuestion(random));
      for (let length = 0; length < bytes.length; length++) {
        const error = resultOf(() => decodeQuery(bytes.subarray(0, length)), DnsMessageError);
        assertEquals(error instanceof DnsMessageError ? error.code : null, "truncated", `cut to ${length} bytes`);
      }
    },
  },
  "dns-query-refused": {
    says: "A DNS message that is no standard query with one question and a plain name is refused",
    weight: 20,
    check(random) {
      const bytes = queryBytes(random, { ...anyQuestion(random), labels: [ascii("ab"), ascii("c")] });
      const view = new DataView(bytes.buffer);
      const kind = random.pick(["flags", "questions", "label", "length"]);
      if (kind === "flags") {
        view.setUint16(2, view.getUint16(2) | random.pick([0x8000, 0x4000, 0x2000, 0x1000, 0x0800]));
      } else if (kind === "questions") view.setUint16(4, random.pick([0, 2, 0x100, 0xffff]));
      else if (kind === "label") bytes[HEADER_SIZE + random.pick([0, 3])] = random.integer(64, 255);
      // Four labels of 63, 63, 63 and 62 bytes make a name of 256 bytes, one too many.
      const lengths = [63, 63, 63, random.integer(62, 63)].map((length) => random.bytes(length));
      const long = concat(bytes.subarray(0, HEADER_SIZE), nameBytes(lengths), bytes.subarray(HEADER_SIZE));
      const error = resultOf(() => decodeQuery(kind === "length" ? long : bytes), DnsMessageError);
      const expected = kind === "flags" || kind === "questions" ? "not_a_query" : "bad_name";
      assertEquals(error instanceof DnsMessageError ? error.code : null, expected);
    },
  },
  "dns-query-bits": {
    says: "A DNS query with any one bit flipped is another query, or a DnsMessageError",
    weight: 2,
    check(random) {
      const bytes = queryBytes(random, anyQuestion(random));
      for (let bit = 0; bit < 8 * bytes.length; bit++) checkAnything(withBitFlipped(bytes, bit));
    },
  },
  "dns-query-garbage": {
    says: "Any bytes are a DNS query that can be answered, or a DnsMessageError",
    weight: 40,
    check(random) {
      const garbage = random.chance(0.3);
      const bytes = garbage ? random.bytes(random.below(300)) : random.damaged(queryBytes(random, anyQuestion(random)));
      if (garbage && random.chance(0.8)) {
        bytes.set(uint16(0, 0, 1, 0, 0, random.integer(...UINT16)).subarray(0, bytes.length));
      }
      checkAnything(random.embedded(bytes));
    },
  },
  "dns-response": {
    says: "A DNS response repeats the question and carries the first addresses, as many as fit, and says if not all do",
    weight: 20,
    check(random) {
      const question = anyQuestion(random);
      const code = random.pick<DnsResponse["code"]>(["noerror", "servfail", "nxdomain", "refused"]);
      const addresses = code === "noerror" ? random.list(0, 60, () => random.bytes(random.pick([4, 16]))) : [];
      const limit = random.integer(512, random.pick([600, 4096]));
      const query = decodeQuery(queryBytes(random, question));
      const bytes = encodeResponse(query, { code, addresses }, limit);
      assert(bytes.length <= limit);
      const response = readResponse(bytes, question);
      const sent = response.addresses.length;
      const all = addresses.map((address) => address.toHex());
      assertEquals(response.addresses, all.slice(0, sent));
      assertEquals(response.truncated, sent < all.length);
      const next = addresses[sent];
      if (next !== undefined) assert(bytes.length + 12 + next.length > limit, "one more address would have fitted");
      assertEquals(response.code, { noerror: 0, servfail: 2, nxdomain: 3, refused: 5 }[code]);
      assertEquals(response.authorities, all.length === 0 && (code === "noerror" || code === "nxdomain") ? [6] : []);
      assertEquals(response.optSize, question.udpPayloadSize === null ? null : 4096);
    },
  },
};
