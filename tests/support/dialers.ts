/**
 * Dialers in virtual time.
 *
 * @module
 */

import { type Address, ipAddress, type PeerAddress } from "../../src/address/address.ts";
import type { Deadline } from "../../src/net/deadline.ts";
import { Dialer, type DialerOptions } from "../../src/net/dial.ts";
import type { DialledConnection } from "../../src/net/dialled_connection.ts";
import type { Io } from "../../src/net/io.ts";
import { OPTION_NAMES } from "../../src/net/option_names.ts";
import { directWay, type Route } from "../../src/net/route.ts";
import { type scriptedIo, turns } from "./scripted_io.ts";

/** A peer. */
export const PEER = ipAddress("192.0.2.7", 8333);

/** Maximum time for it, in milliseconds. */
export const TIMEOUT = 5000;

/** The route to an address over the machine's own sockets. */
export function directRoute(io: Io, address: PeerAddress, changes: Partial<Route> = {}): Route {
  const open = directWay(io).lead(address);
  return { address, timeout: TIMEOUT, isProxy: false, ready: () => null, open, ...changes };
}

/** A dialer that has none of its options, unless told otherwise. */
export function newDialer({ clock }: Io, options: Partial<DialerOptions> = {}): Dialer {
  return new Dialer(clock, { lingering: 1, hold: 0, optionNames: OPTION_NAMES, ...options });
}

/** A dialer over the machine's own sockets. */
export class DirectDialer implements Disposable {
  readonly #io: Io;
  readonly #dialer: Dialer;

  /** Dials in the time of `io`. */
  constructor(io: Io, options: Partial<DialerOptions>) {
    this.#io = io;
    this.#dialer = newDialer(io, options);
  }

  dial(address: Address, begun?: Deadline): Promise<DialledConnection> {
    return this.#dialer.dial(directRoute(this.#io, address), begun);
  }

  closeAfterHalf(connection: DialledConnection, isSilent: () => boolean): void {
    this.#dialer.closeAfterHalf(connection, isSilent);
  }

  closeGently(connection: DialledConnection): void {
    this.#dialer.closeGently(connection);
  }

  lingered(): Promise<void> {
    return this.#dialer.lingered();
  }

  [Symbol.dispose](): void {
    this.#dialer[Symbol.dispose]();
  }
}

/** The outcome of a dialling, and how long it took on a clock that is moved until it is over, for two timeouts at most. */
export async function outcomeInTime(dialling: Promise<unknown>, io: ReturnType<typeof scriptedIo>) {
  const start = io.clock.now();
  let outcome: unknown = null;
  dialling.then(() => outcome = "connected", (error) => outcome = error);
  const isOver = () => outcome !== null || io.clock.now() - start >= 2 * TIMEOUT;
  for (await turns(); !isOver(); await turns()) io.clock.advance(100);
  return { outcome: outcome instanceof Error ? outcome.message : outcome, time: io.clock.now() - start };
}
