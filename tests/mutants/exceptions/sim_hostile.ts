import type { Exception } from "../exception.ts";

const CASES =
  "test cases: what a number decides stands beside it as what must come of it, and other sizes and bytes do as well";

/** The tables of hostile peers, proxies and answers, by file. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  "answers/endings.ts": ["MOMENT", "inv", "itself", "WITHOUT", "CLOSED", "SEVERAL", "WANTS_SOMETHING"],
  "answers/malformed.ts": ["sized", "LENGTHS", "COUNTS", "COMPACT_SIZES", "CUT", "AFTER_GOOD"],
  "answers/readable.ts": ["ALL_ONES", "skippedAlone", "SKIPPED", "NETWORKS", "FIELDS", "SHAPES"],
  "answers/v2.ts": ["thousand", "two", "V2_ANSWERS"],
  "checksums.ts": ["CHECKSUMS"],
  "endings.ts": ["inv", "KNOWN", "EARLY", "LATE", "SLOW"],
  "foreign.ts": ["MAGIC", "PROTOCOLS", "STRANGERS", "noise"],
  "negotiation.ts": ["second", "ORDERS", "NAMES"],
  "not_v2.ts": ["V2_ENDLESS", "AUTO_ENDLESS", "STRANGERS", "NOT_V2"],
  "pings.ts": ["PINGS"],
  "rejections.ts": ["REFUSALS"],
  "sam.ts": ["SESSIONS", "MALFORMED"],
  "sam_lines.ts": ["AFTERWARDS", "BYTE_BY_BYTE", "CUTS", "QUOTING", "SILENT", "drips"],
  "socks5.ts": ["MEGABYTES", "METHODS", "STRANGERS", "REPLY_FAULTS", "REPLY", "OUTSIDE", "INSIDE"],
  "socks5_replies.ts": ["CODES", "FAILURES", "BOUND", "FORMS", "CUTS", "WAITING_PEERS", "PEERS", "AFTERWARDS"],
  "streams.ts": ["CUTS", "STREAMS"],
  "turning.ts": ["SERVED", "TURNING_PROXIES"],
  "v2.ts": ["V2_ENDLESS", "ENDINGS", "endings", "TOO_MUCH", "ANY_LENGTH", "DAMAGE", "FLOODS"],
  "v2_parts.ts": ["OPENING"],
  "versions.ts": ["NOW", "ACCEPTED", "OBSOLETE", "USER_AGENTS", "CUT", "LENGTHS"],
};

/** Those of them in which something ends before its last byte. */
const CUT_SHORT: Readonly<Record<string, readonly string[]>> = {
  "answers/endings.ts": ["CLOSED"],
  "answers/malformed.ts": ["CUT"],
  "endings.ts": ["EARLY", "LATE"],
};

