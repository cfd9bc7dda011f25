/**
 * The client side of SOCKS5, without I/O: greeting, login, request, and the proxy's answers.
 *
 * A login is always offered. A proxy may decline it; Tor uses separate circuits for each login.
 *
 *     greeting    05 02 00 02
 *     answer      05 method                                  00: no login, 02: name and password, ff: none of these
 *     login       01 length name length password             answer: 01 status, 00 when it is right
 *     request     05 01 00 type address port                 type 01: IPv4, 03: a length and a name, 04: IPv6
 *     reply       05 code 00 type address port               then all bytes are the peer's
 *
 * Source: RFC 1928; RFC 1929; Bitcoin Core `netbase.cpp` (`Socks5`), which does not accept a non-zero reserved byte
 * either.
 *
 * @module
 */

import type { PeerAddress } from "../address/address.ts";
import { parseIp } from "../address/ip.ts";
import { DialError } from "./errors.ts";
import type { Negotiation } from "./negotiation.ts";
import { replyError } from "./socks5_replies.ts";

/** A name and a password (RFC 1929), each 1 to 255 bytes in UTF-8. */
export interface ProxyLogin {
  /** The name. */
  readonly user: string;
  /** The password. */
  readonly password: string;
}

const VERSION = 5;
const LOGIN_VERSION = 1;
const NO_LOGIN = 0;
const NAME_AND_PASSWORD = 2;
const CONNECT = 1;
const IPV4 = 1;
const NAME = 3;
const IPV6 = 4;

/** The sizes of addresses without a length byte. */
const SIZES: ReadonlyMap<number, number> = new Map([[IPV4, 4], [IPV6, 16]]);

/** Size of a reply before the bound address, in bytes. */
const REPLY_HEAD_SIZE = 4;

const NOTHING = new Uint8Array();

/** A request for one connection. */
export class Socks5 implements Negotiation {
  readonly #address: PeerAddress;
  readonly #login: ProxyLogin;
  #awaited: "method" | "login" | "reply" | "nothing" = "method";
  #output: Uint8Array = Uint8Array.of(VERSION, 2, NO_LOGIN, NAME_AND_PASSWORD);
  #input: Uint8Array = NOTHING;
  #rest: Uint8Array | null = null;

  /** Asks for a connection to `address`, which the proxy resolves if it is a name. */
  constructor(address: PeerAddress, login: ProxyLogin) {
    this.#address = address;
    this.#login = login;
  }

  get awaitsPeer(): boolean {
    return this.#awaited === "reply" || this.#awaited === "nothing";
  }

  get rest(): Uint8Array | null {
    return this.#rest;
  }

  takeOutput(): Uint8Array {
    const output = this.#output;
    this.#output = NOTHING;
    return output;
  }

  receive(bytes: Uint8Array): void {
    // Less than a reply is kept, however the proxy splits it.
    let input = Uint8Array.of(...this.#input, ...bytes);
    for (let used; (used = this.#readAnswer(input)) > 0;) input = input.subarray(used);
    this.#input = input;
    if (this.#awaited === "nothing") this.#rest = this.#input;
  }

  /** Reads the expected answer; returns its size in bytes, 0 while some are missing. */
  #readAnswer(input: Uint8Array): number {
    switch (this.#awaited) {
      case "method":
        return this.#readMethod(input);
      case "login":
        return this.#readLogin(input);
      case "reply":
        return this.#readReply(input);
      case "nothing":
        return 0;
    }
  }

  #readMethod([version, method]: Uint8Array): number {
    expect("the version", VERSION, version);
    if (method === undefined) return 0;
    if (method === NO_LOGIN) this.#request();
    else if (method === NAME_AND_PASSWORD) this.#logIn();
    else throw new DialError("proxy_refused", `requires another login than user and password (method ${hex(method)})`);
    return 2;
  }

  #readLogin([version, status]: Uint8Array): number {
    expect("the version of the login", LOGIN_VERSION, version);
    if (status === undefined) return 0;
    if (status !== 0) {
      throw new DialError("proxy_refused", `refused the login (status ${hex(status)}): give one as user:password@`);
    }
    this.#request();
    return 2;
  }

  #readReply(input: Uint8Array): number {
    const [version, code, reserved, type, length] = input;
    expect("the version", VERSION, version);
    // Nothing else matters in a failure reply, and some proxies close in the middle of it.
    if (code !== undefined && code !== 0) throw replyError(code, this.#address.network);
    expect("the reserved byte", 0, reserved);
    if (type === undefined || length === undefined) return 0;
    const size = SIZES.get(type) ?? (type === NAME ? 1 + length : undefined);
    if (size === undefined) throw noSocks5("the type of its own address", "1, 3 or 4", type);
    const end = REPLY_HEAD_SIZE + size + 2;
    if (input.length < end) return 0;
    this.#awaited = "nothing";
    return end;
  }

  #logIn(): void {
    this.#awaited = "login";
    const { user, password } = this.#login;
    this.#output = Uint8Array.of(LOGIN_VERSION, ...withLength(user), ...withLength(password));
  }

  #request(): void {
    this.#awaited = "reply";
    const { port } = this.#address;
    this.#output = Uint8Array.of(VERSION, CONNECT, 0, ...typedHost(this.#address), port >> 8, port & 0xff);
  }
}

/** A host after its type; names, including onion names, unchanged. */
function typedHost({ network, host }: PeerAddress): number[] {
  const bytes = parseIp(host);
  if (bytes === undefined) return [NAME, ...withLength(host)];
  return network === "ipv4" ? [IPV4, ...bytes.subarray(12)] : [IPV6, ...bytes];
}

function withLength(text: string): number[] {
  const bytes = new TextEncoder().encode(text);
  return [bytes.length, ...bytes];
}

/** Checks a byte, if it has arrived. */
function expect(what: string, expected: number, value: number | undefined): void {
  if (value !== undefined && value !== expected) throw noSocks5(what, String(expected), value);
}

function noSocks5(what: string, expected: string, value: number): DialError {
  return new DialError(
    "proxy_refused",
    `does not speak SOCKS5: expected ${what} to be ${expected}, got ${hex(value)}`,
  );
}

function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0")}`;
}
