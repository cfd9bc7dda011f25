/**
 * Peers that fall silent, drip, end their stream (FIN) or reset the connection (RST), at every point.
 *
 * A FIN here ends the peer's side of the stream alone, and the peer goes on reading: a close with our bytes unread, or
 * about to come, would be a reset for the one who is late.
 *
 * @module
 */

import type { PeerRecord } from "../../report/records/peer.ts";
import type { PeerScript } from "../peer.ts";
import { first, header, message, type Part, ping, raw, verack, version } from "./parts.ts";
import {
  AGES,
  type ExpectedRecord,
  fails,
  finish,
  hear,
  type HostilePeer,
  pause,
  say,
  sayForever,
  sayInPieces,
  script,
  scriptThatCloses,
  scriptThatResets,
  type Step,
  succeeds,
  succeedsWithoutVerack,
} from "./steps.ts";

const KNOWN: Partial<PeerRecord> = {
  version: 70016,
  services: "0000000000000c09",
  subver: "/hostile:1.0/",
  startingheight: 940_000,
  timeoffset: 0,
};
const UNKNOWN: Partial<PeerRecord> = { version: null, services: null, subver: null, timeoffset: null };

/** How far a peer comes: what it has sent, and which messages we have of it by then. */
type Point = readonly [name: string, sent: readonly Part[], messages: readonly string[]];

const inv = message("inv", Uint8Array.of(0));

/** Points at which its version has not come. */
const EARLY: readonly Point[] = [
  ["before its first byte", [], []],
  ["behind its first byte", [first(1, version())], []],
  ["before the last byte of the magic", [first(3, version())], []],
  ["behind the magic", [first(4, version())], []],
  ["in the middle of the header", [first(10, version())], []],
  ["before the last byte of the header", [first(23, version())], []],
  ["between header and payload", [first(24, version())], []],
  ["in the middle of its version", [first(60, version())], []],
  ["before the last byte of its version", [first(-1, version())], []],
  ["behind a message before its version", [inv], ["inv"]],
  ["behind a verack without a version", [verack], ["verack"]],
  ["behind a ping without a version", [ping(7n)], ["ping"]],
];

/** Points at which its version has come, and its verack has not. */
const LATE: readonly Point[] = [
  ["behind its version", [version()], ["version"]],
  ["in the middle of the header behind its version", [version(), first(10, inv)], ["version"]],
  ["in the middle of an ignored message", [version(), first(-1, inv)], ["version"]],
  ["behind half a ping", [version(), first(28, ping(7n))], ["version"]],
  ["behind a ping", [version(), ping(7n)], ["version", "ping"]],
  ["behind the first byte of its verack", [version(), first(1, verack)], ["version"]],
  ["in the middle of its verack", [version(), first(10, verack)], ["version"]],
  ["before the last byte of its verack", [version(), first(-1, verack)], ["version"]],
  ["in the payload of its verack", [version(), first(-1, message("verack", new Uint8Array(9)))], ["version"]],
];

const row = (name: string, script: PeerScript, expected: ExpectedRecord): HostilePeer => ({ name, script, expected });

const heardAndSaid = (parts: readonly Part[]): readonly Step[] => [hear("version"), say(...parts)];

const EARLY_ENDINGS = EARLY.flatMap(([point, sent, messages]) => [
  row(
    `falls silent ${point}`,
    script(...heardAndSaid(sent)),
    fails("timeout", "version", { ...UNKNOWN, messages }),
  ),
  row(
    `ends its stream ${point}`,
    script(...heardAndSaid(sent), finish),
    fails("connection_closed", "version", { ...UNKNOWN, messages }),
  ),
  {
    ...row(
      `resets ${point}`,
      scriptThatResets(...heardAndSaid(sent)),
      fails("connection_reset", "version", UNKNOWN),
    ),
    resets: true,
  } satisfies HostilePeer,
]);

