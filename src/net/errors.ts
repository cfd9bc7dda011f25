/**
 * What can go wrong with a peer or a name: a stable code, the phase, and a message.
 *
 * @module
 */

import { HandshakeError, type HandshakeErrorCode } from "../handshake/errors.ts";
import { TransportError, type TransportErrorCode } from "../transport/errors.ts";
import { escapeText } from "../wire/escape.ts";

/**
 * Why a connection failed, according to the operating system, Deno or a proxy:
 *
 * - `connection_refused`, `connection_reset`: by the peer's machine;
 * - `host_unreachable`: no route to the host or its network, or an address that no host can have;
 * - `connection_failed`: any other error of the operating system, in its words;
 * - `timeout`: the deadline passed;
 * - `permission_denied`: Deno refused the access;
 * - `proxy_unreachable`: the proxy or bridge refuses connections, closes them or is silent;
 * - `proxy_refused`: it does not speak SOCKS5 or SAM, requires another login, or does not allow the connection;
 * - `not_found`: there is no such onion or I2P service;
 * - `unauthorized`: the onion service requires a key;
 * - `proxy_failure`: any other error of the proxy.
 */
export type DialErrorCode =
  | "connection_refused"
  | "connection_reset"
  | "host_unreachable"
  | "connection_failed"
  | "timeout"
  | "permission_denied"
  | "proxy_unreachable"
  | "proxy_refused"
  | "not_found"
  | "unauthorized"
  | "proxy_failure";

/** Why a name was not resolved: no address, no answer in time, any other failure, or Deno refused the access. */
export type DnsErrorCode = "dns_not_found" | "dns_timeout" | "dns_failure" | "permission_denied";

/** Every code of a {@linkcode Failure}. `internal` is a bug in this program, never a peer's doing. */
export type ErrorCode = DialErrorCode | DnsErrorCode | TransportErrorCode | HandshakeErrorCode | "internal";

/** Our own proxy or bridge failed, so that the peer was not tried. */
export const PROXY_ERRORS: ReadonlySet<ErrorCode> = new Set(["proxy_unreachable", "proxy_refused"]);

/** A permission or this program failed, which says nothing about any peer. */
export const OWN_ERRORS: ReadonlySet<ErrorCode> = new Set(["permission_denied", "internal"]);

/**
 * Where an error happened; `proxy` is everything between us and the proxy, up to the connection to the peer;
 * `transport` is from the connect to the v2 session.
 */
export type ErrorPhase = "dns" | "connect" | "proxy" | "transport" | "version" | "verack";

/** Why a handshake or the resolution of a name failed. */
export interface Failure {
  /** The stable name of the reason. */
  readonly code: ErrorCode;
  /** Where it happened. */
  readonly phase: ErrorPhase;
  /** What was expected, what came, and what to do about it; unprintable characters are escaped. */
  readonly message: string;
  /** `true` if the operating system says that this machine has no route there; absent otherwise. */
  readonly noRoute?: true;
}

/** A connection that could not be established, or broke. */
export class DialError extends Error {
  /** Always `DialError`. */
  override readonly name = "DialError";
  /** The stable name of the reason. */
  readonly code: DialErrorCode;
  /** Whether the operating system says that this machine has no route there. */
  readonly noRoute: boolean;

  /** Makes the error. */
  constructor(code: DialErrorCode, message: string, options: ErrorOptions & { readonly noRoute?: boolean } = {}) {
    super(message, options);
    this.code = code;
    this.noRoute = options.noRoute ?? false;
  }
}

/** A way that was lost but can be set up again, after which the connection is worth another try. */
export class WayLostError extends DialError {}

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

/** The failure that an error stands for; any error that is not one of ours is `internal`. */
export function toFailure(error: unknown, phase: ErrorPhase): Failure {
  if (
    error instanceof DialError || error instanceof DnsError || error instanceof TransportError ||
    error instanceof HandshakeError
  ) {
    const failure = { code: error.code, phase, message: escapeText(error.message) };
    return error instanceof DialError && error.noRoute ? { ...failure, noRoute: true } : failure;
  }
  const message = escapeText(String(error));
  return { code: "internal", phase, message: `A bug in this program, please report it: ${message}` };
}

/** What the operating system's error names mean; any other is `connection_failed`. */
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
  ["EACCES", ["host_unreachable", "the operating system does not allow this connection"]],
  ["EPERM", ["host_unreachable", "the operating system does not allow this connection"]],
  ["EINVAL", ["host_unreachable", "the operating system cannot connect to such an address"]],
  ["EADDRNOTAVAIL", ["host_unreachable", "no local address to connect from"]],
  ["EAFNOSUPPORT", ["host_unreachable", "this machine does not support this address family"]],
]);

/**
 * What the operating system says when this machine has no route to an address. Not `EHOSTUNREACH` and `EACCES`, which
 * are mostly the word of a router on the way; `ENETUNREACH` can be that too.
 */
const NO_ROUTE: ReadonlySet<string> = new Set(["ENETUNREACH", "ENETDOWN", "EPERM", "EADDRNOTAVAIL", "EAFNOSUPPORT"]);

/** `awaited` did not come within `milliseconds`. */
export function timeoutError(awaited: string, milliseconds: number): DialError {
  return new DialError("timeout", `no ${awaited} within ${milliseconds / 1000} s`);
}

/** The {@linkcode DialError} for an error of `Deno.connect`, `read` or `write`; any other value unchanged. */
export function toDialError(error: unknown): unknown {
  if (error instanceof Deno.errors.NotCapable) {
    return new DialError("permission_denied", `${error.message.split(",")[0]}: run again with --allow-net`, {
      cause: error,
    });
  }
  const osCode = osErrorCode(error);
  if (osCode === "" || !(error instanceof Error)) return error;
  const words = `the operating system says: ${error.message === "" ? osCode : error.message}`;
  const [code, message] = OS_ERRORS.get(osCode) ?? ["connection_failed", words];
  return new DialError(code, message, { cause: error, noRoute: NO_ROUTE.has(osCode) });
}

/** Deno's names for operating system errors to which it attaches no code. */
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

/** Deno has no name for ENFILE, which has this number on every system that has it. */
const ENFILE = "23";

/**
 * The operating system's name for an error, such as `ECONNRESET`, or `os error 92` if Deno has no name for it; empty if
 * it is not an operating system error.
 */
export function osErrorCode(error: unknown): string {
  // What a bridge says can look like the system's words.
  if (!(error instanceof Error) || error instanceof DialError) return "";
  // Windows prefixes the same names with `WSA`. A name with an underscore is one of Node's, for a wrong argument.
  const code = "code" in error && typeof error.code === "string" ? error.code.replace(/^WSA/, "") : "";
  if (/^E[A-Z0-9]+$/.test(code)) return code;
  const number = /\(os error (-?\d+)\)/.exec(error.message)?.[1];
  if (number === ENFILE) return "ENFILE";
  return NAMES_IN_DENO.get(error.name) ?? (number === undefined ? "" : `os error ${number}`);
}

/** Whether a write failed because the peer is gone: what it sent before may still be there to read. */
export function isPeerGone(error: unknown): boolean {
  return ["ECONNRESET", "ECONNABORTED", "EPIPE"].includes(osErrorCode(error));
}
