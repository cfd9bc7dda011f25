/**
 * Peers that misbehave below the messages of the v2 transport.
 *
 * @module
 */

import type { PeerRecord } from "../../report/records/peer.ts";
import type { PeerLink } from "../link.ts";
import { verack, version } from "./parts.ts";
import { type ExpectedRecord, fails, type HostilePeer, succeeds, succeedsWithoutVerack } from "./steps.ts";
import {
  damaged,
  decoy,
  firstOf,
  garbage,
  key,
  OPENING,
  plain,
  speaking,
  terminator,
  v2Message,
  type V2Part,
  versionPacket,
} from "./v2_parts.ts";

/** For peers that finish, and for those that never do. */
const V2 = { transport: "v2" } as const;
const V2_ENDLESS = { transport: "v2", timeout: 2000 } as const;

const IN_V2: Partial<PeerRecord> = { transport_protocol_type: "v2", v2_fallback: false };
const NO_SESSION: Partial<PeerRecord> = { ...IN_V2, session_id: null, version: null, messages: [] };
const UNKNOWN: Partial<PeerRecord> = { ...IN_V2, version: null, messages: [] };
const KNOWN: Partial<PeerRecord> = { ...IN_V2, subver: "/hostile:1.0/", messages: ["version"] };

const theVersion = v2Message("version", version());
const theVerack = v2Message("verack", verack);

const BOTH = ["version", "verack"];

const waits = (link: PeerLink): Promise<void> => link.waitForClose();
const closes = async (link: PeerLink): Promise<void> => (await link.finish(), await link.waitForClose());

function v2Peer(name: string, parts: readonly V2Part[], expected: ExpectedRecord): HostilePeer {
  const settings = expected.error?.code === "timeout" ? V2_ENDLESS : V2;
  return { name: `in v2, ${name}`, script: speaking(parts, waits), settings, expected };
}

/** Peers that get this far and then fall silent, end their stream or reset. */
function endings(
  point: string,
  parts: readonly V2Part[],
  phase: "transport" | "version" | "verack",
  record: Partial<PeerRecord>,
): HostilePeer[] {
  const closed = phase === "verack"
    ? succeedsWithoutVerack(["version"], record)
    : fails("connection_closed", phase, record);
  return [
    v2Peer(`falls silent ${point}`, parts, fails("timeout", phase, record)),
    { name: `in v2, ends its stream ${point}`, script: speaking(parts, closes), settings: V2, expected: closed },
    {
      name: `in v2, resets ${point}`,
      // What came before a reset is still read, but our answer in the session it opens may fail.
      script: speaking(parts, async (link) => (await link.wait(100), link.reset())),
      resets: true,
      settings: V2,
      expected: fails("connection_reset", phase, record),
    },
  ];
}

const ENDINGS: readonly HostilePeer[] = [
  ...endings("after the first byte of its key", [firstOf(1, key)], "transport", NO_SESSION),
  ...endings("before the last byte of its key", [firstOf(63, key)], "transport", NO_SESSION),
  ...endings("after its key", [key], "transport", NO_SESSION),
  ...endings("in its garbage", [key, garbage(50)], "transport", NO_SESSION),
  ...endings("in its garbage terminator", [key, garbage(50), firstOf(15, terminator)], "transport", NO_SESSION),
  ...endings("after its garbage terminator", [key, garbage(50), terminator], "transport", NO_SESSION),
  ...endings("after a decoy", [key, garbage(50), terminator, decoy(9)], "transport", NO_SESSION),
  ...endings(
    "before the last byte of its version packet",
    [key, garbage(50), terminator, firstOf(-1, versionPacket)],
    "transport",
    NO_SESSION,
  ),
  ...endings("after its version packet", OPENING, "version", UNKNOWN),
  ...endings("before the last byte of its version", [...OPENING, firstOf(-1, theVersion)], "version", UNKNOWN),
  ...endings("after its version", [...OPENING, theVersion], "verack", KNOWN),
  ...endings("before the last byte of its verack", [...OPENING, theVersion, firstOf(-1, theVerack)], "verack", KNOWN),
];

const broken = (record: Partial<PeerRecord>): ExpectedRecord => fails("v2_protocol_error", "transport", record);

/** More than is allowed before a garbage terminator. */
const TOO_MUCH = plain(new Uint8Array(4095 + 16));

/** As long as any length that can be announced, for when it is up to chance. */
const ANY_LENGTH = plain(new Uint8Array(4_100_000));