const LATE_ENDINGS = LATE.flatMap(([point, sent, messages]) => [
  row(
    `falls silent ${point}`,
    script(...heardAndSaid(sent)),
    fails("timeout", "verack", { ...KNOWN, messages }),
  ),
  row(
    `ends its stream ${point}`,
    script(...heardAndSaid(sent), finish),
    succeedsWithoutVerack(messages, KNOWN),
  ),
  {
    ...row(
      `resets ${point}`,
      scriptThatResets(...heardAndSaid(sent), hear("verack")),
      fails("connection_reset", "verack", KNOWN),
    ),
    resets: true,
  } satisfies HostilePeer,
]);

const BOTH = ["version", "verack"];

const COMPLETE_ENDINGS: readonly HostilePeer[] = [
  row("ends its stream as soon as it is connected", script(finish), fails("connection_closed", "version", UNKNOWN)),
  row("falls silent behind its verack", script(...heardAndSaid([version(), verack])), succeeds(BOTH, KNOWN)),
  row("ends its stream behind its verack", script(...heardAndSaid([version(), verack]), finish), succeeds(BOTH, KNOWN)),
  row("closes behind its verack", scriptThatCloses(...heardAndSaid([version(), verack])), succeeds(BOTH, KNOWN)),
  row(
    "closes once it has our verack, without its own",
    scriptThatCloses(...heardAndSaid([version()]), hear("verack")),
    succeedsWithoutVerack(["version"], KNOWN),
  ),
  {
    ...row(
      "resets behind its verack, having heard ours",
      scriptThatResets(...heardAndSaid([version()]), hear("verack"), say(verack)),
      succeeds(BOTH, KNOWN),
    ),
    resets: true,
  },
  // A reader still gets what came before a RST (on Linux and BSD): these two are heard out, whenever their RST comes.
  {
    ...row(
      "resets behind its version, having heard ours alone",
      scriptThatResets(...heardAndSaid([version()])),
      fails("connection_reset", "verack", KNOWN),
    ),
    resets: true,
  },
  {
    ...row("resets behind its verack", scriptThatResets(...heardAndSaid([version(), verack])), succeeds(BOTH, KNOWN)),
    resets: true,
  },
];

const SLOW: readonly HostilePeer[] = [
  row("reads nothing and says nothing", scriptThatCloses(pause(AGES)), fails("timeout", "version", UNKNOWN)),
  row("reads nothing and says all", scriptThatCloses(say(version(), verack), pause(AGES)), succeeds(BOTH, KNOWN)),
  row(
    "reads nothing and says its version",
    scriptThatCloses(say(version()), pause(AGES)),
    fails("timeout", "verack", KNOWN),
  ),
  row(
    "drips its version, and never comes to its end",
    scriptThatCloses(sayInPieces(1, 200, version())),
    fails("timeout", "version", { ...UNKNOWN, messages: [] }),
  ),
  row(
    "drips a message before its version without end",
    scriptThatCloses(say(header("inv", 4_000_000)), sayForever(50, raw([0]))),
    fails("timeout", "version", { ...UNKNOWN, messages: [] }),
  ),
  row(
    "drips a message behind its version without end",
    scriptThatCloses(say(version(), header("inv", 4_000_000)), sayForever(50, raw([0]))),
    fails("timeout", "verack", { ...KNOWN, messages: ["version"] }),
  ),
  row(
    "drips messages before its version without end",
    scriptThatCloses(sayForever(50, inv)),
    fails("timeout", "version", UNKNOWN),
  ),
  row(
    "drips messages behind its version without end",
    scriptThatCloses(say(version()), sayForever(50, inv)),
    fails("timeout", "verack", KNOWN),
  ),
];

/** Endings, and peers that never come to one. */
export const ENDINGS: readonly HostilePeer[] = [...EARLY_ENDINGS, ...LATE_ENDINGS, ...COMPLETE_ENDINGS, ...SLOW];
