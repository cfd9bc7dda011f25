/**
 * An authoritative DNS server on loopback, over UDP and TCP, with scripted answers and faults.
 *
 * @module
 */

import type { Socket } from "node:dgram";
import { type IpAddress, ipAddress } from "../address/address.ts";
import { decodeQuery, DnsMessageError, type DnsQuery, EDNS_UDP_LIMIT, TCP_LIMIT, UDP_LIMIT } from "./dns_message.ts";
import { answerTo, type DnsZone, type ParsedZone, parseZone, typeName } from "./dns_zone.ts";

/** RFC 1035, section 4.2.2: each message over TCP is preceded by its length. */
const FRAME_LENGTH = 2;
/** How many attempts to find a port that is free for both UDP and TCP. */
const PORT_ATTEMPTS = 16;
/** A query that the server was asked. */
export interface ReceivedQuery {
  /** The name in lower case, without a trailing dot. */
  readonly name: string;
  /** `A`, `AAAA`, or `TYPE` and the number of another type (RFC 3597, section 5). */
  readonly type: string;
  /** The transport. */
  readonly transport: "udp" | "tcp";
}

/** How to start a {@linkcode DnsServer}. */
export interface DnsServerOptions {
  /** The names and their answers; read once, at the start. */
  readonly zone: DnsZone;
  /** The IP address to listen on; 127.0.0.1 by default. */
  readonly hostname?: string;
  /** The port for UDP and TCP; by default 0, which picks a free one. */
  readonly port?: number;
  /** Called with each query after it is recorded and before it is answered. */
  readonly onQuery?: (query: ReceivedQuery) => void;
}

/**
 * A DNS server that `Deno.resolveDns` can ask, under `--allow-net` alone.
 *
 * @example
 * ```ts
 * import { DnsServer } from "@bitcoin-p2p/handshake/sim";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = await DnsServer.start({ zone: new Map([["seed.example", { a: ["127.0.0.2"] }]]) });
 * const { host, port } = server.address;
 *
 * assertEquals(await Deno.resolveDns("seed.example", "A", { nameServer: { ipAddr: host, port } }), ["127.0.0.2"]);
 * assertEquals(server.queries, [{ name: "seed.example", type: "A", transport: "udp" }]);
 * ```
 */
export class DnsServer implements AsyncDisposable {
  /** Where the server listens. */
  readonly address: IpAddress;
  readonly #zone: ParsedZone;
  readonly #onQuery: (query: ReceivedQuery) => void;
  readonly #udp: Socket;
  readonly #tcp: Deno.TcpListener;
  readonly #connections = new Map<Deno.TcpConn, Promise<void>>();
  readonly #queries: ReceivedQuery[] = [];
  readonly #accepting: Promise<void>;
  /** Functions that end the delays of pending answers. */
  readonly #delays = new Set<() => void>();
  #closing: Promise<void> | undefined;

