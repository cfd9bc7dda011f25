/**
 * Targets as people write them: a DNS name, `name:port`, `1.2.3.4[:port]`, `2001:db8::1`, `[2001:db8::1]:port`.
 *
 * @module
 */

import { canonicalIp } from "../net/address.ts";

/** Something to scan: one address, or a name that stands for many. */
export interface Target {
  /** As it was written. */
  readonly text: string;
  /** The name or the canonical IP address. */
  readonly host: string;
  /** Whether `host` is a name to resolve. */
  readonly isName: boolean;
  /** The port, when it names one; 1 to 65535. */
  readonly port: number | null;
}

/** A text that is no target. */
export class TargetError extends Error {
  /** Always `TargetError`. */
  override readonly name = "TargetError";
  /** The stable name of the reason. */
  readonly code = "invalid_target";
}

const MAX_NAME_LENGTH = 253;
const MAX_LABEL_LENGTH = 63;

/**
 * Reads a target.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseTarget } from "./target.ts";
 *
 * assertEquals(parseTarget("[2001:DB8::1]:18333"), {
 *   text: "[2001:DB8::1]:18333",
 *   host: "2001:db8::1",
 *   isName: false,
 *   port: 18333,
 * });
 * assertEquals(parseTarget("dnsseed.emzy.de").isName, true);
 * ```
 *
 * @throws {TargetError} saying what is wrong with it.
 */
export function parseTarget(text: string): Target {
  const [, bracketed, unbracketed, portText] = /^(?:\[(.*)\]|([^:]*))(?::([^:]*))?$/s.exec(text) ?? [];
  const port = portText === undefined ? null : parsePort(portText);
  if (port === undefined) throw new TargetError("the port must be a number from 1 to 65535");
  if (bracketed !== undefined) {
    const host = bracketed.includes(":") ? canonicalIp(bracketed) : undefined;
    if (host === undefined) throw new TargetError("expected an IPv6 address within the brackets");
    return { text, host, isName: false, port };
  }
  const host = canonicalIp(unbracketed ?? text);
  if (host !== undefined) return { text, host, isName: false, port };
  if (unbracketed === undefined) {
    throw new TargetError("neither an IPv6 address nor a name or an IPv4 address with a port");
  }
  checkName(unbracketed);
  return { text, host: unbracketed, isName: true, port };
}

/** A TCP port from 1 to 65535, `undefined` when `text` is none. */
export function parsePort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65535 ? port : undefined;
}

/** Whether the text can be a host name: RFC 1123, section 2.1, with the underscores that names in use have. */
function checkName(name: string): void {
  if (name === "") throw new TargetError("the name is empty");
  const labels = name.replace(/\.$/, "").split(".");
  if (!labels.every((label) => /^(?!-)[a-z0-9_-]+(?<!-)$/i.test(label))) {
    throw new TargetError(
      "a name has labels of letters, digits, underscores and, within them, hyphens, with single dots between them; " +
        "write an internationalized name in its xn-- form",
    );
  }
  if (labels.some((label) => label.length > MAX_LABEL_LENGTH)) {
    throw new TargetError(`a label of a name has at most ${MAX_LABEL_LENGTH} characters`);
  }
  if (labels.join(".").length > MAX_NAME_LENGTH) {
    throw new TargetError(`a name has at most ${MAX_NAME_LENGTH} characters`);
  }
  if (/^\d+$/.test(labels.at(-1) ?? "")) {
    throw new TargetError("not an IPv4 address: that has four numbers from 0 to 255");
  }
}