/** The mutants of `src/sim/hostile/` that may survive. */
export const SIM_HOSTILE: readonly Exception[] = [
  {
    file: "src/sim/hostile/answers/answer.ts",
    place: "asked",
    changes: ["70016 -> 70017 #1"],
    reason: "a node of either version is recent",
  },
  {
    file: "src/sim/hostile/answers/endings.ts",
    place: "CLOSED",
    changes: ["2 * MOMENT -> 2 / MOMENT"],
    reason: "the pause only makes sure that all has been read before the reset",
  },
  {
    file: "src/sim/hostile/answers/endings.ts",
    place: "SEVERAL",
    changes: ["6 * MOMENT -> 6 / MOMENT"],
    reason: "any answer that comes in time counts, however long it takes",
  },
  {
    file: "src/sim/hostile/answers/readable.ts",
    place: "FIELDS",
    changes: ["Number(NOW) + 86_400 -> Number(NOW) - 86_400"],
    reason: "an address counts whenever it was last seen",
  },
  {
    file: "src/sim/hostile/answers/readable.ts",
    place: "SKIPPED",
    changes: ["i % 248 -> i * 248"],
    reason: "these are unknown networks too",
  },
  {
    file: "src/sim/hostile/negotiation.ts",
    place: "ORDERS",
    changes: ["true -> false"],
    reason: "a second version is ignored whatever its checksum",
  },
  {
    file: "src/sim/hostile/negotiation.ts",
    place: "NEGOTIATION",
    changes: ["1n -> 2n", "1n -> 0n"],
    reason: "a message that is ignored may have any payload",
  },
  {
    file: "src/sim/hostile/rejections.ts",
    place: "REJECTIONS",
    changes: ['phase === "verack" -> false'],
    reason:
      "what a reset meets on its way is up to chance, and hearing our verack first only makes it the same each time",
  },
  {
    file: "src/sim/hostile/resetting_peer.ts",
    place: "ResettingPeer.start",
    changes: ["true -> false #1"],
    reason: "sending small segments at once only saves time",
  },
  {
    file: "src/sim/hostile/resetting_peer.ts",
    place: "ResettingPeer.start",
    changes: ['server.once("error", reject)'],
    reason: "listening on a free port of loopback does not fail",
  },
  {
    file: "src/sim/hostile/resetting_peer.ts",
    place: "ResettingPeer.#serve",
    changes: ["await ended", "this.#sockets.delete(socket)"],
    reason: "the server waits for its sockets too, and one that is closed can be closed again",
  },
  {
    file: "src/sim/hostile/resetting_peer.ts",
    place: "NodeConnection.read",
    changes: ["null -> Promise.resolve(null)"],
    reason: "a promise of nothing is awaited like nothing",
  },
  {
    file: "src/sim/hostile/resetting_peer.ts",
    place: "NodeConnection.remoteAddr",
    changes: ["0 -> 1"],
    reason: "a connection has a port",
  },
  {
    file: "src/sim/hostile/resetting_peer.ts",
    place: "NodeConnection.setNoDelay",
    reason: "the server's sockets send small segments at once already",
  },
  {
    file: "src/sim/hostile/steps.ts",
    place: "CUT_PAUSE",
    reason: "any pause will do in which the reader can read",
  },
  {
    file: "src/sim/hostile/steps.ts",
    place: "AGES",
    reason: "longer than any timeout is long enough",
  },
  {
    file: "src/sim/hostile/limits.ts",
    place: "MAX_BUFFERED",
    reason: "a message that is ignored may be of any size up to 4 MB",
  },
  {
    file: "src/sim/hostile/limits.ts",
    place: "inv",
    reason: "a message that is ignored may have any payload",
  },
  {
    file: "src/sim/hostile/limits.ts",
    place: "SIZES",
    changes: ["0xffff_ffff -> 0xfffffffe", "0x8000_0000 -> 0x80000001", "0x8000_0000 -> 0x7fffffff"],
    reason: "a byte of gigabytes does not matter",
  },
  {
    file: "src/sim/hostile/limits.ts",
    place: "COUNTS",
    changes: ["0 -> 1", "100 -> 101", "100 -> 99", "5 -> 6", "5 -> 4"],
    reason: "how many messages are sent at once, and how many are a few, is as good one more or less",
  },
  {
    file: "src/sim/hostile/checksums.ts",
    place: "CHECKSUMS",
    changes: ["VERSION_SIZE - 1 -> VERSION_SIZE + 1"],
    reason: "the checksum of a payload with a byte more is as wrong as that with a byte less",
  },
  {
    file: "src/sim/hostile/limits.ts",
    place: "PATIENT",
    reason: "any time will do that is long enough for megabytes",
  },
  {
    file: "src/sim/hostile/parts.ts",
    place: "FIXED_FIELDS_SIZE",
    reason: "the room left is not part of the payload",
  },
  {
    file: "src/sim/hostile/parts.ts",
    place: "message",
    changes: ["16 -> 15"],
    reason: "the last byte of the type is zero already",
  },
  ...Object.entries(CUT_SHORT).flatMap(([file, places]) =>
    places.map((place): Exception => ({
      file: `src/sim/hostile/${file}`,
      place,
      changes: ["-1 -> 1"],
      reason: "what ends after its first byte has no end, like what lacks its last",
    }))
  ),
  ...Object.entries(TABLES).flatMap(([file, places]) =>
    places.map((place): Exception => ({ file: `src/sim/hostile/${file}`, place, operator: "number", reason: CASES }))
  ),
];
