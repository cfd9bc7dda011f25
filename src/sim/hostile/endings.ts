/**
 * Peers that fall silent, drip, end their stream (FIN) or reset the connection (RST), at any point.
 *
 * A FIN here ends only the peer's side of the stream, and the peer goes on reading: closing with our bytes unread or
 * still to come would be a reset.
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

/** How far a peer gets: what it has sent, and which messages we have from it by then. */
type Point = readonly [name: string, sent: readonly Part[], messages: readonly string[]];

const inv = message("inv", Uint8Array.of(0));

/** Points before its version is complete. */
const EARLY: readonly Point[] = [
  ["before its first byte", [], []],
  ["after its first byte", [first(1, version())], []],
  ["before the last byte of the magic", [first(3, version())], []],
  ["after the magic", [first(4, version())], []],
  ["in the middle of the header", [first(10, version())], []],
  ["before the last byte of the header", [first(23, version())], []],
  ["between header and payload", [first(24, version())], []],
  ["in the middle of its version", [first(60, version())], []],
  ["before the last byte of its version", [first(-1, version())], []],
  ["after a message before its version", [inv], ["inv"]],
  ["after a verack without a version", [verack], ["verack"]],
  ["after a ping without a version", [ping(7n)], ["ping"]],
];

/** Points after its version and before its verack is complete. */
const LATE: readonly Point[] = [
  ["after its version", [version()], ["version"]],
  ["in the middle of the header after its version", [version(), first(10, inv)], ["version"]],
  ["in the middle of an ignored message", [version(), first(-1, inv)], ["version"]],
  ["after half a ping", [version(), first(28, ping(7n))], ["version"]],
  ["after a ping", [version(), ping(7n)], ["version", "ping"]],
  ["after the first byte of its verack", [version(), first(1, verack)], ["version"]],
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
  row("falls silent after its verack", script(...heardAndSaid([version(), verack])), succeeds(BOTH, KNOWN)),
  row("ends its stream after its verack", script(...heardAndSaid([version(), verack]), finish), succeeds(BOTH, KNOWN)),
  row("closes after its verack", scriptThatCloses(...heardAndSaid([version(), verack])), succeeds(BOTH, KNOWN)),
  row(
    "closes once it has our verack, without its own",
    scriptThatCloses(...heardAndSaid([version()]), hear("verack")),
    succeedsWithoutVerack(["version"], KNOWN),
  ),
  {
    ...row(
      "resets after its verack, having received ours",
      scriptThatResets(...heardAndSaid([version()]), hear("verack"), say(verack)),
      succeeds(BOTH, KNOWN),
    ),
    resets: true,
  },
  // On Linux and BSD a reader still gets what came before a RST: these two are read to the end, whenever their RST
  // comes.
  {
    ...row(
      "resets after its version, having received only ours",
      scriptThatResets(...heardAndSaid([version()])),
      fails("connection_reset", "verack", KNOWN),
    ),
    resets: true,
  },
  {
    ...row("resets after its verack", scriptThatResets(...heardAndSaid([version(), verack])), succeeds(BOTH, KNOWN)),
    resets: true,
  },
];

const SLOW: readonly HostilePeer[] = [
  row("reads nothing and sends nothing", scriptThatCloses(pause(AGES)), fails("timeout", "version", UNKNOWN)),
  row(
    "reads nothing and sends everything",
    scriptThatCloses(say(version(), verack), pause(AGES)),
    succeeds(BOTH, KNOWN),
  ),
  row(
    "reads nothing and sends its version",
    scriptThatCloses(say(version()), pause(AGES)),
    fails("timeout", "verack", KNOWN),
  ),
  row(
    "drips its version and never finishes it",
    scriptThatCloses(sayInPieces(1, 200, version())),
    fails("timeout", "version", { ...UNKNOWN, messages: [] }),
  ),
  row(
    "drips an endless message before its version",
    scriptThatCloses(say(header("inv", 4_000_000)), sayForever(50, raw([0]))),
    fails("timeout", "version", { ...UNKNOWN, messages: [] }),
  ),
  row(
    "drips an endless message after its version",
    scriptThatCloses(say(version(), header("inv", 4_000_000)), sayForever(50, raw([0]))),
    fails("timeout", "verack", { ...KNOWN, messages: ["version"] }),
  ),
  row(
    "drips messages forever before its version",
    scriptThatCloses(sayForever(50, inv)),
    fails("timeout", "version", UNKNOWN),
  ),
  row(
    "drips messages forever after its version",
    scriptThatCloses(say(version()), sayForever(50, inv)),
    fails("timeout", "verack", KNOWN),
  ),
];

/** Endings, and peers that never end. */
export const ENDINGS: readonly HostilePeer[] = [...EARLY_ENDINGS, ...LATE_ENDINGS, ...COMPLETE_ENDINGS, ...SLOW];
