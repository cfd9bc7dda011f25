import type { Exception } from "../exception.ts";

const RACE = "only a connection that is accepted at this very moment would be missed";

const CASES =
  "test cases: what a number decides stands beside it as what must come of it, and other sizes and bytes do as well";

/** The tables of hostile peers, proxies and answers, by file. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  "answers/endings.ts": ["MOMENT", "inv", "itself", "WITHOUT", "CLOSED", "SEVERAL", "WANTS_SOMETHING"],
  "answers/malformed.ts": ["LENGTHS", "COUNTS", "COMPACT_SIZES", "CUT", "AFTER_GOOD"],
  "answers/readable.ts": ["ALL_ONES", "SKIPPED", "NETWORKS", "FIELDS", "SHAPES"],
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

/** The mutants of `src/sim/` that may survive. */
export const SIM: readonly Exception[] = [
  ...Object.entries(TABLES).flatMap(([file, places]) =>
    places.map((place): Exception => ({ file: `src/sim/hostile/${file}`, place, operator: "number", reason: CASES }))
  ),
];