const DAMAGE: readonly HostilePeer[] = [
  v2Peer(
    "damages its key",
    [damaged(key, 40), garbage(50), terminator, versionPacket],
    fails("timeout", "transport", NO_SESSION),
  ),
  v2Peer("damages its garbage", [key, damaged(garbage(50), 7), terminator, versionPacket], broken(NO_SESSION)),
  v2Peer(
    "damages its garbage terminator",
    [key, garbage(50), damaged(terminator, 15), versionPacket],
    fails("timeout", "transport", NO_SESSION),
  ),
  v2Peer("damages its garbage terminator, and goes on", [
    key,
    garbage(50),
    damaged(terminator, 0),
    versionPacket,
    TOO_MUCH,
  ], broken(NO_SESSION)),
  v2Peer("omits its garbage terminator", [key, TOO_MUCH], broken(NO_SESSION)),
  v2Peer("sends one byte of garbage too many", [key, garbage(4096), terminator, versionPacket], broken(NO_SESSION)),
  ...([["header", 3], ["tag", -1]] as const).flatMap(([part, place]) => [
    v2Peer(
      `damages the ${part} of its version packet`,
      [key, garbage(50), terminator, damaged(versionPacket, place)],
      broken(NO_SESSION),
    ),
    v2Peer(`damages the ${part} of its version`, [...OPENING, damaged(theVersion, place), theVerack], broken(UNKNOWN)),
    v2Peer(`damages the ${part} of its verack`, [...OPENING, theVersion, damaged(theVerack, place)], broken(KNOWN)),
    v2Peer(`damages the ${part} of a decoy`, [...OPENING, damaged(decoy(9), place), theVersion], broken(UNKNOWN)),
  ]),
  v2Peer("turns its version into a decoy", [...OPENING, damaged(theVersion, 3, 7), theVerack], broken(UNKNOWN)),
  v2Peer("damages the contents of its version", [...OPENING, damaged(theVersion, 40), theVerack], broken(UNKNOWN)),
  v2Peer(
    "damages the length of its version, by a byte",
    [...OPENING, damaged(theVersion, 0), theVerack],
    broken(UNKNOWN),
  ),
  v2Peer(
    "damages the length of its version, by megabytes",
    [...OPENING, damaged(theVersion, 2, 7), theVerack],
    broken(UNKNOWN),
  ),
  v2Peer("announces a packet one byte too long", [...OPENING, firstOf(3, decoy(4_000_014))], broken(UNKNOWN)),
  v2Peer("omits a packet", [...OPENING, firstOf(0, decoy()), theVersion, ANY_LENGTH], broken(UNKNOWN)),
  v2Peer(
    "sends a byte between two packets",
    [...OPENING, plain("x"), theVersion, ANY_LENGTH],
    broken(UNKNOWN),
  ),
  v2Peer(
    "speaks v1 within the v2 session",
    [...OPENING, theVersion, plain(new Uint8Array(24)), ANY_LENGTH],
    broken(KNOWN),
  ),
];

const FLOODS: readonly HostilePeer[] = [
  v2Peer("sends the longest garbage", [
    key,
    garbage(4095),
    terminator,
    versionPacket,
    theVersion,
    theVerack,
  ], succeeds(BOTH, IN_V2)),
  v2Peer("sends no garbage", [key, terminator, versionPacket, theVersion, theVerack], succeeds(BOTH, IN_V2)),
  v2Peer(
    "sends decoys wherever allowed",
    [key, garbage(9), terminator, decoy(), decoy(100_000), versionPacket, decoy(1), theVersion, decoy(2), theVerack],
    succeeds(BOTH, IN_V2),
  ),
  v2Peer(
    "sends a decoy of the maximum size",
    [...OPENING, decoy(4_000_013), theVersion, theVerack],
    succeeds(BOTH, IN_V2),
  ),
  v2Peer(
    "sends decoys forever before its version packet",
    [key, terminator, ...Array(10_001).fill(decoy())],
    fails("message_flood", "transport", NO_SESSION),
  ),
  v2Peer(
    "sends decoys forever after its version",
    [...OPENING, theVersion, ...Array(10_001).fill(decoy())],
    fails("message_flood", "verack", KNOWN),
  ),
  v2Peer(
    "sends decoys of 20 megabytes",
    [...OPENING, ...Array(5).fill(decoy(4_000_000))],
    fails("message_flood", "version", UNKNOWN),
  ),
];

/** Peers that break the v2 transport. */
export const V2_PEERS: readonly HostilePeer[] = [...ENDINGS, ...DAMAGE, ...FLOODS];
