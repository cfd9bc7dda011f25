/**
 * Peers that are addressed in v2 but do not speak it: old nodes, and peers that are not nodes.
 *
 * @module
 */

import type { PeerRecord } from "../../report/records/peer.ts";
import { CHAINS, MAINNET } from "../../wire/chains.ts";
import type { PeerScript } from "../peer.ts";
import { silentScript } from "../scripts.ts";
import { message, raw, verack, version } from "./parts.ts";
import {
  fails,
  finish,
  type HostilePeer,
  peer,
  say,
  script,
  scriptThatCloses,
  scriptThatResets,
  type Step,
  succeeds,
} from "./steps.ts";

/** For peers that finish, and for those that never do. */
const V2 = { transport: "v2" } as const;
const V2_ENDLESS = { transport: "v2", timeout: 2000 } as const;
const AUTO = { transport: "auto" } as const;
const AUTO_ENDLESS = { transport: "auto", timeout: 2000 } as const;

const NO_SESSION: Partial<PeerRecord> = {
  transport_protocol_type: "v2",
  v2_fallback: false,
  session_id: null,
  version: null,
  messages: [],
};
const INSTEAD: Partial<PeerRecord> = { transport_protocol_type: "v1", session_id: null, v2_fallback: true };

const BOTH = ["version", "verack"];

const refuses = fails("v2_not_supported", "transport", NO_SESSION);
const OTHER = CHAINS.find((chain) => chain !== MAINNET) ?? MAINNET;

/** What other protocols begin with. */
const STRANGERS: readonly (readonly [name: string, words: string | readonly number[]])[] = [
  ["HTTP", "HTTP/1.1 400 Bad Request\r\n\r\n"],
  ["SSH", "SSH-2.0-OpenSSH_10.0\r\n"],
  ["SMTP", "220 mail.example ESMTP ready\r\n"],
  ["FTP", "220 (vsFTPd 3.0.5)\r\n"],
  ["Redis", "-ERR unknown command\r\n"],
  ["TLS, an alert", [0x15, 3, 3, 0, 2, 2, 0x46]],
  ["telnet", [0xff, 0xfd, 0x18, 0xff, 0xfd, 0x20, 0xff, 0xfd, 0x23]],
];

/** Waits until something has come: a connection that is reset before may fail while it is being made. */
const hearAnything: Step = async ({ link }) => void await link.bytes().next();

/** A peer that ignores what is not v1, and shakes hands in v1. */
const swallows: PeerScript = async (link) => {
  const { value: begin } = await link.bytes().next();
  const isV1 = begin && new DataView(begin.buffer).getUint32(0) === MAINNET.magic;
  if (isV1) await script(say(version(), verack))(link);
  else await link.waitForClose();
};

/** Peers that do not speak v2. */
export const NOT_V2: readonly HostilePeer[] = [
  { name: "closes when addressed in v2", script: scriptThatCloses(finish), settings: V2, expected: refuses },
  {
    name: "resets when addressed in v2",
    script: scriptThatResets(hearAnything),
    resets: true,
    settings: V2,
    expected: refuses,
  },
  { name: "is silent when addressed in v2", script: silentScript, settings: V2_ENDLESS, expected: refuses },
  { ...peer("answers v2 in v1", [version(), verack], refuses), settings: V2 },
  {
    ...peer(
      "answers v2 in another chain's v1",
      [version({}, { chain: OTHER })],
      fails("wrong_network", "transport", NO_SESSION),
    ),
    settings: V2,
  },
  ...["reject", "ping", "verack", "sendheaders", "inv"].map((type): HostilePeer => ({
    ...peer(`answers v2 with ${type} in v1`, [message(type)], refuses),
    settings: V2,
  })),
  {
    ...peer(
      "answers v2 with another chain's v1 message that is not a version",
      [message("verack", undefined, { chain: OTHER })],
      fails("wrong_network", "transport", NO_SESSION),
    ),
    settings: V2,
  },
  ...STRANGERS.map(([name, words]): HostilePeer => ({
    ...peer(`answers v2 in ${name}`, [raw(words)], fails("not_bitcoin", "transport", NO_SESSION)),
    settings: V2,
  })),
  {
    name: "answers v2 with too few bytes for a key, and closes",
    script: script(say(raw([0x68, 0x80, 0x0a])), finish),
    settings: V2,
    expected: fails("connection_closed", "transport", NO_SESSION),
  },
  {
    name: "answers v2 with a short line of text, and closes",
    script: script(say(raw("hello?\r\n")), finish),
    settings: AUTO,
    expected: fails("not_bitcoin", "transport", NO_SESSION),
  },
  {
    name: "answers v2 and v1 with a reject, and closes",
    script: scriptThatCloses(say(message("reject"))),
    settings: AUTO,
    expected: fails("rejected", "version", { ...INSTEAD, version: null, messages: ["reject"] }),
  },
  {
    ...peer("answers in v1, whatever it receives", [version(), verack], succeeds(BOTH, INSTEAD)),
    settings: AUTO,
  },
  {
    name: "ignores v2, and speaks v1",
    script: swallows,
    settings: AUTO_ENDLESS,
    expected: succeeds(BOTH, INSTEAD),
  },
  {
    name: "is silent in both v2 and v1",
    script: silentScript,
    settings: AUTO_ENDLESS,
    expected: fails("timeout", "version", INSTEAD),
  },
  {
    name: "answers v2 with one byte",
    script: script(say(raw([0]))),
    settings: AUTO_ENDLESS,
    expected: fails("timeout", "transport", NO_SESSION),
  },
];
