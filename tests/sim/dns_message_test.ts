import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  CLASS_IN,
  decodeQuery,
  DnsMessageError,
  type DnsMessageErrorCode,
  EDNS_UDP_LIMIT,
  encodeResponse,
  type ResponseCode,
  TCP_LIMIT,
  TYPE_A,
  UDP_LIMIT,
} from "../../src/sim/dns_message.ts";

/** Bytes in hex; spaces are ignored. */
const hex = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.fromHex(text.replaceAll(" ", ""));

const HEADER = "1234 0100 0001 0000 0000 0000";
const QUESTION = "04 53654564 07 6578616d706c65 00 0001 0001"; // SeEd.example A IN
const QUERY = hex(HEADER + QUESTION);
const OPT = "00 0029 04d0 00000000 0000"; // 1,232 bytes
const QUERY_WITH_OPT = hex(`1234 0100 0001 0000 0000 0001 ${QUESTION} ${OPT}`);
/** Owner, type, class, TTL, length; then the root twice and five zeros. */
const SOA = "00 0006 0001 00000000 0016 00 00 00000000 00000000 00000000 00000000 00000000";

/** A query for a name given as the bytes of its labels. */
const queryFor = (name: string): Uint8Array<ArrayBuffer> => hex(`${HEADER} ${name} 0001 0001`);
const label = (length: number): string => length.toString(16).padStart(2, "0") + "61".repeat(length);

const addresses = (count: number, length: 4 | 16): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => {
    const address = new Uint8Array(length);
    new DataView(address.buffer).setUint16(length - 2, i);
    return address;
  });

/** Whether the flags are those of an answer that was cut, and the number of answers. */
function summary(message: Uint8Array): { truncated: boolean; answers: number; length: number } {
  const view = new DataView(message.buffer, message.byteOffset);
  const flags = view.getUint16(2);
  assert(flags === 0x8500 || flags === 0x8700);
  return { truncated: flags === 0x8700, answers: view.getUint16(6), length: message.length };
}

Deno.test("decodeQuery() reads a question, its name in lower case and its bytes as they came", () => {
  assertEquals(decodeQuery(QUERY), {
    id: 0x1234,
    recursionDesired: true,
    name: "seed.example",
    type: TYPE_A,
    class: CLASS_IN,
    question: hex(QUESTION),
    udpPayloadSize: null,
  });
});

Deno.test("decodeQuery() reads a message in the middle of a buffer", () => {
  const buffer = new Uint8Array(QUERY.length + 20).fill(0xff);
  buffer.set(QUERY, 7);
  assertEquals(decodeQuery(buffer.subarray(7, 7 + QUERY.length)), decodeQuery(QUERY));
});

Deno.test("decodeQuery() reads the UDP payload size of EDNS(0), and takes 512 for anything smaller", () => {
  assertEquals(decodeQuery(QUERY_WITH_OPT).udpPayloadSize, 1232);
  const small = hex(`1234 0100 0001 0000 0000 0001 ${QUESTION} 00 0029 0010 00000000 0000`);
  assertEquals(decodeQuery(small).udpPayloadSize, 512);
});

Deno.test("decodeQuery() finds the OPT record after others in every section, and skips the options in it", () => {
  const records = [
    "01 78 00 0001 0001 00000000 0004 7f000001", // x A
    "00 0001 0001 00000000 0004 7f000001", // A of the root
    "01 78 00 0029 0400 00000000 0000", // OPT of x, which means nothing
    "00 0029 1000 00000000 0008 000a 0004 01020304", // 4,096 bytes
    "00 0029 0800 00000000 0000", // A second one, which counts for nothing
  ];
  for (const counts of ["0005 0000 0000", "0000 0005 0000", "0000 0000 0005", "0002 0001 0002"]) {
    const query = hex(`1234 0100 0001 ${counts} ${QUESTION} ${records.join("")}`);
    assertEquals(decodeQuery(query).udpPayloadSize, 4096, counts);
  }
});

Deno.test("decodeQuery() ignores bytes after the last record", () => {
  assertEquals(decodeQuery(hex(`${HEADER} ${QUESTION} ffff`)), decodeQuery(QUERY));
});

Deno.test("decodeQuery() tells a dot inside a label from one between labels", () => {
  assertEquals(decodeQuery(queryFor("03 612e62 00")).name, "a\\046b");
  assertEquals(decodeQuery(queryFor("01 61 01 62 00")).name, "a.b");
  assertEquals(decodeQuery(queryFor("05 5c201b00ff 00")).name, "\\092\\032\\027\\000\\255");
  assertEquals(decodeQuery(queryFor("04 217e7f5a 00")).name, "!~\\127z");
  assertEquals(decodeQuery(queryFor("00")).name, "");
});

