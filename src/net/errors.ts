/**
 * What can go wrong with a peer or a name: a stable code, the phase, and a message.
 *
 * @module
 */

import { HandshakeError, type HandshakeErrorCode } from "../handshake/errors.ts";
import { TransportError, type TransportErrorCode } from "../transport/errors.ts";
import { escapeText } from "../wire/escape.ts";

/**
 * What the operating system, or Deno, said of a connection:
 *
 * - `connection_refused`, `connection_reset`: the peer's machine said so;
 * - `host_unreachable`: no way to the host or its network, or an address nobody can have;
 * - `connection_failed`: anything else that the operating system says, in its words;
 * - `timeout`: the deadline passed;
 * - `permission_denied`: Deno refused the access.
 */
export type DialErrorCode =
  | "connection_refused"
  | "connection_reset"
  | "host_unreachable"
  | "connection_failed"
  | "timeout"
  | "permission_denied";

/** What became of a name: no address, no answer in time, any other failure, or Deno refused the access. */
export type DnsErrorCode = "dns_not_found" | "dns_timeout" | "dns_failure" | "permission_denied";

/** Every code of a {@linkcode Failure}. `internal` is a bug in this program, never a peer's doing. */
export type ErrorCode = DialErrorCode | DnsErrorCode | TransportErrorCode | HandshakeErrorCode | "internal";

/** Where an error happened; `transport` is the time from the connect to the v2 session. */
export type ErrorPhase = "dns" | "connect" | "transport" | "version" | "verack";

/** Why a handshake or the resolution of a name failed. */
export interface Failure {
  /** The stable name of the reason. */
  readonly code: ErrorCode;
  /** Where it happened. */
  readonly phase: ErrorPhase;
  /** What was expected, what came, and what to do about it; every character shows, whoever wrote it. */
  readonly message: string;
}

/** A connection that could not be made, or broke. */
export class DialError extends Error {
  /** Always `DialError`. */
  override readonly name = "DialError";
  /** The stable name of the reason. */
  readonly code: DialErrorCode;

  /** Makes the error. */
  constructor(code: DialErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A name that could not be resolved. */
export class DnsError extends Error {
  /** Always `DnsError`. */
  override readonly name = "DnsError";
  /** The stable name of the reason. */
  readonly code: DnsErrorCode;

  /** Makes the error. */
  constructor(code: DnsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What failed with an error; whatever is none of ours is `internal`. */
export function toFailure(error: unknown, phase: ErrorPhase): Failure {
  if (
    error instanceof DialError || error instanceof DnsError || error instanceof TransportError ||
    error instanceof HandshakeError
  ) {
    return { code: error.code, phase, message: escapeText(error.message) };
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: "internal", phase, message: `A bug in this program, please report it: ${escapeText(message)}` };
}

/** What the names of the operating system's errors mean; any other one is `connection_failed`. */
const OS_ERRORS: ReadonlyMap<string, readonly [DialErrorCode, string]> = new Map([
  ["ECONNREFUSED", ["connection_refused", "connection refused"]],
  ["ECONNRESET", ["connection_reset", "connection reset by peer"]],
  ["ECONNABORTED", ["connection_reset", "connection aborted"]],
  ["EPIPE", ["connection_reset", "connection closed by peer while sending"]],
  ["ETIMEDOUT", ["timeout", "connection timed out"]],
  ["EHOSTUNREACH", ["host_unreachable", "no route to host"]],
  ["EHOSTDOWN", ["host_unreachable", "host is down"]],
  ["ENETUNREACH", ["host_unreachable", "network is unreachable"]],
  ["ENETDOWN", ["host_unreachable", "network is down"]],
  ["EACCES", ["host_unreachable", "the operating system does not let us connect there"]],
  ["EPERM", ["host_unreachable", "the operating system does not let us connect there"]],
  ["EINVAL", ["host_unreachable", "the operating system takes this for no address to connect to"]],
  ["EADDRNOTAVAIL", ["host_unreachable", "no local address to connect from"]],
  ["EAFNOSUPPORT", ["host_unreachable", "this machine has no such address family"]],
]);

/** What `awaited` did not come within so many milliseconds. */
export function timeoutError(awaited: string, milliseconds: number): DialError {
  return new DialError("timeout", `no ${awaited} within ${milliseconds / 1000} s`);
}

/** The {@linkcode DialError} that an error of `Deno.connect`, `read` or `write` means; any other value as it is. */
export function toDialError(error: unknown): unknown {
  if (error instanceof Deno.errors.NotCapable) {
    return new DialError("permission_denied", `${error.message.split(",")[0]}: run again with --allow-net`, {
      cause: error,
    });
  }
  const osCode = osErrorCode(error);
  if (osCode === "" || error instanceof DialError || !(error instanceof Error)) return error;
  const words = `the operating system says: ${error.message === "" ? osCode : error.message}`;
  const [code, message] = OS_ERRORS.get(osCode) ?? ["connection_failed", words];
  return new DialError(code, message, { cause: error });
}

/** What Deno calls errors of the operating system by, where it gives no code with them. */
const NAMES_IN_DENO: ReadonlyMap<string, string> = new Map([
  ["AddrInUse", "EADDRINUSE"],
  ["AddrNotAvailable", "EADDRNOTAVAIL"],
  ["BrokenPipe", "EPIPE"],
  ["ConnectionAborted", "ECONNABORTED"],
  ["ConnectionRefused", "ECONNREFUSED"],
  ["ConnectionReset", "ECONNRESET"],
  ["NetworkUnreachable", "ENETUNREACH"],
  ["NotConnected", "ENOTCONN"],
  ["PermissionDenied", "EACCES"],
  ["TimedOut", "ETIMEDOUT"],
]);

/** Deno knows no name for ENFILE, which has this number wherever it is. */
const ENFILE = "23";

/**
 * The operating system's name for an error, such as `ECONNRESET`, or `os error 92` where Deno has no name for it; empty
 * when it is none of its errors.
 */
export function osErrorCode(error: unknown): string {
  if (!(error instanceof Error)) return "";
  // Windows has the same names, with `WSA` before them. A name with an underscore is one of Node's, for a wrong argument.
  const code = "code" in error && typeof error.code === "string" ? error.code.replace(/^WSA/, "") : "";
  if (/^E[A-Z0-9]+$/.test(code)) return code;
  const number = /\(os error (-?\d+)\)/.exec(error.message)?.[1];
  if (number === ENFILE) return "ENFILE";
  return NAMES_IN_DENO.get(error.name) ?? (number === undefined ? "" : `os error ${number}`);
}

/** Whether a write has failed because the peer has gone: what it said before may still be there to read. */
export function isPeerGone(error: unknown): boolean {
  return ["ECONNRESET", "ECONNABORTED", "EPIPE"].includes(osErrorCode(error));
}
