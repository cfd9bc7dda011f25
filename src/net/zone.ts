/**
 * Errors of the network interface of a link-local address.
 *
 * @module
 */

import { zoneOf } from "../address/host.ts";
import { DialError } from "./errors.ts";

/** The error of a connect, naming the interface when the host has a zone. */
export function throughZone(error: unknown, host: string): unknown {
  const zone = zoneOf(host);
  if (zone === undefined || !(error instanceof Error)) return error;
  // Deno lets the system look up the interface; glibc asks a name server if it finds none.
  if (/failed to lookup address/.test(error.message)) {
    return new DialError("host_unreachable", `this machine has no network interface ${zone}`, { cause: error });
  }
  if (!(error instanceof DialError && ["host_unreachable", "timeout"].includes(error.code))) return error;
  return new DialError(error.code, `${error.message} (through interface ${zone})`, { cause: error });
}
