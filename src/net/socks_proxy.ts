/**
 * Reaching peers through a SOCKS5 proxy, such as Tor's.
 *
 * @module
 */

import type { PeerAddress } from "../address/address.ts";
import type { Endpoint } from "./endpoint.ts";
import { Gate, type OnLost } from "./gate.ts";
import type { Io } from "./io.ts";
import { type Open, PROXY_LIMIT, type Way } from "./route.ts";
import { type ProxyLogin, Socks5 } from "./socks5.ts";

/** A SOCKS5 proxy. */
export interface Socks5Proxy extends Endpoint {
  /** The login; by default a random one for each peer, for which Tor uses separate circuits. */
  readonly login?: ProxyLogin;
}

const KIND = { name: "proxy", advice: "Tor's is usually at port 9050, that of Tor Browser at 9150" };

/** The number of random bytes in a user name or password, which are in hex. */
const RANDOM_SIZE = 8;

/** A proxy for many peers. */
export class SocksProxy implements Way {
  readonly isProxy = true;
  readonly limit: number = PROXY_LIMIT;
  readonly #login: ProxyLogin | undefined;
  readonly #io: Pick<Io, "randomBytes">;
  readonly #gate: Gate;

  /** Connects to nothing yet. */
  constructor(proxy: Socks5Proxy, io: Pick<Io, "clock" | "connect" | "randomBytes">, onLost: OnLost) {
    this.#login = proxy.login;
    this.#io = io;
    this.#gate = new Gate(KIND, proxy, io, onLost);
  }

  get isLost(): boolean {
    return this.#gate.isLost;
  }

  ready(): null {
    return null;
  }

  lead(address: PeerAddress): Open {
    const login = this.#login ?? this.#randomLogin();
    return (deadline) => this.#gate.enter(new Socks5(address, login), deadline);
  }

  #randomLogin(): ProxyLogin {
    const text = this.#io.randomBytes(2 * RANDOM_SIZE).toHex();
    return { user: text.slice(0, 2 * RANDOM_SIZE), password: text.slice(2 * RANDOM_SIZE) };
  }
}
