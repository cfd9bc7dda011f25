import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { TransportError } from "../../src/transport/errors.ts";
import { refuseOtherProtocol, refuseText } from "../../src/transport/other_protocol.ts";
import { ascii, hex } from "../support/bytes.ts";
import { Random } from "../support/random.ts";

/** First answers of servers, and what each is called. */
const ANSWERS: readonly (readonly [bytes: Uint8Array, protocol: string])[] = [
  [ascii("HTTP/1.1 400 Bad Request\r\n\r\n"), "HTTP"],
  [ascii("HTTP/1."), "HTTP"],
  [ascii("SSH-2.0-OpenSSH_10.0\r\n"), "SSH"],
  [ascii("SSH-1.99-Cisco-1.25\n"), "SSH"],
  [ascii("220 mail.example ESMTP ready\r\n"), "SMTP, FTP or NNTP"],
  [ascii("220 FTP\r\n"), "SMTP, FTP or NNTP"],
  [ascii("220-Welcome\r\n220 Ready\r\n"), "SMTP, FTP or NNTP"],
  [ascii("200 news.example\r\n"), "SMTP, FTP or NNTP"],
  [ascii("554 no\r\n"), "SMTP, FTP or NNTP"],
  [ascii("* OK IMAP4 ready\r\n"), "IMAP"],
  [ascii("* BYE too many\r\n"), "IMAP"],
  [ascii("+OK Dovecot ready.\r\n"), "POP3"],
  [ascii("+OK ready\r\n"), "POP3"],
  [ascii("RTSP/1.0 400 Bad Request\r\n\r\n"), "RTSP"],
  [ascii("SIP/2.0 400 Bad\r\n\r\n"), "SIP"],
  [ascii("ICY 200 OK\r\n"), "ICY"],
  [ascii(":irc.example NOTICE * :***\r\n"), "IRC"],
  [ascii("NOTICE AUTH :***\r\n"), "IRC"],
  [ascii("<!DOCTYPE html>\n"), "HTML"],
  [ascii("<html><body>no"), "HTML"],
  [ascii('{"id":null,"error":1}'), "JSON"],
  [ascii('{\n  "error": 1\n}'), "JSON"],
  [ascii("Connection not allowed\r\n"), "text"],
  [ascii("-ERR unknown command\r\n"), "Redis or POP3"],
  [ascii("ERROR\r\n"), "memcached"],
  [ascii("RFB 003.008\n"), "VNC"],
  [ascii("<?xml version='1.0'?>"), "XML"],
  [ascii(`{"jsonrpc":"2.0","error":{"code":-32700}}`), "JSON"],
  [ascii(":irc.example NOTICE * :*** Looking up your hostname\r\n"), "IRC"],
  [ascii("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"), "text"],
  [ascii("<html>\n<head><title>400 Bad Request"), "HTML"],
  [hex("15030100020228"), "a TLS alert"],
  [hex("15030300020246"), "a TLS alert"],
  [hex("fffd18 fffd20 fffd23 fffd27"), "telnet"],
  [hex("4a0000000a382e302e333600"), "MySQL"],
  [hex("590000000a31302e31312e322d4d"), "MySQL"],
  [hex("414d515000000901"), "AMQP"],
  [hex("005b000000000000"), "SOCKS4"],
];

Deno.test("refuseOtherProtocol() knows what other servers answer, and shows it", () => {
  for (const [bytes, protocol] of ANSWERS) {
    const error = assertThrows(() => refuseOtherProtocol(bytes), TransportError);
    assertEquals(error.code, "not_bitcoin");
    assertStringIncludes(error.message, `got ${protocol} ("`);
  }
});

Deno.test("refuseOtherProtocol() escapes what it shows, 40 bytes of it", () => {
  const text = ascii(`${"x".repeat(30)}\x1b[2J\r\n${"y".repeat(28)}`);
  const { message } = assertThrows(() => refuseOtherProtocol(text), TransportError);
  assertStringIncludes(message, String.raw`("${"x".repeat(30)}\x1b[2J\x0d\x0ayyyy")`);
});

Deno.test("refuseOtherProtocol() accepts what is too short to tell from a key", () => {
  for (
    const text of [
      "",
      "H",
      "HTTP/",
      "SSH-",
      "SSH-2",
      "220",
      "220 mail.example",
      "* OK",
      "+OK ready",
      "+OK\r\n",
      "<html>",
      '{"id"',
      ":irc.example ",
      "-ERR",
      "x".repeat(29),
    ]
  ) refuseOtherProtocol(ascii(text));
  for (const bytes of ["1503010002", "fffd18 fffd20", "4a0000000a", "00", "05ff", "0000000000000000"]) {
    refuseOtherProtocol(hex(bytes));
  }
});

Deno.test("refuseOtherProtocol() lets 100,000 random keys pass, byte by byte where they begin as a protocol does", () => {
  const random = new Random(11);
  for (let i = 0; i < 100_000; i++) refuseOtherProtocol(random.bytes(64));
  for (const [bytes] of ANSWERS) {
    for (let length = 0; length <= Math.min(4, bytes.length); length++) {
      const key = random.bytes(64);
      key.set(bytes.subarray(0, length));
      key[5] = 0x80;
      for (let size = 0; size <= 64; size++) refuseOtherProtocol(key.subarray(0, size));
    }
  }
});

Deno.test("refuseText() takes whole lines of text and eight characters of it for no key, and nothing else", () => {
  for (const text of ["hello?\r\n", "500\n", "a\nb\nc\n", "go away.", "<html>\n<body>no"]) {
    const { code } = assertThrows(() => refuseText(ascii(text)), TransportError);
    assertEquals(code, "not_bitcoin");
  }
  for (const bytes of [ascii(""), ascii("\n"), ascii("ab\n"), ascii("hello?"), hex("68656c6c80 0a"), hex("00 0a")]) {
    refuseText(bytes);
  }
});
