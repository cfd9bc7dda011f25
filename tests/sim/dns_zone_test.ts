import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  CLASS_IN,
  type DnsQuery,
  type DnsResponse,
  encodeResponse,
  type ResponseCode,
  TYPE_A,
  TYPE_AAAA,
} from "../../src/sim/dns_message.ts";
import { answerTo, type DnsAnswer, type DnsZoneEntry, parseZone, typeName } from "../../src/sim/dns_zone.ts";
import { hex } from "../support/bytes.ts";

const MX = 15;
const CHAOS = 3;

const query = (changes: Partial<DnsQuery> = {}): DnsQuery => ({
  id: 0x1234,
  recursionDesired: true,
  name: "seed.example",
  type: TYPE_A,
  class: CLASS_IN,
  question: hex("04 73656564 07 6578616d706c65 00 0001 0001"),
  udpPayloadSize: null,
  ...changes,
});

/** How a zone with one name answers. */
const answerOf = (entry: DnsZoneEntry, asked: DnsQuery, limit = 512) =>
  answerTo(asked, parseZone(new Map([["seed.example", entry]])), limit);

const respond = (asked: DnsQuery, code: ResponseCode, ...addresses: readonly Uint8Array[]) =>
  encodeResponse(asked, { code, addresses } satisfies DnsResponse, 512);

const IPV4 = hex("7f000002");
const IPV6 = hex("20010db8000000000000000000000001");

Deno.test("answerTo() answers with the addresses of the type that was asked for, and otherwise with none", () => {
  const entry: DnsZoneEntry = { a: ["127.0.0.2", "192.0.2.1"], aaaa: ["2001:db8::1"] };
  const cases: [changes: Partial<DnsQuery>, code: ResponseCode, addresses: readonly Uint8Array[]][] = [
    [{}, "noerror", [IPV4, hex("c0000201")]],
    [{ type: TYPE_AAAA }, "noerror", [IPV6]],
    [{ type: MX }, "noerror", []],
    [{ class: CHAOS }, "refused", []],
    [{ name: "other.example" }, "nxdomain", []],
    [{ name: "other.example", class: CHAOS }, "refused", []],
  ];
  for (const [changes, code, addresses] of cases) {
    const asked = query(changes);
    assertEquals(answerOf(entry, asked), { message: respond(asked, code, ...addresses), delay: 0 });
  }
  for (const type of [TYPE_A, TYPE_AAAA]) {
    assertEquals(answerOf({}, query({ type })), { message: respond(query({ type }), "noerror"), delay: 0 });
  }
});

Deno.test("answerTo() answers with no more bytes than the limit", () => {
  const asked = query();
  const cut = encodeResponse(asked, { code: "noerror", addresses: [IPV4, IPV4] }, asked.question.length + 12 + 16);
  assertEquals(answerOf({ a: ["127.0.0.2", "127.0.0.2"] }, asked, cut.length).message, cut);
});

Deno.test("answerTo() has the delay of the name, and none of an unknown one", () => {
  assertEquals(answerOf({ delay: 30 }, query()).delay, 30);
  assertEquals(answerOf({ delay: 30 }, query({ name: "other.example" })).delay, 0);
});

Deno.test("answerTo() answers with the fault that the family has", () => {
  const both = (answer: DnsAnswer): DnsZoneEntry => ({ a: answer, aaaa: answer });
  for (const type of [TYPE_A, TYPE_AAAA]) {
    const asked = query({ type });
    for (const code of ["nxdomain", "servfail", "refused"] as const) {
      assertEquals(answerOf(both(code), asked).message, respond(asked, code));
    }
    assertEquals(answerOf(both("silent"), asked).message, undefined);
    const garbage = answerOf(both("garbage"), asked).message;
    assert(garbage !== undefined && garbage.length >= 12 && garbage.every((byte) => byte === 0xff));
    const loopback = type === TYPE_A ? hex("7f000001") : hex("00000000000000000000000000000001");
    for (const [id, other] of [[0x1234, 0x1235], [0x1235, 0x1234]] as const) {
      const message = answerOf(both("wrong_id"), { ...asked, id }).message;
      assertEquals(message, respond({ ...asked, id: other }, "noerror", loopback));
    }
  }
});

Deno.test("parseZone() refuses what is no address, and an address of the other family", () => {
  for (
    const [entry, message] of [
      [{ a: ["127.0.0.2", "127.0.0.256"] }, 'Cannot use "127.0.0.256" as the address of a record of type A'],
      [{ a: ["::1"] }, 'Cannot use "::1" as the address of a record of type A'],
      [{ aaaa: ["127.0.0.1"] }, 'Cannot use "127.0.0.1" as the address of a record of type AAAA'],
      [{ aaaa: ["seed:example"] }, 'Cannot use "seed:example" as the address of a record of type AAAA'],
    ] as const
  ) {
    assertThrows(() => parseZone(new Map([["seed.example", entry]])), TypeError, message);
  }
});

Deno.test("typeName() has names for the types of addresses, and the number of any other", () => {
  assertEquals([TYPE_A, TYPE_AAAA, MX].map(typeName), ["A", "AAAA", "TYPE15"]);
});
