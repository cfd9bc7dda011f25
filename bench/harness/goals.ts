/**
 * The goals: comparisons with other programs on the same machine, and limits on memory and latency.
 *
 * @module
 */

import type { Goal } from "./table.ts";

/** Rates of whole processes, including start-up, relative to the bare loop with digests. */
export const SPEED_5000: Goal = {
  what: "handshakes per second, 5,000 peers, against the bare loop with digests",
  unit: "",
  good: "high",
  target: 0.9,
  further: 1,
};

/** As {@linkcode SPEED_5000}. */
export const SPEED_20000: Goal = {
  ...SPEED_5000,
  what: "handshakes per second, 20,000 peers, against the bare loop with digests",
};

/** Times of whole processes. */
export const RUST: Goal = {
  what: "wall time, 5,000 peers, against the Rust program",
  unit: "",
  good: "low",
  target: 1.33,
  further: 1,
};

/** Of the program's process, all threads together. */
export const PROCESSOR: Goal = {
  what: "processor time per peer, 20,000 peers",
  unit: "µs",
  good: "low",
  target: 200,
  further: 150,
};

/** As {@linkcode PROCESSOR}, with a second connection for each peer. */
export const PROCESSOR_FALLBACK: Goal = {
  what: "processor time per peer, 5,000 peers, auto falling back to v1",
  unit: "µs",
  good: "low",
  target: 700,
  further: 500,
};

/** Of the program's process, with as many handshakes in flight either way. */
export const PROXY: Goal = {
  what: "processor time, 5,000 peers, through a SOCKS5 proxy against directly",
  unit: "",
  good: "low",
  target: 1.4,
  further: 1.2,
};

/** Of the process of the program. */
export const MEMORY: Goal = {
  what: "peak memory, 20,000 peers, concurrency 512",
  unit: "MB",
  good: "low",
  target: 120,
  further: 90,
};

/** Of the process of the program. */
export const SILENT_MEMORY: Goal = {
  what: "peak memory, 10,000 silent peers all in flight",
  unit: "MB",
  good: "low",
  target: 200,
  further: 150,
};

/** Without the time for a single peer, which is that of the start. */
export const COST: Goal = {
  what: "time per peer at 20,000 against 1,000",
  unit: "",
  good: "low",
  target: 1.1,
  further: 1,
};

/** Times of whole processes. */
export const START_UP: Goal = {
  what: "start-up, --version against an empty file",
  unit: "",
  good: "low",
  target: 1.3,
  further: 1.1,
};

/** Times of whole processes; with `--quiet` only two lines are written. */
export const NDJSON: Goal = {
  what: "time, 10,000 peers, ndjson against --quiet",
  unit: "",
  good: "low",
  target: 1.15,
  further: 1.05,
};

/** From just before the peer's whole answer is sent until its record has been read from a pipe. */
export const FIRST_RECORD: Goal = {
  what: "time from a peer's answer to its record",
  unit: "ms",
  good: "low",
  target: 5,
  further: 1,
};

/** Rates of the processor time, in processes that do nothing else. */
export const FRONTIER_SPEED: Goal = {
  what: "addresses that a crawl takes in per second, a million known, against a plain Map",
  unit: "",
  good: "high",
  target: 4,
  further: 6,
};

/** Three million in a second. */
export const FRONTIER_TIME: Goal = {
  what: "processor time to take in 1,000 addresses, a million known",
  unit: "µs",
  good: "low",
  target: 333,
  further: 250,
};

/** What is in use, without what could be given back. */
export const FRONTIER_MEMORY: Goal = {
  what: "memory of a million addresses",
  unit: "MB",
  good: "low",
  target: 100,
  further: 80,
};

/** Of whole processes, user and system time of all threads. */
export const CRAWL_TIME: Goal = {
  what: "processor time of a crawl, 20,000 live nodes and 200,000 dead addresses, against a scan of all of these",
  unit: "",
  good: "low",
  target: 1.6,
  further: 1.3,
};

/** Of the process of the program. */
export const CRAWL_MEMORY: Goal = {
  what: "peak memory of this crawl",
  unit: "MB",
  good: "low",
  target: 250,
  further: 200,
};
