import { assertEquals, assertThrows } from "@std/assert";
import { DialError, WayLostError } from "../../src/net/errors.ts";
import { Sam } from "../../src/net/sam.ts";
import { ascii, concat, splits } from "../support/bytes.ts";

const NAME = "ukeu3k5oycgaauneqgtnvselmt4yemvoilkln7jpvamvfx7dnkdq.b32.i2p";
const DESTINATION = `${"Ab3~-".repeat(103)}x==`;
const HELLO = "HELLO REPLY RESULT=OK VERSION=3.1\n";
const LOOKUP = `NAMING REPLY RESULT=OK NAME=${NAME} VALUE=${DESTINATION}\n`;
const CONNECTED = "STREAM STATUS RESULT=OK\n";
const PEER_BYTES = ascii("from\nthe peer\n");

/** What a stream says in turn to a bridge with these lines. */
function sentTo(sam: Sam, ...lines: readonly string[]): string[] {
  const sent = [new TextDecoder().decode(sam.takeOutput())];
  for (const line of lines) {
    sam.receive(ascii(line));
    sent.push(new TextDecoder().decode(sam.takeOutput()));
  }
  return sent;
}

/** The error of a stream whose bridge says this. */
function errorOf(...lines: readonly string[]): DialError {
  return assertThrows(() => sentTo(Sam.stream("id", NAME), ...lines), DialError);
}

Deno.test("Sam makes a session, one line after the other", () => {
  const sam = Sam.session("0123abcdef");
  const sent = sentTo(sam, HELLO, `SESSION STATUS RESULT=OK DESTINATION=${DESTINATION}\n`);
  assertEquals(sent, [
    "HELLO VERSION MIN=3.1 MAX=3.1\n",
    "SESSION CREATE STYLE=STREAM ID=0123abcdef DESTINATION=TRANSIENT SIGNATURE_TYPE=7 i2cp.leaseSetEncType=4,0 " +
    "inbound.quantity=1 outbound.quantity=1\n",
    "",
  ]);
  assertEquals([sam.rest, sam.awaitsPeer], [new Uint8Array(), false]);
});

Deno.test("Sam looks up a name and connects to its destination", () => {
  const sam = Sam.stream("0123abcdef", NAME);
  assertEquals(sentTo(sam, HELLO, LOOKUP, CONNECTED), [
    "HELLO VERSION MIN=3.1 MAX=3.1\n",
    `NAMING LOOKUP NAME=${NAME}\n`,
    `STREAM CONNECT ID=0123abcdef DESTINATION=${DESTINATION} SILENT=false\n`,
    "",
  ]);
  assertEquals(sam.rest, new Uint8Array());
});

Deno.test("Sam loses no byte of the peer's, however the lines are cut", () => {
  for (const ends of ["\n", "\r\n"]) {
    const lines = ascii((HELLO + LOOKUP + CONNECTED).replaceAll("\n", ends));
    for (const [cut, parts] of splits(concat(lines, PEER_BYTES))) {
      let rest = new Uint8Array();
      const sam = Sam.stream("id", NAME);
      for (const part of parts) {
        if (sam.rest === null) sam.receive(part);
        else rest = concat(rest, part);
      }
      assertEquals(concat(sam.rest ?? new Uint8Array(), rest), PEER_BYTES, cut);
    }
  }
});

Deno.test("Sam takes the bridge for silent until its first line, and after that the peer", () => {
  const awaited = [[], [HELLO.slice(0, -1)], [HELLO], [HELLO, LOOKUP]].map((lines) => {
    const sam = Sam.stream("id", NAME);
    sentTo(sam, ...lines);
    return sam.awaitsPeer;
  });
  assertEquals(awaited, [false, false, true, true]);
  const session = Sam.session("id");
  sentTo(session, HELLO);
  assertEquals(session.awaitsPeer, false);
});

