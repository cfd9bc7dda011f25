/**
 * Which targets of a scan shook hands.
 *
 * @module
 */

import { formatAddress, ipAddress } from "../address/address.ts";
import { tally } from "../audit/statistics.ts";
import type { ErrorCode } from "../net/errors.ts";
import { parseTarget } from "../scan/target.ts";
import type { AnyRecord } from "./records.ts";

/** How a target did. */
export interface TargetOutcome {
  /** Whether one of its peers shook hands. */
  readonly success: boolean;
  /** The error of its name, or the most frequent one of its peers; `null` if it succeeded or has no peer. */
  readonly code: ErrorCode | null;
}

interface Found {
  nameError: ErrorCode | null;
  readonly addrs: Set<string>;
}

/** Collects the outcomes of all targets. */
export class TargetOutcomes {
  readonly #defaultPort: number;
  readonly #targets = new Map<string, Found>();
  /** A peer that several targets name has one record, with the first of them. */
  readonly #peers = new Map<string, ErrorCode | null>();

  /** Without targets yet; `defaultPort` is the port of those without one. */
  constructor(defaultPort: number) {
    this.#defaultPort = defaultPort;
  }

  /** Takes a record; only names and peers count. */
  add(record: AnyRecord): void {
    if (record.type !== "seed" && record.type !== "peer") return;
    const found = this.#targets.get(record.target) ?? { nameError: null, addrs: new Set() };
    this.#targets.set(record.target, found);
    if (record.type === "peer") {
      found.addrs.add(record.addr);
      this.#peers.set(record.addr, record.error?.code ?? null);
      return;
    }
    found.nameError = record.error?.code ?? null;
    const port = parseTarget(record.target).port ?? this.#defaultPort;
    for (const host of record.addresses) found.addrs.add(formatAddress(ipAddress(host, port)));
  }

  /** How each target did, by its text as given, in the order of the first records. */
  outcomes(): ReadonlyMap<string, TargetOutcome> {
    return new Map([...this.#targets].map(([target, found]) => [target, this.#outcomeOf(found)]));
  }

  #outcomeOf({ nameError, addrs }: Found): TargetOutcome {
    const codes = [...addrs].map((addr) => this.#peers.get(addr)).filter((code) => code !== undefined);
    if (codes.includes(null)) return { success: true, code: null };
    const [[code] = [null]] = tally(codes);
    return { success: false, code: nameError ?? code };
  }
}
