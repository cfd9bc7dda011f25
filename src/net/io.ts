/**
 * What the protocol needs from outside: a clock, randomness, connections and a resolver. Tests pass in their own.
 *
 * @module
 */

import { type Endpoint, socketPath } from "./endpoint.ts";
import { type DnsRecordType, resolveDns, type ResolveOptions } from "./resolver.ts";

/** A connection, as far as a handshake needs one; every `Deno.TcpConn` is one. */
export interface Connection {
  /** Reads up to `buffer.length` bytes; `null` at the end of the peer's stream. */
  read(buffer: Uint8Array): Promise<number | null>;
  /** Writes at least one byte and returns how many. */
  write(bytes: Uint8Array): Promise<number>;
  /** Closes at once; a pending read or write rejects. */
  close(): void;
}

/** A monotonic clock to measure with, and a wall clock to tell the peer. */
export interface Clock {
  /** Milliseconds since an arbitrary moment; never goes backwards. */
  now(): number;
  /** Seconds since 1970. */
  unixTime(): bigint;
  /** Calls `callback` once after `milliseconds`, unless the returned function is called first. */
  schedule(callback: () => void, milliseconds: number): () => void;
}

/** Everything outside. */
export interface Io {
  /** The clock. */
  readonly clock: Clock;
  /** A random unsigned 64-bit number. */
  randomNonce(): bigint;
  /** `length` random bytes, which the caller may overwrite. */
  randomBytes(length: number): Uint8Array<ArrayBuffer>;
  /** Opens a connection to a peer's IP address, or to a proxy; rejects when `signal` aborts. */
  connect(endpoint: Endpoint, signal: AbortSignal): Promise<Connection>;
  /** The addresses of a name; rejects when it has none, or when `signal` aborts. */
  resolve(name: string, type: DnsRecordType, options: ResolveOptions): Promise<string[]>;
}

/** The system clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  unixTime: () => BigInt(Math.floor(Date.now() / 1000)),
  schedule(callback, milliseconds) {
    // The first setTimeout() makes Deno load Node's timers, which would delay sending by some milliseconds.
    const signal = AbortSignal.timeout(Math.ceil(milliseconds));
    signal.addEventListener("abort", callback);
    return () => signal.removeEventListener("abort", callback);
  },
};

const NONCE = new BigUint64Array(1);

/** Deno's network and the system clock. */
export const denoIo: Io = {
  clock: systemClock,
  randomNonce: () => crypto.getRandomValues(NONCE)[0] ?? 0n,
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  connect: (endpoint, signal) => {
    const { host, port } = endpoint;
    const path = socketPath(endpoint);
    return path === undefined
      ? Deno.connect({ hostname: host, port, signal, autoSelectFamily: false })
      : Deno.connect({ transport: "unix", path });
  },
  resolve: resolveDns,
};
