/**
 * One point of the curve: a scan with one concurrency and one distance of the peers.
 *
 * @module
 */

import type { ScanRecord } from "../../src/report/records.ts";
import type { PeerRecord } from "../../src/report/records/peer.ts";
import { run } from "./child.ts";
import type { Commands } from "./commands.ts";
import { median, quantile } from "./statistics.ts";

/** The coordinates of a point. */
export interface Place {
  /** The round-trip time to the peers, in milliseconds. */
  readonly roundTrip: number;
  /** How many handshakes are in flight. */
  readonly concurrency: number;
}

/** A point with its measurements. */
export interface Point extends Place {
  /** How many peers were scanned. */
  readonly peers: number;
  /** How many handshakes succeeded. */
  readonly success: number;
  /** Successful handshakes per second, not counting the time of the start. */
  readonly rate: number;
  /** The 90th percentile of the handshake times, in milliseconds. */
  readonly slowest: number;
  /** The peak memory of the process, in megabytes; `null` if the system does not say. */
  readonly memory: number | null;
}

/** A handshake takes two round trips: the connect, and the two versions. */
const ROUND_TRIPS = 2;

/** About how long the scan of a point takes if only the distance limits its speed, in seconds. */
const SECONDS = 4;

/** How many peers to scan: `most`, or as many as the distance allows in that time. */
export function peersAt({ roundTrip, concurrency }: Place, most: number): number {
  return Math.min(most, Math.ceil(SECONDS * 1000 / (ROUND_TRIPS * roundTrip) * concurrency));
}

/** Scans `peers` peers of a fleet on `port`, which must have the round trip of `place`. */
export async function measurePoint(commands: Commands, port: number, place: Place, peers: number): Promise<Point> {
  const concurrency = String(place.concurrency);
  const { stdout, peakMemory } = await run(
    commands.scan(port, peers, "--format", "ndjson", "--timeout", "60", "--concurrency", concurrency),
  );
  const records = stdout.trimEnd().split("\n").map((line): ScanRecord => JSON.parse(line));
  const summary = records.find((record) => record.type === "summary");
  if (summary === undefined) throw new Error(`Expected a summary, got ${stdout.slice(-1000)}`);
  const times = records.filter((record): record is PeerRecord => record.type === "peer" && record.success)
    .map(({ handshake_ms }) => handshake_ms);
  const { success, elapsed_ms } = summary;
  const rate = success / elapsed_ms * 1000;
  return { ...place, peers, success, rate, slowest: quantile(times, 0.9), memory: peakMemory };
}

/**
 * The medians of repeated measurements at one place.
 *
 * @throws {RangeError} when there are no points.
 */
export function medianPoint(points: readonly Point[]): Point {
  const [first] = points;
  if (first === undefined) throw new RangeError("Expected one point or more, got none");
  const middle = (key: "success" | "rate" | "slowest") => median(points.map((point) => point[key]));
  const memories = points.flatMap(({ memory }) => memory ?? []);
  return {
    ...first,
    success: middle("success"),
    rate: middle("rate"),
    slowest: middle("slowest"),
    memory: memories.length === 0 ? null : median(memories),
  };
}