Deno.test("decodeQuery() reads labels of 63 bytes and names of 255, and no longer ones", () => {
  const longest = label(63).repeat(3) + label(61) + "00";
  assertEquals(decodeQuery(queryFor(longest)).name.length, 253);
  const error = assertThrows(() => decodeQuery(queryFor(label(63).repeat(3) + label(62) + "00")), DnsMessageError);
  assertEquals(error.code, "bad_name");
});

Deno.test("decodeQuery() refuses every cut of a query as truncated", () => {
  for (let length = 0; length < QUERY_WITH_OPT.length; length++) {
    const error = assertThrows(() => decodeQuery(QUERY_WITH_OPT.subarray(0, length)), DnsMessageError);
    assertEquals(error.code, "truncated", `${length} bytes`);
  }
});

const badLabel = (byte: string) => `Expected a label of at most 63 bytes, got 0x${byte}`;
const LONG_NAME = "Expected a name of at most 255 bytes, got a longer one";

const REFUSED: [what: string, message: Uint8Array, code: DnsMessageErrorCode, text: string][] = [
  [
    "a header that is cut short",
    hex("1234 0100 0001 0000 0000 00"),
    "truncated",
    "Cannot read header at offset 0: 1 bytes are missing",
  ],
  [
    "a header without its question",
    hex(HEADER),
    "truncated",
    "Cannot read length of a label at offset 12: 1 bytes are missing",
  ],
  [
    "a label that is cut short",
    hex(`${HEADER} 03 61`),
    "truncated",
    "Cannot read label at offset 13: 2 bytes are missing",
  ],
  [
    "a question without its class",
    hex(`${HEADER} 00 0001`),
    "truncated",
    "Cannot read type and class of the question at offset 13: 2 bytes are missing",
  ],
  [
    "a response",
    hex(`1234 8100 0001 0000 0000 0000 ${QUESTION}`),
    "not_a_query",
    "Expected the flags of a standard query, got 0x8100",
  ],
  [
    "another opcode",
    hex(`1234 2800 0001 0000 0000 0000 ${QUESTION}`),
    "not_a_query",
    "Expected the flags of a standard query, got 0x2800",
  ],
  ["no question", hex(`1234 0100 0000 0000 0000 0000 ${QUESTION}`), "not_a_query", "Expected 1 question, got 0"],
  [
    "two questions",
    hex(`1234 0100 0002 0000 0000 0000 ${QUESTION} ${QUESTION}`),
    "not_a_query",
    "Expected 1 question, got 2",
  ],
  ["a name that points to itself", queryFor("c00c"), "bad_name", badLabel("c0")],
  ["a name that points to the header", queryFor("01 61 c000"), "bad_name", badLabel("c0")],
  ["a label of 64 bytes", queryFor(label(64) + "00"), "bad_name", badLabel("40")],
  ["a label of a reserved type", queryFor("80 00"), "bad_name", badLabel("80")],
  ["a name without end", queryFor("01 61".repeat(2000)), "bad_name", LONG_NAME],
  ["a long name that is cut short", hex(HEADER + label(63).repeat(4)), "bad_name", LONG_NAME],
  [
    "more records than there are",
    hex(`1234 0100 0001 ffff ffff ffff ${QUESTION} ${OPT.repeat(3)}`),
    "truncated",
    "Cannot read length of a label at offset 63: 1 bytes are missing",
  ],
  [
    "a record that is cut short",
    hex(`1234 0100 0001 0000 0000 0001 ${QUESTION} 00 0029 04d0 00000000 00`),
    "truncated",
    "Cannot read record at offset 31: 1 bytes are missing",
  ],
  [
    "a record longer than the message",
    hex(`1234 0100 0001 0000 0000 0001 ${QUESTION} 00 0029 04d0 00000000 ffff`),
    "truncated",
    "Cannot read data of a record at offset 41: 65535 bytes are missing",
  ],
];

for (const [what, message, code, text] of REFUSED) {
  Deno.test(`decodeQuery() refuses ${what} as ${code}`, () => {
    const error = assertThrows(() => decodeQuery(message), DnsMessageError);
    assertEquals([error.name, error.code, error.message], ["DnsMessageError", code, text]);
  });
}

Deno.test("decodeQuery() takes a standard query whatever its other flags are", () => {
  const query = decodeQuery(hex(`1234 067f 0001 0000 0000 0000 ${QUESTION}`));
  assertEquals([query.id, query.recursionDesired, query.name], [0x1234, false, "seed.example"]);
});