Deno.test("Sam gives every result its meaning, and shows the line that it stands in", () => {
  const results = [
    ["proxy_refused", "HELLO REPLY RESULT=NOVERSION"],
    ["proxy_failure", 'HELLO REPLY RESULT=I2P_ERROR MESSAGE="no router"'],
    ["not_found", "NAMING REPLY RESULT=INVALID_KEY NAME=x"],
    ["not_found", "NAMING REPLY RESULT=KEY_NOT_FOUND NAME=x"],
    ["not_found", "NAMING REPLY RESULT=LEASESET_NOT_FOUND NAME=x"],
    ["proxy_failure", "NAMING REPLY RESULT=I2P_ERROR"],
    ["host_unreachable", 'STREAM STATUS RESULT=CANT_REACH_PEER MESSAGE="RESULT=OK"'],
    ["timeout", "STREAM STATUS RESULT=TIMEOUT"],
    ["not_found", "STREAM STATUS RESULT=KEY_NOT_FOUND"],
    ["not_found", "STREAM STATUS RESULT=PEER_NOT_FOUND"],
    ["proxy_failure", "STREAM STATUS RESULT=INVALID_KEY"],
    ["proxy_failure", "STREAM STATUS RESULT=I2P_ERROR"],
    ["proxy_failure", "STREAM STATUS RESULT=SOMETHING_NEW"],
    ["proxy_failure", "STREAM STATUS RESULT="],
    ["proxy_failure", "STREAM STATUS"],
    ["proxy_failure", 'STREAM STATUS XRESULT=OK MESSAGE="a RESULT=OK"'],
  ] as const;
  for (const [code, line] of results) {
    const before = line.startsWith("HELLO") ? [] : line.startsWith("NAMING") ? [HELLO] : [HELLO, LOOKUP];
    const error = errorOf(...before, `${line}\n`);
    assertEquals([error.code, error.message, error instanceof WayLostError], [code, `replied ${line}`, false], line);
  }
});

Deno.test("Sam tells that the bridge has lost the session, which is worth another try", () => {
  const error = errorOf(HELLO, LOOKUP, "STREAM STATUS RESULT=INVALID_ID\n");
  assertEquals([error instanceof WayLostError, error.code], [true, "proxy_failure"]);
});

Deno.test("Sam refuses what is no SAM, and shows the beginning of it", () => {
  const cases = [
    [["HTTP/1.1 400 Bad Request\r\n"], "HELLO REPLY, got HTTP/1.1 400 Bad Request"],
    [["\n"], "HELLO REPLY, got "],
    [["HELLO  REPLY RESULT=OK\n"], "HELLO REPLY, got HELLO  REPLY RESULT=OK"],
    [[HELLO, HELLO], `NAMING REPLY, got ${HELLO.trim()}`],
    [[HELLO, "NAMING REPLY RESULT=OK\n"], "a destination, got NAMING REPLY RESULT=OK"],
    [[HELLO, 'NAMING REPLY RESULT=OK VALUE="a b"\n'], 'a destination, got NAMING REPLY RESULT=OK VALUE="a b"'],
    [[HELLO, LOOKUP, LOOKUP], `STREAM STATUS, got ${LOOKUP.slice(0, 200)}…`],
  ] as const;
  for (const [lines, reason] of cases) {
    const { code, message } = errorOf(...lines);
    assertEquals([code, message], ["proxy_refused", `does not speak SAM: expected ${reason}`]);
  }
});

Deno.test("Sam shows two hundred characters of a reply, and says that there were more", () => {
  const line = (length: number) => "HELLO REPLY RESULT=I2P_ERROR MESSAGE=".padEnd(length, "x");
  assertEquals(errorOf(`${line(200)}\n`).message, `replied ${line(200)}`);
  assertEquals(errorOf(`${line(201)}\n`).message, `replied ${line(200)}…`);
});

Deno.test("Sam keeps no more of a line without an end than its limit", () => {
  const sam = Sam.stream("id", NAME);
  const chunk = new Uint8Array(2048).fill(0x61);
  for (let i = 0; i < 4; i++) sam.receive(chunk);
  const error = assertThrows(() => sam.receive(Uint8Array.of(0x61)), DialError);
  assertEquals([error.code, error.message], [
    "proxy_refused",
    "does not speak SAM: a line does not end within 8192 bytes",
  ]);
});
