/**
 * A run as the check of a monitoring system: one line with a state.
 *
 * @module
 */

import { OWN_ERRORS } from "../net/errors.ts";
import { AuditCheck } from "./check/audit.ts";
import { checkLine, type ServiceState, unknownFinding } from "./check/line.ts";
import { ScanCheck } from "./check/scan.ts";
import type { RunKind } from "./openmetrics.ts";
import type { AnyRecord } from "./records.ts";
import type { ErrorRecord } from "./records/error.ts";

/** The state after a run, and the line that says it. */
export interface CheckResult {
  /** The state. */
  readonly state: ServiceState;
  /** The line, without its line end. */
  readonly line: string;
}

/** Takes the records of a run, and checks them. */
export class RunCheck {
  readonly #check: ScanCheck | AuditCheck;
  #ownFailure: string | null = null;
  #interrupted = false;

  /** The check of a run of this kind; `port` is that of targets without one. */
  constructor(kind: RunKind, port: number) {
    this.#check = kind === "scan" ? new ScanCheck(port) : new AuditCheck();
  }

  /** Takes a record. */
  add(record: AnyRecord): void {
    this.#check.add(record);
    if (record.type === "summary") this.#interrupted = record.interrupted;
    for (const { code, message } of errorsOf(record)) {
      if (OWN_ERRORS.has(code)) this.#ownFailure ??= message;
    }
  }

  /** The result; `failure` says why the run was not what it should have been, if so. */
  result(failure: string | null): CheckResult {
    const unknown = this.#ownFailure ?? (this.#interrupted ? "interrupted before all peers were done" : failure);
    const finding = unknown === null ? this.#check.finding() : unknownFinding(unknown);
    return { state: finding.state, line: checkLine(finding) };
  }
}

function errorsOf(record: AnyRecord): ErrorRecord[] {
  if (record.type === "seed" || record.type === "peer") return record.error === null ? [] : [record.error];
  return record.type === "audit" ? record.queries.flatMap(({ error }) => error ?? []) : [];
}