Deno.test("A message has at most 512 bytes over UDP, 4,096 with EDNS(0), and as many as 16 bits can say over TCP", () => {
  assertEquals([UDP_LIMIT, EDNS_UDP_LIMIT, TCP_LIMIT], [512, 4096, 2 ** 16 - 1]);
});

Deno.test("decodeQuery() either reads or throws its own error, whatever byte is changed", () => {
  for (let i = 0; i < QUERY_WITH_OPT.length; i++) {
    for (let value = 0; value < 256; value++) {
      const message = QUERY_WITH_OPT.slice();
      message[i] = value;
      try {
        decodeQuery(message);
      } catch (error) {
        if (!(error instanceof DnsMessageError)) throw error;
      }
    }
  }
});

Deno.test("encodeResponse() writes A records that point to the question, with the case of the query", () => {
  const response = { code: "noerror" as const, addresses: [Uint8Array.of(127, 0, 0, 2), Uint8Array.of(192, 0, 2, 1)] };
  const answers = "c00c 0001 0001 00000000 0004 7f000002 c00c 0001 0001 00000000 0004 c0000201";
  assertEquals(
    encodeResponse(decodeQuery(QUERY), response, 512),
    hex(`1234 8500 0001 0002 0000 0000 ${QUESTION} ${answers}`),
  );
});

Deno.test("encodeResponse() writes an AAAA record, and an OPT record for a client that sent one", () => {
  const query = hex(`1234 0000 0001 0000 0000 0001 01 78 00 001c 0001 ${OPT}`);
  const address = hex("20010db8 00000000 00000000 00000001");
  assertEquals(
    encodeResponse(decodeQuery(query), { code: "noerror", addresses: [address] }, 512),
    hex(
      "1234 8400 0001 0001 0000 0001 01 78 00 001c 0001" +
        "c00c 001c 0001 00000000 0010 20010db8 00000000 00000000 00000001 00 0029 1000 00000000 0000",
    ),
  );
});

const NEGATIVE: [code: ResponseCode, flags: string, authority: string][] = [
  ["noerror", "8500", SOA],
  ["nxdomain", "8503", SOA],
  ["servfail", "8502", ""],
  ["refused", "8505", ""],
];

for (const [code, flags, authority] of NEGATIVE) {
  Deno.test(`encodeResponse() writes ${code} without answers ${authority ? "with an SOA" : "without an SOA"}`, () => {
    const count = authority ? "0001" : "0000";
    assertEquals(
      encodeResponse(decodeQuery(QUERY), { code, addresses: [] }, 512),
      hex(`1234 ${flags} 0001 0000 ${count} 0000 ${QUESTION} ${authority}`),
    );
  });
}

Deno.test("encodeResponse() sets TC when one more address would pass the limit, and keeps those that fit", () => {
  const query = decodeQuery(QUERY);
  const response = { code: "noerror" as const, addresses: addresses(20, 4) };
  const whole = 12 + hex(QUESTION).length + 20 * 16;
  assertEquals(summary(encodeResponse(query, response, whole)), { truncated: false, answers: 20, length: whole });
  assertEquals(summary(encodeResponse(query, response, whole - 1)), {
    truncated: true,
    answers: 19,
    length: whole - 16,
  });
});

Deno.test("encodeResponse() counts the OPT record in the limit", () => {
  const response = { code: "noerror" as const, addresses: addresses(50, 16) };
  for (let limit = 512; limit < 600; limit++) {
    const message = encodeResponse(decodeQuery(QUERY_WITH_OPT), response, limit);
    assertEquals([summary(message).truncated, message.length <= limit, limit - message.length < 28], [
      true,
      true,
      true,
    ]);
  }
});

Deno.test("encodeResponse() fits 4,000 IPv4 or 2,300 IPv6 addresses in a message over TCP, and cuts 5,000", () => {
  const query = decodeQuery(QUERY_WITH_OPT);
  const encode = (count: number, length: 4 | 16) =>
    summary(encodeResponse(query, { code: "noerror", addresses: addresses(count, length) }, TCP_LIMIT));
  assertEquals([encode(4000, 4).truncated, encode(4000, 4).answers], [false, 4000]);
  assertEquals([encode(2300, 16).truncated, encode(2300, 16).answers], [false, 2300]);
  assertEquals([encode(5000, 4).truncated, encode(5000, 4).answers], [true, 4093]);
});

Deno.test("encodeResponse() repeats the longest possible name", () => {
  const query = decodeQuery(queryFor(label(63).repeat(3) + label(61) + "00"));
  const message = encodeResponse(query, { code: "nxdomain", addresses: [] }, 512);
  assertEquals(message.slice(12, 12 + 255 + 4), query.question);
});
