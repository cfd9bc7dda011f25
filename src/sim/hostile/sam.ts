/**
 * SAM bridges with every possible result, at every step.
 *
 * @module
 */

import type { ErrorCode } from "../../net/errors.ts";
import { destinationOf } from "../proxies/sam_script.ts";
import { raw } from "./parts.ts";
import {
  answering,
  atFirst,
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
import { finish, pause, say } from "./steps.ts";

/** The results that a bridge has or might send, and their meaning at any step. */
const RESULTS: readonly (readonly [result: string, code: ErrorCode])[] = [
  ["I2P_ERROR", "proxy_failure"],
  [`I2P_ERROR MESSAGE="it is broken"`, "proxy_failure"],
  ["CANT_REACH_PEER", "host_unreachable"],
  ["TIMEOUT", "timeout"],
  ["KEY_NOT_FOUND", "not_found"],
  ["ALREADY_ACCEPTING", "proxy_failure"],
  ["ok", "proxy_failure"],
  ["OKAY", "proxy_failure"],
  [`""`, "proxy_failure"],
  ["SOMETHING_ELSE", "proxy_failure"],
];

/** The reply to each command. */
const REPLIES: ReadonlyMap<string, string> = new Map([
  [HELLO, "HELLO REPLY"],
  [SESSION, "SESSION STATUS"],
  [LOOKUP, "NAMING REPLY"],
  [STREAM, "STREAM STATUS"],
]);

const COMMON: readonly HostileProxy[] = [LOOKUP, STREAM].flatMap((command) =>
  RESULTS.map(([result, code]) =>
    sam(
      `answers ${command} with ${result}`,
      { [command]: answering(`${REPLIES.get(command)} RESULT=${result}`) },
      stopped(code),
    )
  )
);

const refusal = (command: string, result: string, code: ErrorCode) =>
  sam(
    `answers ${command} with ${result}`,
    { [command]: answering(`${REPLIES.get(command)} RESULT=${result}`) },
    stopped(code),
  );

const OWN: readonly HostileProxy[] = [
  refusal(HELLO, "NOVERSION", "proxy_refused"),
  refusal(HELLO, "I2P_ERROR", "proxy_failure"),
  refusal(SESSION, "I2P_ERROR", "proxy_failure"),
  refusal(SESSION, `I2P_ERROR MESSAGE="no tunnels"`, "proxy_failure"),
  refusal(SESSION, "DUPLICATED_ID", "proxy_failure"),
  refusal(SESSION, "DUPLICATED_DEST", "proxy_failure"),
  refusal(SESSION, "INVALID_KEY", "proxy_failure"),
  refusal(LOOKUP, "INVALID_KEY", "not_found"),
  refusal(LOOKUP, 'INVALID_KEY NAME=x MESSAGE="no such name"', "not_found"),
  refusal(STREAM, "INVALID_KEY", "proxy_failure"),
  refusal(STREAM, "INVALID_ID", "proxy_failure"),
];

/** Lines to send instead of a reply. */
const NO_REPLIES: readonly (readonly [name: string, text: string])[] = [
  ["an empty line", ""],
  ["a line of one word", "REPLY"],
  ["another reply's words", "PONG STATUS RESULT=OK"],
  ["its words in lower case", "hello reply RESULT=OK"],
  ["a space before its words", " HELLO REPLY RESULT=OK"],
  ["NULs", "\0\0\0\0"],
  ["HTTP", "HTTP/1.1 400 Bad Request\r"],
];

const MALFORMED: readonly HostileProxy[] = [...REPLIES.keys()].flatMap((command) => [
  ...NO_REPLIES.map(([name, text]) =>
    sam(`answers ${command} with ${name}`, { [command]: answering(text) }, stopped("proxy_refused"))
  ),
  sam(
    `answers ${command} without a result`,
    { [command]: answering(`${REPLIES.get(command)} VERSION=3.1`) },
    stopped("proxy_failure"),
  ),
  sam(
    `answers ${command} with only words`,
    { [command]: answering(REPLIES.get(command) ?? "") },
    stopped("proxy_failure"),
  ),
  sam(
    `answers ${command} with ten megabytes without a line end`,
    { [command]: doing(say(raw(new Uint8Array(10_000_000).fill(0x61)))) },
    stopped("proxy_refused"),
  ),
  sam(
    `answers ${command} with a result, and ten megabytes after it`,
    {
      [command]: doing(
        say(raw(`${REPLIES.get(command)} RESULT=OK MESSAGE="`), raw(new Uint8Array(10_000_000).fill(0x61))),
      ),
    },
    stopped("proxy_refused"),
  ),
  sam(`closes instead of answering ${command}`, { [command]: doing(finish, pause(50)) }, stopped("proxy_unreachable")),
  sam(
    `closes in the middle of its answer to ${command}`,
    { [command]: doing(say(raw(`${REPLIES.get(command)} RESULT=O`)), finish) },
    stopped("proxy_unreachable"),
  ),
]);

const named = (value: string) => ({ [LOOKUP]: answering(`NAMING REPLY RESULT=OK NAME=x${value}`) });

const VALUES: readonly HostileProxy[] = [
  sam("finds a name without a destination", named(""), stopped("proxy_refused")),
  sam("finds a name with an empty destination", named(" VALUE="), stopped("proxy_refused")),
  sam("finds a name with a destination of two words", named(` VALUE="AAAA SILENT=true"`), stopped("proxy_refused")),
  sam("finds a name with a destination of another alphabet", named(" VALUE=AA+/"), stopped("proxy_refused")),
  sam("finds a name with a destination in quotes", named(` VALUE="${destinationOf("x")}"`), CONNECTED),
];

/** Ways to lose a session. */
const SESSIONS: readonly HostileProxy[] = [
  sam(
    "does not know the session at first",
    () => ({ [STREAM]: atFirst(STREAM, answering("STREAM STATUS RESULT=INVALID_ID")) }),
    CONNECTED,
  ),
  sam("closes the first session as soon as it is made", () => ({
    [SESSION]: atFirst(SESSION, doing(line("SESSION STATUS RESULT=OK DESTINATION=AAAA"), finish)),
  }), CONNECTED),
  sam("closes each session as soon as it is made, and does not know it", {
    [SESSION]: doing(line("SESSION STATUS RESULT=OK DESTINATION=AAAA"), finish),
    [STREAM]: answering("STREAM STATUS RESULT=INVALID_ID"),
  }, stopped("proxy_failure")),
  slow(sam("takes longer for the session than the timeout of a peer", {
    [SESSION]: doing(pause(130_000), line("SESSION STATUS RESULT=OK DESTINATION=AAAA")),
  }, CONNECTED)),
];

/** Bridges with all kinds of answers. */
export const SAM_ANSWERS: readonly HostileProxy[] = [...OWN, ...COMMON, ...MALFORMED, ...VALUES, ...SESSIONS];