  private constructor(options: DnsServerOptions, zone: ParsedZone, sockets: Sockets) {
    this.#zone = zone;
    this.#onQuery = options.onQuery ?? (() => {});
    this.#udp = sockets.udp;
    this.#tcp = sockets.tcp;
    this.address = ipAddress(sockets.tcp.addr.hostname, sockets.tcp.addr.port);
    this.#udp.on("message", async (message, from) => {
      const response = await this.#respond(message, "udp");
      // A client that left, or closing meanwhile, is not an error of the server: hence the callback.
      if (response !== undefined) this.#udp.send(response, from.port, from.address, () => {});
    });
    this.#udp.on("error", () => {}); // As an ICMP error of an earlier response; the socket goes on.
    this.#accepting = this.#accept();
  }

  /**
   * Starts a server.
   *
   * @throws {TypeError} when the zone has an invalid address, or one of the other family.
   * @throws {Deno.errors.AddrInUse} when the port is taken.
   */
  static async start(options: DnsServerOptions): Promise<DnsServer> {
    const zone = parseZone(options.zone);
    return new DnsServer(options, zone, await listen(options.hostname ?? "127.0.0.1", options.port ?? 0));
  }

  /** The queries so far, in the order they came. */
  get queries(): readonly ReceivedQuery[] {
    return this.#queries;
  }

  /** Stops listening and closes all connections; pending queries are not answered. */
  close(): Promise<void> {
    return this.#closing ??= this.#close();
  }

  /** As {@linkcode DnsServer.close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#tcp.close();
    const udpClosed = new Promise<void>((resolve) => this.#udp.close(() => resolve()));
    await Promise.allSettled([this.#accepting]);
    const connections = [...this.#connections];
    this.#connections.clear();
    for (const end of this.#delays) end();
    for (const [connection] of connections) connection.close();
    await Promise.all([udpClosed, this.#accepting, ...connections.map(([, served]) => served)]);
  }

  async #accept(): Promise<void> {
    for await (const connection of this.#tcp) this.#connections.set(connection, this.#serve(connection));
  }

  /** Answers one query after another until the client or the server closes the connection. */
  async #serve(connection: Deno.TcpConn): Promise<void> {
    for (let open = true; open;) {
      const query = await readFrame(connection);
      const response = query && await this.#respond(query, "tcp");
      open = query !== undefined && (response === undefined || await writeFrame(connection, response));
    }
    if (this.#connections.delete(connection)) connection.close();
  }

  /**
   * The bytes to answer with, after the delay; nothing if the message is not a query, so that two servers never answer
   * each other's errors, or once the server is closed.
   */
  async #respond(message: Uint8Array, transport: ReceivedQuery["transport"]): Promise<Uint8Array | undefined> {
    let query: DnsQuery;
    try {
      query = decodeQuery(message);
    } catch (error) {
      if (error instanceof DnsMessageError) return undefined;
      throw error;
    }
    const received = { name: query.name, type: typeName(query.type), transport };
    this.#queries.push(received);
    this.#onQuery(received);
    const limit = transport === "tcp" ? TCP_LIMIT : Math.min(query.udpPayloadSize ?? UDP_LIMIT, EDNS_UDP_LIMIT);
    const answer = answerTo(query, this.#zone, limit);
    if (answer.delay > 0) await this.#wait(answer.delay);
    return this.#closing === undefined ? answer.message : undefined;
  }

  /** Waits, or until the server is closed. */
  #wait(milliseconds: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds);
    const end = () => (clearTimeout(timer), resolve());
    this.#delays.add(end);
    return promise.finally(() => this.#delays.delete(end));
  }
}

interface Sockets {
  readonly udp: Socket;
  readonly tcp: Deno.TcpListener;
}

async function listen(hostname: string, port: number): Promise<Sockets> {
  // Imported here, as loading it takes milliseconds that only a simulation should spend.
  const { createSocket } = await import("node:dgram");
  for (let attempt = 1;; attempt++) {
    const tcp = Deno.listen({ hostname, port });
    const udp = createSocket(ipAddress(hostname, port).network === "ipv6" ? "udp6" : "udp4");
    try {
      await bind(udp, tcp.addr.port, hostname);
      return { udp, tcp };
    } catch (cause) {
      tcp.close();
      udp.close();
      if (!(cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE")) throw cause;
      if (port !== 0 || attempt === PORT_ATTEMPTS) throw new Deno.errors.AddrInUse(cause.message, { cause });
    }
  }
}

function bind(udp: Socket, port: number, hostname: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  udp.once("error", reject);
  udp.bind(port, hostname, resolve);
  return promise;
}

/** The next message of a connection; `undefined` if there is none, for whatever reason. */
async function readFrame(connection: Deno.TcpConn): Promise<Uint8Array | undefined> {
  try {
    const length = await readExactly(connection, FRAME_LENGTH);
    return await readExactly(connection, new DataView(length.buffer).getUint16(0));
  } catch {
    return undefined;
  }
}

async function readExactly(connection: Deno.TcpConn, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let filled = 0; filled < length;) {
    const count = await connection.read(bytes.subarray(filled));
    if (count === null) throw new Deno.errors.UnexpectedEof();
    filled += count;
  }
  return bytes;
}

/** Writes a message; returns whether that succeeded. */
async function writeFrame(connection: Deno.TcpConn, message: Uint8Array): Promise<boolean> {
  const frame = new Uint8Array(FRAME_LENGTH + message.length);
  new DataView(frame.buffer).setUint16(0, message.length);
  frame.set(message, FRAME_LENGTH);
  try {
    for (let sent = 0; sent < frame.length;) sent += await connection.write(frame.subarray(sent));
    return true;
  } catch {
    return false;
  }
}
