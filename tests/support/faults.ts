/**
 * Peers that fail below the protocol: a full backlog, a port without a listener.
 *
 * @module
 */

import { type Address, formatAddress, ipAddress } from "../../src/address/address.ts";

/** Whether this machine has IPv6 on loopback. */
export const HAS_IPV6 = hasIpv6();

function hasIpv6(): boolean {
  try {
    Deno.listen({ hostname: "::1", port: 0 }).close();
    return true;
  } catch {
    return false;
  }
}

/** A target that refuses connections: nothing listens there, and no listener on a random port gets this one. */
export const REFUSING_TARGET = "127.0.0.1:1";

/** How long a connection to loopback may take before it counts as never accepted, in milliseconds. */
const UNANSWERED = 250;

/** A listener with a full backlog, so that a connect to it goes unanswered, as on Linux. */
export class FullListener implements Disposable {
  /** Where it listens. */
  readonly address: Address;
  readonly #listener: Deno.TcpListener;
  readonly #waiting: Deno.TcpConn[] = [];

  private constructor() {
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0, tcpBacklog: 1 });
    this.address = ipAddress("127.0.0.1", this.#listener.addr.port);
  }

  /** Starts to listen, and fills the backlog. */
  static async start(): Promise<FullListener> {
    const full = new FullListener();
    while (await full.#addConnection());
    return full;
  }

  /** Its address as a target to scan. */
  get target(): string {
    return formatAddress(this.address);
  }

  /** Closes it and all connections waiting for it. */
  [Symbol.dispose](): void {
    for (const connection of this.#waiting) connection.close();
    this.#listener.close();
  }

  async #addConnection(): Promise<boolean> {
    const { host: hostname, port } = this.address;
    const overdue = new AbortController();
    const timer = setTimeout(() => overdue.abort(), UNANSWERED);
    try {
      this.#waiting.push(await Deno.connect({ hostname, port, signal: overdue.signal }));
      return true;
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }
}
