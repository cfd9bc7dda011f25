/**
 * Peers that misbehave below the messages of the v2 transport.
 *
 * @module
 */

import type { PeerRecord } from "../../report/records/peer.ts";
import type { PeerLink } from "../link.ts";
import type { PeerScript } from "../peer.ts";
import { verack, version } from "./parts.ts";
import { type ExpectedRecord, fails, type HostilePeer, succeeds, succeedsWithoutVerack } from "./steps.ts";
import {
  damaged,
  decoy,
  firstOf,
  garbage,
  key,
  plain,
  terminator,
  v2Message,
  type V2Part,
  V2Speaker,
  versionPacket,
} from "./v2_parts.ts";

/** For peers that come to an end, and for those that never do. */
const V2 = { transport: "v2" } as const;
const V2_ENDLESS = { transport: "v2", timeout: 2000 } as const;

const IN_V2: Partial<PeerRecord> = { transport_protocol_type: "v2", v2_fallback: false };
const NO_SESSION: Partial<PeerRecord> = { ...IN_V2, session_id: null, version: null, messages: [] };
const UNKNOWN: Partial<PeerRecord> = { ...IN_V2, version: null, messages: [] };
const KNOWN: Partial<PeerRecord> = { ...IN_V2, subver: "/hostile:1.0/", messages: ["version"] };

const theVersion = v2Message("version", version());
const theVerack = v2Message("verack", verack);

/** All that comes before the messages. */
const OPENING: readonly V2Part[] = [key, garbage(50), terminator, versionPacket];
const BOTH = ["version", "verack"];

/** Says parts once it has keys, and then ends as told. */
function speaking(parts: readonly V2Part[], end: (link: PeerLink) => Promise<void> | void): PeerScript {
  return async (link) => {
    const speaker = await V2Speaker.meet(link);
    for (const part of parts) await link.sendBytes(await part(speaker));
    await end(link);
  };
}

const waits = (link: PeerLink): Promise<void> => link.waitForClose();
const closes = async (link: PeerLink): Promise<void> => (await link.finish(), await link.waitForClose());

function v2Peer(name: string, parts: readonly V2Part[], expected: ExpectedRecord): HostilePeer {
  const settings = expected.error?.code === "timeout" ? V2_ENDLESS : V2;
  return { name: `in v2, ${name}`, script: speaking(parts, waits), settings, expected };
}

/** A peer that comes so far and then falls silent, ends its stream or resets. */
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
      // What came before a reset is still read, but the session that it opens may be answered in vain.
      script: speaking(parts, async (link) => (await link.wait(100), link.reset())),
      resets: true,
      settings: V2,
      expected: fails("connection_reset", phase, record),
    },
  ];
}

const ENDINGS: readonly HostilePeer[] = [
  ...endings("behind the first byte of its key", [firstOf(1, key)], "transport", NO_SESSION),
  ...endings("before the last byte of its key", [firstOf(63, key)], "transport", NO_SESSION),
  ...endings("behind its key", [key], "transport", NO_SESSION),
  ...endings("in its garbage", [key, garbage(50)], "transport", NO_SESSION),
  ...endings("in its garbage terminator", [key, garbage(50), firstOf(15, terminator)], "transport", NO_SESSION),
  ...endings("behind its garbage terminator", [key, garbage(50), terminator], "transport", NO_SESSION),
  ...endings("behind a decoy", [key, garbage(50), terminator, decoy(9)], "transport", NO_SESSION),
  ...endings(
    "before the last byte of its version packet",
    [key, garbage(50), terminator, firstOf(-1, versionPacket)],
    "transport",
    NO_SESSION,
  ),
  ...endings("behind its version packet", OPENING, "version", UNKNOWN),
  ...endings("before the last byte of its version", [...OPENING, firstOf(-1, theVersion)], "version", UNKNOWN),
  ...endings("behind its version", [...OPENING, theVersion], "verack", KNOWN),
  ...endings("before the last byte of its verack", [...OPENING, theVersion, firstOf(-1, theVerack)], "verack", KNOWN),
];

const broken = (record: Partial<PeerRecord>): ExpectedRecord => fails("v2_protocol_error", "transport", record);

/** More than there may be in front of a garbage terminator. */
const TOO_MUCH = plain(new Uint8Array(4095 + 16));

/** As much as any length that may be announced, for where it is a matter of chance which one is. */
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
  v2Peer("leaves its garbage terminator out", [key, TOO_MUCH], broken(NO_SESSION)),
  v2Peer("sends a byte of garbage too many", [key, garbage(4096), terminator, versionPacket], broken(NO_SESSION)),
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
  v2Peer("makes a decoy of its version", [...OPENING, damaged(theVersion, 3, 7), theVerack], broken(UNKNOWN)),
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
  v2Peer("announces a packet of a byte too many", [...OPENING, firstOf(3, decoy(4_000_014))], broken(UNKNOWN)),
  v2Peer("leaves a packet out", [...OPENING, firstOf(0, decoy()), theVersion, ANY_LENGTH], broken(UNKNOWN)),
  v2Peer(
    "sends a byte between two packets",
    [...OPENING, plain("x"), theVersion, ANY_LENGTH],
    broken(UNKNOWN),
  ),
  v2Peer(
    "speaks v1 within v2's session",
    [...OPENING, theVersion, plain(new Uint8Array(24)), ANY_LENGTH],
    broken(KNOWN),
  ),
];

const FLOODS: readonly HostilePeer[] = [
  v2Peer("sends all the garbage that there may be", [
    key,
    garbage(4095),
    terminator,
    versionPacket,
    theVersion,
    theVerack,
  ], succeeds(BOTH, IN_V2)),
  v2Peer("sends no garbage", [key, terminator, versionPacket, theVersion, theVerack], succeeds(BOTH, IN_V2)),
  v2Peer(
    "sends decoys wherever they can be",
    [key, garbage(9), terminator, decoy(), decoy(100_000), versionPacket, decoy(1), theVersion, decoy(2), theVerack],
    succeeds(BOTH, IN_V2),
  ),
  v2Peer(
    "sends a decoy as long as it may be",
    [...OPENING, decoy(4_000_013), theVersion, theVerack],
    succeeds(BOTH, IN_V2),
  ),
  v2Peer(
    "sends decoys for ever, before its version packet",
    [key, terminator, ...Array(10_001).fill(decoy())],
    fails("message_flood", "transport", NO_SESSION),
  ),
  v2Peer(
    "sends decoys for ever, behind its version",
    [...OPENING, theVersion, ...Array(10_001).fill(decoy())],
    fails("message_flood", "verack", KNOWN),
  ),
  v2Peer(
    "sends decoys of 20 megabytes",
    [...OPENING, ...Array(5).fill(decoy(4_000_000))],
    fails("message_flood", "version", UNKNOWN),
  ),
];

/** The v2 transport broken. */
export const V2_PEERS: readonly HostilePeer[] = [...ENDINGS, ...DAMAGE, ...FLOODS];
