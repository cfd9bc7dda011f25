/**
 * The ways to each network, and their limits.
 *
 * @module
 */

import type { PeerAddress } from "../address/address.ts";
import type { Network } from "../address/network.ts";
import { DialError } from "./errors.ts";
import type { OnLost } from "./gate.ts";
import type { Io } from "./io.ts";
import { LateWay } from "./late_way.ts";
import type { RouteSettings } from "./reach.ts";
import { directWay, type Route, type Way } from "./route.ts";
import type { Socks5Proxy } from "./socks_proxy.ts";
import { timeoutFor } from "./timeouts.ts";
import { Ways } from "./ways.ts";

/** The way to networks that cannot be reached. */
const NO_WAY: Way = {
  isProxy: false,
  limit: Infinity,
  isLost: true,
  ready: () => null,
  lead: ({ host }) => () => Promise.reject(new DialError("host_unreachable", `not dialled: no route to ${host}`)),
};

/** The ways of a run. */
export class Routes implements Disposable {
  readonly #timeout: number | undefined;
  /** The ways to each network; those for `null` are for names. */
  readonly #ways: ReadonlyMap<Network | null, Ways>;
  readonly #none = new Ways(NO_WAY);
  readonly #bridge: LateWay | null;

  /** Connects to nothing yet. `timeout`, if given, applies to every network. Everything ends when `signal` aborts. */
  constructor(
    settings: RouteSettings & { readonly timeout?: number | undefined },
    io: Pick<Io, "clock" | "connect" | "randomBytes">,
    onLost: OnLost = () => {},
    signal?: AbortSignal,
  ) {
    const { proxy, onion: [first, ...others] = [], i2psam, cjdns, timeout } = settings;
    this.#timeout = timeout;
    const socks = (proxy: Socks5Proxy) =>
      new LateWay(async () => {
        const { SocksProxy } = await import("./socks_proxy.ts");
        return new SocksProxy(proxy, io, onLost);
      });
    const usual = new Ways(proxy === undefined ? directWay(io) : socks(proxy));
    const toTor = first === undefined ? proxy && usual : new Ways(socks(first), ...others.map(socks));
    this.#bridge = i2psam === undefined ? null : new LateWay(async () => {
      const { SamBridge } = await import("./sam_bridge.ts");
      return new SamBridge(i2psam, io, onLost, signal);
    });
    const none = this.#none;
    this.#ways = new Map([
      ["ipv4", usual],
      ["ipv6", usual],
      ["cjdns", cjdns ? usual : none],
      ["onion", toTor ?? none],
      ["i2p", this.#bridge === null ? none : new Ways(this.#bridge)],
      [null, proxy === undefined ? none : usual],
    ]);
  }

  /** The ways to a network, or for `null` to peers with only a name. */
  to(network: Network | null): Ways {
    return this.#ways.get(network) ?? this.#none;
  }

  /** Maximum time for a peer on a network, or for `null` for one with only a name, in milliseconds. */
  timeout(network: Network | null): number {
    return timeoutFor(network, this.#timeout);
  }

  /** Calls `use` with the route of one peer. */
  lead<T>(address: PeerAddress, use: (route: Route) => Promise<T>): Promise<T> {
    return this.to(address.network).lead(address, this.timeout(address.network), use);
  }

  /** Closes what the ways hold open. */
  [Symbol.dispose](): void {
    this.#bridge?.[Symbol.dispose]();
  }
}
