/**
 * The server side of SOCKS5: reading the client's messages and writing the replies.
 *
 * Source: RFC 1928, RFC 1929.
 *
 * @module
 */

import { formatIp, mapIpv4, parseIp } from "../../address/ip.ts";
import type { ProxyLogin } from "../../net/socks5.ts";
import { utf8 } from "../hostile/parts.ts";
import type { LinkReader } from "./link_reader.ts";

/** The versions of the protocol and of its login. */
const VERSION = 5;
const LOGIN_VERSION = 1;

/** The authentication methods. */
export const METHODS = { none: 0x00, login: 0x02, noneAcceptable: 0xff } as const;

/** The types of address in a request. */
export type Socks5AddressType = "ipv4" | "name" | "ipv6";

const TYPES: ReadonlyMap<number, Socks5AddressType> = new Map([[1, "ipv4"], [3, "name"], [4, "ipv6"]]);
const NAME = 3;

/** The destination that the client asks for. */
export interface Destination {
  /** The type of the address. */
  readonly type: Socks5AddressType;
  /** The name as received, or the canonical text of the IP address. */
  readonly host: string;
  /** The port. */
  readonly port: number;
}

/** Reads a greeting; resolves to the methods that it offers. */
export async function readGreeting(reader: LinkReader): Promise<Uint8Array> {
  const [version, count = 0] = await reader.take(2);
  expect("version", VERSION, version);
  return await reader.take(count);
}

/** Reads a login. */
export async function readLogin(reader: LinkReader): Promise<ProxyLogin> {
  expect("version of the login", LOGIN_VERSION, (await reader.take(1))[0]);
  return { user: await readText(reader), password: await readText(reader) };
}

/** Reads a request to connect. */
export async function readRequest(reader: LinkReader): Promise<Destination> {
  const [version, command, reserved, type] = await reader.take(4);
  expect("version", VERSION, version);
  expect("command", 1, command);
  expect("reserved byte", 0, reserved);
  const host = await readHost(reader, type);
  const [high = 0, low = 0] = await reader.take(2);
  return { ...host, port: high << 8 | low };
}

async function readHost(reader: LinkReader, type: number | undefined): Promise<Pick<Destination, "type" | "host">> {
  switch (TYPES.get(type ?? 0)) {
    case "ipv4":
      return { type: "ipv4", host: formatIp(mapIpv4(new DataView((await reader.take(4)).buffer).getUint32(0))) };
    case "ipv6":
      return { type: "ipv6", host: formatIp(await reader.take(16)) };
    case "name":
      return { type: "name", host: await readText(reader) };
    default:
      throw new Deno.errors.InvalidData(`expected an address of type 1, 3 or 4, got ${type}`);
  }
}

async function readText(reader: LinkReader): Promise<string> {
  const [length = 0] = await reader.take(1);
  return new TextDecoder().decode(await reader.take(length));
}

/** A reply to a request, with the address that the proxy claims to be bound to: an IP address or a name, and port 0. */
export function socks5Reply(code: number, bound = "0.0.0.0"): Uint8Array<ArrayBuffer> {
  const ip = parseIp(bound);
  const name = utf8(bound);
  const address = ip === undefined
    ? [NAME, name.length, ...name]
    : bound.includes(":")
    ? [4, ...ip]
    : [1, ...ip.subarray(12)];
  return Uint8Array.of(VERSION, code, 0, ...address, 0, 0);
}

function expect(what: string, expected: number, value: number | undefined): void {
  if (value !== expected) throw new Deno.errors.InvalidData(`expected the ${what} to be ${expected}, got ${value}`);
}
