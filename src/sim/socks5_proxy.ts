/**
 * A simulated SOCKS5 proxy on loopback, like Tor's.
 *
 * @module
 */

import { formatAddress, type IpAddress } from "../address/address.ts";
import type { ProxyLogin } from "../net/socks5.ts";
import type { PeerLink } from "./link.ts";
import { SimulatedPeer, type SimulatedPeerOptions } from "./peer.ts";
import { LinkReader } from "./proxies/link_reader.ts";
import {
  type Destination,
  METHODS,
  readGreeting,
  readLogin,
  readRequest,
  socks5Reply,
} from "./proxies/socks5_messages.ts";
import { type ParsedTargets, parseTargets, type ProxyTargets, relay } from "./proxies/targets.ts";

/** How to start a {@linkcode SimulatedSocks5Proxy}. */
export interface SimulatedSocks5ProxyOptions extends SimulatedPeerOptions {
  /** What it connects to. An onion name that is not listed gets reply 0xf0, any other host 0x04. */
  readonly targets: ProxyTargets;
  /**
   * The login it requires. With `any`, the default, it asks for one if the client can log in, and accepts whatever comes, as
   * Tor does; with `none` it never asks.
   */
  readonly login?: "any" | "none" | ProxyLogin;
}

/** A request to the proxy. */
export interface Socks5Request extends Destination {
  /** The login that came before it; `null` if there was none. */
  readonly login: ProxyLogin | null;
}

/**
 * A SOCKS5 proxy that connects to loopback addresses only, and records every request.
 *
 * @example
 * ```ts
 * import { nodeScript, SimulatedPeer, SimulatedSocks5Proxy } from "@bitcoin-p2p/handshake/sim";
 * import { assertEquals } from "@std/assert";
 *
 * await using peer = new SimulatedPeer(nodeScript());
 * await using proxy = new SimulatedSocks5Proxy({ targets: new Map([["node.example:8333", peer.target]]) });
 *
 * const { host: hostname, port } = proxy.address;
 * using connection = await Deno.connect({ hostname, port });
 * await connection.write(Uint8Array.of(5, 1, 0));
 * const answer = new Uint8Array(2);
 * await connection.read(answer);
 * assertEquals(answer, Uint8Array.of(5, 0));
 * ```
 */
export class SimulatedSocks5Proxy implements AsyncDisposable {
  readonly #targets: ParsedTargets;
  readonly #login: "any" | "none" | ProxyLogin;
  readonly #requests: Socks5Request[] = [];
  readonly #server: SimulatedPeer;

  /**
   * Starts to listen.
   *
   * @throws {RangeError} if a target is not a host and a port with an IP address and a port.
   */
  constructor({ targets, login = "any", ...options }: SimulatedSocks5ProxyOptions) {
    this.#targets = parseTargets(targets);
    this.#login = login;
    this.#server = new SimulatedPeer((link) => this.#serve(link), options);
  }

  /** Where it listens. */
  get address(): IpAddress {
    return this.#server.address;
  }

  /** The requests it received, in order. */
  get requests(): readonly Socks5Request[] {
    return this.#requests;
  }

  /** Stops listening and closes all connections. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close();
  }

  async #serve(link: PeerLink): Promise<void> {
    const reader = new LinkReader(link);
    const method = this.#choose(await readGreeting(reader));
    await link.sendBytes(Uint8Array.of(5, method));
    const login = method === METHODS.login ? await readLogin(reader) : null;
    if (login !== null) {
      const isRight = this.#accepts(login);
      await link.sendBytes(Uint8Array.of(1, isRight ? 0 : 1));
      if (!isRight) return;
    }
    if (method === METHODS.noneAcceptable) return;
    const destination = await readRequest(reader);
    this.#requests.push({ ...destination, login });
    await this.#connect(link, reader, destination);
  }

  async #connect(link: PeerLink, reader: LinkReader, destination: Destination): Promise<void> {
    const target = this.#targets.get(targetOf(destination));
    if (target === undefined) {
      await link.sendBytes(socks5Reply(destination.host.endsWith(".onion") ? 0xf0 : 0x04));
      return;
    }
    let connection: Deno.TcpConn;
    try {
      connection = await Deno.connect({ hostname: target.host, port: target.port });
    } catch (error) {
      await link.sendBytes(socks5Reply(error instanceof Deno.errors.ConnectionRefused ? 0x05 : 0x01));
      return;
    }
    using peer = connection;
    await link.sendBytes(socks5Reply(0));
    await relay(link, reader, peer);
  }

  #choose(offered: Uint8Array): number {
    const wantsLogin = this.#login !== "none" && offered.includes(METHODS.login);
    if (wantsLogin) return METHODS.login;
    return typeof this.#login === "string" && offered.includes(METHODS.none) ? METHODS.none : METHODS.noneAcceptable;
  }

  #accepts({ user, password }: ProxyLogin): boolean {
    return typeof this.#login === "string" || user === this.#login.user && password === this.#login.password;
  }
}

function targetOf({ type, host, port }: Destination): string {
  return type === "name" ? `${host}:${port}` : formatAddress({ network: type, host, port });
}
