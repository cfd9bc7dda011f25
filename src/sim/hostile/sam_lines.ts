/**
 * SAM bridges whose lines are valid but unusual, split anywhere, or come too late.
 *
 * @module
 */

import { destinationOf, type SamAnswers } from "../proxies/sam_script.ts";
import { type Part, raw, verack, version } from "./parts.ts";
import {
  answering,
  bePeer,
  CONNECTED,
  doing,
  HELLO,
  type HostileProxy,
  line,
  LOOKUP,
  sam,
  SESSION,
  slow,
  stopped,
  STREAM,
} from "./proxy_steps.ts";
import { AGES, finish, pause, say, sayInPieces } from "./steps.ts";

const OK = "HELLO REPLY RESULT=OK VERSION=3.1";

const hello = (name: string, text: string, expected = CONNECTED) => sam(name, { [HELLO]: answering(text) }, expected);

const QUOTING: readonly HostileProxy[] = [
  hello("ends its lines with CR LF", "HELLO REPLY VERSION=3.1 RESULT=OK\r"),
  hello("puts its result in quotes", `HELLO REPLY RESULT="OK" VERSION="3.1"`),
  hello("has its pairs in another order", "HELLO REPLY VERSION=3.1 RESULT=OK"),
  hello("has unknown pairs", "HELLO REPLY COLOUR=green RESULT=OK X= Y"),
  hello("has spaces between its pairs", "HELLO REPLY  RESULT=OK   VERSION=3.1 "),
  hello("has a message with spaces before its result", `HELLO REPLY MESSAGE="all is well" RESULT=OK`),
  hello("has a message with quotes in it", `HELLO REPLY MESSAGE="all is \\"well\\"" RESULT=OK`),
  hello("has a message with another result in it", `HELLO REPLY MESSAGE="no RESULT=I2P_ERROR at all" RESULT=OK`),
  hello("has a message with an equals sign in it", "HELLO REPLY MESSAGE=a=b RESULT=OK"),
  hello("has a message of four thousand characters", `${OK} MESSAGE="${"x ".repeat(2000)}"`),
  hello("has a message with escape sequences of a terminal", `${OK} MESSAGE="\x1b[2J"`),
  hello(
    "says OK only in a message",
    `HELLO REPLY MESSAGE="a RESULT=OK b" RESULT=I2P_ERROR`,
    stopped("proxy_failure"),
  ),
  hello(
    "says OK only between escaped quotes",
    `HELLO REPLY MESSAGE="a \\" RESULT=OK \\" b" RESULT=I2P_ERROR`,
    stopped("proxy_failure"),
  ),
  hello("has a result in another key's name", "HELLO REPLY MYRESULT=OK", stopped("proxy_failure")),
];

/** Answers byte by byte. */
const drips = (text: string) => doing(sayInPieces(1, 1, raw(`${text}\n`)));

const FOUND = `NAMING REPLY RESULT=OK NAME=x VALUE=${destinationOf("x")}`;

const BYTE_BY_BYTE: SamAnswers = {
  [HELLO]: drips(OK),
  [SESSION]: drips("SESSION STATUS RESULT=OK DESTINATION=AAAA"),
  [LOOKUP]: drips("NAMING REPLY RESULT=OK NAME=x VALUE=AAAA"),
  [STREAM]: doing(sayInPieces(1, 1, raw("STREAM STATUS RESULT=OK\n"), version(), verack)),
};

/** A stream that is open, and what comes over it. */
const stream = (name: string, ...parts: readonly Part[]) =>
  [name, { [STREAM]: doing(say(raw("STREAM STATUS RESULT=OK\n"), ...parts)) }] as const;

const CUTS: readonly HostileProxy[] = [
  sam("is well-behaved", {}, CONNECTED),
  sam("sends everything byte by byte, including the peer's messages", BYTE_BY_BYTE, CONNECTED),
  sam(...stream("has the peer's messages in the segment of its last line", version(), verack), CONNECTED),
  sam("sends everything before it is asked, including the peer's messages", {
    [HELLO]: doing(say(raw(`${OK}\n`))),
    [LOOKUP]: doing(say(raw(`${FOUND}\nSTREAM STATUS RESULT=OK\n`), version(), verack)),
    [STREAM]: doing(),
  }, CONNECTED),
  sam("asks for a pong over the connection of the session", {
    [SESSION]: doing(line("SESSION STATUS RESULT=OK DESTINATION=AAAA"), line("PING now")),
  }, CONNECTED),
  sam("sends ten megabytes over the connection of the session", {
    [SESSION]: doing(line("SESSION STATUS RESULT=OK DESTINATION=AAAA"), say(raw(new Uint8Array(10_000_000)))),
  }, CONNECTED),
  sam("takes half a second for each answer", {
    [LOOKUP]: doing(pause(500), line(FOUND)),
    [STREAM]: doing(pause(500), line("STREAM STATUS RESULT=OK"), bePeer),
  }, CONNECTED),
];

const AFTERWARDS: readonly HostileProxy[] = [
  sam(...stream("connects, and sends junk", raw("junk, and more of it")), stopped("not_bitcoin", "version")),
  sam(
    ...stream("connects, and sends ten megabytes", raw(new Uint8Array(10_000_000))),
    stopped("not_bitcoin", "version"),
  ),
  sam(
    ...stream("connects, and repeats its reply", raw("STREAM STATUS RESULT=OK\n")),
    stopped("not_bitcoin", "version"),
  ),
  sam(
    "connects, and closes",
    { [STREAM]: doing(line("STREAM STATUS RESULT=OK"), finish) },
    stopped("connection_closed", "version"),
  ),
];

const SILENT: readonly HostileProxy[] = [
  // The bridge must read no further: a version may have a byte that ends a line.
  sam(
    "connects, and then sends nothing",
    { [STREAM]: doing(say(raw("STREAM STATUS RESULT=OK\n")), pause(AGES)) },
    stopped("timeout", "version"),
  ),
  sam("connects, and sends only a version", {
    [STREAM]: doing(say(raw("STREAM STATUS RESULT=OK\n"), version()), pause(AGES)),
  }, stopped("timeout", "verack")),
  sam("never answers HELLO VERSION", { [HELLO]: doing() }, stopped("proxy_unreachable")),
  sam("never ends its answer to HELLO VERSION", { [HELLO]: doing(say(raw(OK))) }, stopped("proxy_unreachable")),
  sam("speaks SOCKS5, and waits", { [HELLO]: doing(say(raw([5, 0xff]))) }, stopped("proxy_unreachable")),
  sam("never answers SESSION CREATE", { [SESSION]: doing() }, stopped("proxy_unreachable")),
  sam("never answers NAMING LOOKUP", { [LOOKUP]: doing() }, stopped("timeout")),
  sam("never answers STREAM CONNECT", { [STREAM]: doing() }, stopped("timeout")),
  sam(
    "never ends its answer to STREAM CONNECT",
    { [STREAM]: doing(say(raw("STREAM STATUS RESULT=OK"))) },
    stopped("timeout"),
  ),
];

/** Bridges with all kinds of lines. */
export const SAM_LINES: readonly HostileProxy[] = [...QUOTING, ...CUTS, ...AFTERWARDS, ...SILENT.map(slow)];
