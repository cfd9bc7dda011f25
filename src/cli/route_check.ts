/**
 * Detects that this machine is not on the IPv4 or IPv6 internet, which makes all of its nodes seem unreachable.
 *
 * @module
 */

import type { IpNetwork } from "../address/network.ts";
import type { AnyResult } from "../report/records.ts";

/** With fewer addresses, each one's own line says enough. */
const MANY = 5;

/** The peers of one network. */
interface Tried {
  peers: number;
  withoutRoute: number;
}

/** Watches all peers of a run. */
export class RouteCheck {
  readonly #tried: { readonly [N in IpNetwork]: Tried } = {
    ipv4: { peers: 0, withoutRoute: 0 },
    ipv6: { peers: 0, withoutRoute: 0 },
  };

  /** Takes a result; only peers count. */
  add(result: AnyResult): void {
    if (result.type !== "peer") return;
    const { address: { network }, outcome: { error } } = result;
    if (network !== "ipv4" && network !== "ipv6") return;
    this.#tried[network].peers++;
    if (error?.noRoute) this.#tried[network].withoutRoute++;
  }

  /** The warning; `null` unless there was no route to any of many addresses. */
  get warning(): string | null {
    return this.#warningOf("ipv6", "IPv6", "-4") ?? this.#warningOf("ipv4", "IPv4", "-6");
  }

  #warningOf(network: IpNetwork, name: string, remedy: string): string | null {
    const { peers, withoutRoute } = this.#tried[network];
    if (peers < MANY || withoutRoute < peers) return null;
    return `this machine has no ${name}: none of ${peers} addresses could be tried, so nothing is known of them; ` +
      `${remedy} leaves them out`;
  }
}
