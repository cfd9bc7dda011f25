/**
 * Hostile proxies, in the language of hostile peers' scripts.
 *
 * @module
 */

import type { ErrorCode, ErrorPhase, Failure } from "../../net/errors.ts";
import { MAINNET } from "../../wire/chains.ts";
import type { PeerLink } from "../link.ts";
import type { PeerScript } from "../peer.ts";
import { LinkReader } from "../proxies/link_reader.ts";
import { destinationOf, type SamAnswer, type SamAnswers, samScript, sendLine } from "../proxies/sam_script.ts";
import { readGreeting, readLogin, readRequest, socks5Reply } from "../proxies/socks5_messages.ts";
import { type Part, raw, verack, version } from "./parts.ts";
import { say, type Step, type Talk } from "./steps.ts";

/** The part of a record that a proxy determines; of the error, its code and phase. */
export interface ExpectedProxyRecord {
  /** Whether the handshake must succeed. */
  readonly success: boolean;
  /** Why it must fail; `null` if it must succeed. */
  readonly error: Pick<Failure, "code" | "phase"> | null;
}

/** A hostile proxy or bridge, and its expected record. */
export interface HostileProxy {
  /** What it does, as a phrase that is unique within its protocol. */
  readonly name: string;
  /** The protocol that it speaks, or should. */
  readonly protocol: "socks5" | "sam";
  /** Makes its script, one for all connections to a proxy. */
  readonly script: () => PeerScript;
  /** Whether it resets its connections. */
  readonly resets?: true;
  /** Whether it takes minutes, unless both ends use `fastClock`. */
  readonly isSlow?: true;
  /** How many handshakes succeed before one gets the expected record; none by default. */
  readonly served?: number;
  /** The peer to ask it for; an onion or I2P name by default. */
  readonly target: string;
  /** What our record of the peer must contain. */
  readonly expected: ExpectedProxyRecord;
}

/** Peers to ask a proxy for, none of which exists. The names are those of Bitcoin Core's `net_tests.cpp`. */
export const TARGETS = {
  onion: "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion:8333",
  i2p: "ukeu3k5oycgaauneqgtnvselmt4yemvoilkln7jpvamvfx7dnkdq.b32.i2p",
  ipv4: "127.0.0.1:1",
  ipv6: "[::1]:1",
  name: "node.example:8333",
} as const;

/** Success: the proxy connects to a peer. */
export const CONNECTED: ExpectedProxyRecord = { success: true, error: null };

/** Failure, by default between us and the proxy. */
export function stopped(code: ErrorCode, phase: ErrorPhase = "proxy"): ExpectedProxyRecord {
  return { success: false, error: { code, phase } };
}

/** The state that the steps of a SOCKS5 proxy work on. */
export interface Socks5Talk extends Talk {
  /** Reads what the client sends to the proxy. */
  readonly reader: LinkReader;
}

/** One thing a SOCKS5 proxy does. */
export type Socks5Step = (talk: Socks5Talk) => Promise<unknown>;

/** Waits for the greeting of the client. */
export const hearGreeting: Socks5Step = ({ reader }) => readGreeting(reader);

/** Waits for its login. */
export const hearLogin: Socks5Step = ({ reader }) => readLogin(reader);

/** Waits for its request. */
export const hearRequest: Socks5Step = ({ reader }) => readRequest(reader);

/** The answers to the greeting: no login, login. */
export const NO_LOGIN: Part = raw([5, 0]);
export const LOGIN: Part = raw([5, 2]);

/** The reply that the peer is there, bound to an address. */
export function granted(bound?: string): Part {
  return raw(socks5Reply(0, bound));
}

/** Gets as far as the request, without a login. */
export const UP_TO_REQUEST: readonly Socks5Step[] = [hearGreeting, say(NO_LOGIN), hearRequest];

/** Acts as the peer behind the proxy. */
export const bePeer: Step = say(version(), verack);

/** Resets the connection. */
export const reset: Step = ({ link }) => Promise.resolve(link.reset());

/** A SOCKS5 proxy that takes these steps, and then waits for us to close. */
export function socks5(
  name: string,
  steps: readonly Socks5Step[],
  expected: ExpectedProxyRecord,
  target: string = TARGETS.onion,
): HostileProxy {
  const script = async (link: PeerLink) => {
    const talk = { ...talkOver(link), reader: new LinkReader(link) };
    for (const step of steps) await step(talk);
    await link.waitForClose();
  };
  return { name, protocol: "socks5", script: () => script, target, expected };
}

/** The same, with a RST at the end. */
export function socks5ThatResets(
  name: string,
  steps: readonly Socks5Step[],
  expected: ExpectedProxyRecord,
): HostileProxy {
  return { ...socks5(name, [...steps, reset], expected), resets: true };
}

/** The same proxy, marked as slow. */
export function slow(proxy: HostileProxy): HostileProxy {
  return { ...proxy, isSlow: true };
}

/** The commands of SAM. */
export const HELLO = "HELLO VERSION";
export const SESSION = "SESSION CREATE";
export const LOOKUP = "NAMING LOOKUP";
export const STREAM = "STREAM CONNECT";

/** The answers of a well-behaved bridge, with a peer at the end. */
export const GOOD_ANSWERS: SamAnswers = {
  [HELLO]: (_, talk) => sendLine(talk, "HELLO REPLY RESULT=OK VERSION=3.1"),
  [SESSION]: (_, talk) => sendLine(talk, `SESSION STATUS RESULT=OK DESTINATION=${destinationOf("us")}`),
  [LOOKUP]: ({ values }, talk) =>
    sendLine(talk, `NAMING REPLY RESULT=OK NAME=${values.get("NAME")} VALUE=${destinationOf("the peer")}`),
  [STREAM]: (_, talk) => doing(line("STREAM STATUS RESULT=OK"), bePeer)(_, talk),
};

/** A bridge that is well-behaved except for these answers, which are made for each bridge that is started. */
export function sam(
  name: string,
  answers: SamAnswers | (() => SamAnswers),
  expected: ExpectedProxyRecord,
): HostileProxy {
  const script = () => samScript({ ...GOOD_ANSWERS, ...typeof answers === "function" ? answers() : answers });
  return { name, protocol: "sam", script, target: TARGETS.i2p, expected };
}

/** An answer that takes steps, after which the bridge waits for us to close, or for the next command. */
export function doing(...steps: readonly Step[]): SamAnswer {
  return async (_, { link }) => {
    for (const step of steps) await step(talkOver(link));
  };
}

/** Sends a line. */
export function line(text: string): Step {
  return say(raw(`${text}\n`));
}

/** An answer of one line. */
export function answering(text: string): SamAnswer {
  return doing(line(text));
}

/** One answer the first time, and the usual one to that command afterwards. */
export function atFirst(words: string, first: SamAnswer): SamAnswer {
  let answer = first;
  return async (command, talk) => {
    const now = answer;
    answer = GOOD_ANSWERS[words] ?? first;
    await now(command, talk);
  };
}

function talkOver(link: PeerLink): Talk {
  return { link, incoming: link.messages(MAINNET) };
}
