/**
 * The fleet on Linux: a loop over system calls of the C library, without promises or events for each connection.
 *
 * @module
 */

import { CORE_ANSWER, CORE_GREETING } from "../ready.ts";
import type { Behaviour } from "./behaviour.ts";
import { DelayLine } from "./delay_line.ts";
import { Gossip } from "./gossip.ts";

const AF_INET = 2;
const SOCK_STREAM = 1;
const SOCK_NONBLOCK = 0o4000;
const EPOLL_CTL_ADD = 1;
const EPOLLIN = 1;
const MSG_NOSIGNAL = 0x4000;
const IPPROTO_TCP = 6;
const TCP_NODELAY = 1;
const STDIN = 0;

/** More than any system allows: it then uses its maximum. */
const BACKLOG = 1 << 16;

/** Maximum number of events per call. */
const MAX_EVENTS = 512;

/** `struct epoll_event`: 32 bits of events, then 64 of data; packed only on x86-64. */
const DATA_OFFSET = Deno.build.arch === "x86_64" ? 4 : 8;
const EVENT_SIZE = DATA_OFFSET + 8;

/** `struct sockaddr_in`: family, port in network order, address, 8 bytes of padding. */
const SOCKADDR_SIZE = 16;

const SYMBOLS = {
  socket: { parameters: ["i32", "i32", "i32"], result: "i32" },
  bind: { parameters: ["i32", "buffer", "u32"], result: "i32" },
  listen: { parameters: ["i32", "i32"], result: "i32" },
  setsockopt: { parameters: ["i32", "i32", "i32", "buffer", "u32"], result: "i32" },
  getsockname: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  accept4: { parameters: ["i32", "pointer", "pointer", "i32"], result: "i32" },
  epoll_create1: { parameters: ["i32"], result: "i32" },
  epoll_ctl: { parameters: ["i32", "i32", "i32", "buffer"], result: "i32" },
  epoll_wait: { parameters: ["i32", "buffer", "i32", "i32"], result: "i32" },
  recv: { parameters: ["i32", "buffer", "usize", "i32"], result: "isize" },
  send: { parameters: ["i32", "buffer", "usize", "i32"], result: "isize" },
  close: { parameters: ["i32"], result: "i32" },
} as const;

/** A connection to a peer of the fleet. */
interface Link {
  readonly fd: number;
  /** What has been sent, or is about to be: 0 for nothing, 1 for the answer, 2 for the greeting. */
  step: 0 | 1 | 2;
  open: boolean;
}

/** Whether this machine supports the loop. */
export function canEpoll(): boolean {
  return Deno.build.os === "linux";
}

/**
 * Serves on `port` (0 for any free one) until standard input ends; returns the maximum number of connections at once.
 * Calls `onListening` with the port.
 */
export function serveByEpoll(port: number, behaviour: Behaviour, onListening: (port: number) => void): number {
  return new Loop(Deno.dlopen("libc.so.6", SYMBOLS).symbols, behaviour).run(port, onListening);
}

class Loop {
  readonly #libc: Deno.StaticForeignLibraryInterface<typeof SYMBOLS>;
  readonly #behaviour: Behaviour;
  readonly #answers: DelayLine<Link>;
  readonly #greetings: DelayLine<Link>;
  readonly #epoll: number;
  readonly #listener: number;
  readonly #event = new DataView(new ArrayBuffer(EVENT_SIZE));
  readonly #buffer = new Uint8Array(4096);
  readonly #links: Link[] = [];
  #gossip: Gossip | null = null;
  #open = 0;
  #most = 0;

  constructor(libc: Deno.StaticForeignLibraryInterface<typeof SYMBOLS>, behaviour: Behaviour) {
    this.#libc = libc;
    this.#behaviour = behaviour;
    const { roundTrip } = behaviour;
    this.#answers = new DelayLine(2 * roundTrip, (link) => this.#send(link, CORE_ANSWER));
    this.#greetings = new DelayLine(roundTrip, (link) => this.#greet(link));
    this.#epoll = this.#libc.epoll_create1(0);
    this.#listener = this.#libc.socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    // Accepted connections inherit this option.
    this.#libc.setsockopt(this.#listener, IPPROTO_TCP, TCP_NODELAY, Int32Array.of(1), Int32Array.BYTES_PER_ELEMENT);
  }

  run(port: number, onListening: (port: number) => void): number {
    const listening = this.#listen(port);
    const { universe } = this.#behaviour;
    if (universe !== null) this.#gossip = new Gossip(universe, listening);
    onListening(listening);
    this.#watch(this.#listener);
    this.#watch(STDIN);
    const events = new DataView(new ArrayBuffer(EVENT_SIZE * MAX_EVENTS));
    for (;;) {
      const count = this.#libc.epoll_wait(this.#epoll, events, MAX_EVENTS, this.#untilNextDue());
      for (let i = 0; i < count; i++) {
        const fd = events.getInt32(EVENT_SIZE * i + DATA_OFFSET, true);
        if (fd === STDIN) return this.#most;
        if (fd === this.#listener) this.#acceptAll();
        else this.#receive(this.#links[fd]);
      }
    }
  }

  /** Listens on all IPv4 addresses; returns the port. */
  #listen(port: number): number {
    const address = new DataView(new ArrayBuffer(SOCKADDR_SIZE));
    address.setUint16(0, AF_INET, true);
    address.setUint16(2, port);
    const failed = this.#libc.bind(this.#listener, address, SOCKADDR_SIZE) !== 0 ||
      this.#libc.listen(this.#listener, BACKLOG) !== 0;
    if (failed) throw new Error(`Cannot listen on port ${port}: is it in use?`);
    return this.#addressOf(this.#listener).getUint16(2);
  }

  #addressOf(fd: number): DataView {
    const address = new DataView(new ArrayBuffer(SOCKADDR_SIZE));
    this.#libc.getsockname(fd, address, Uint32Array.of(SOCKADDR_SIZE));
    return address;
  }

  #watch(fd: number): void {
    this.#event.setUint32(0, EPOLLIN, true);
    this.#event.setInt32(DATA_OFFSET, fd, true);
    this.#libc.epoll_ctl(this.#epoll, EPOLL_CTL_ADD, fd, this.#event);
  }

  #acceptAll(): void {
    for (;;) {
      const fd = this.#libc.accept4(this.#listener, null, null, SOCK_NONBLOCK);
      if (fd < 0) return;
      this.#links[fd] = { fd, step: 0, open: true };
      this.#most = Math.max(this.#most, ++this.#open);
      this.#watch(fd);
    }
  }

  #receive(link: Link | undefined): void {
    if (link === undefined) return;
    if (this.#libc.recv(link.fd, this.#buffer, BigInt(this.#buffer.length), 0) <= 0) return this.#close(link);
    if (this.#behaviour.silent || link.step === 2) return;
    (link.step++ === 0 ? this.#answers : this.#greetings).add(link, performance.now());
  }

  #close(link: Link): void {
    link.open = false;
    this.#open--;
    this.#libc.close(link.fd);
  }

  /** Sends what comes after the handshake, and what its address knows. */
  #greet(link: Link): void {
    if (!link.open) return;
    const gossip = this.#gossip;
    const answer = gossip === null ? [] : [gossip.answerOf(this.#addressOf(link.fd).getUint32(4))];
    this.#send(link, [...CORE_GREETING, ...answer]);
  }

  /** Sends so little that the socket's buffer always has room. */
  #send(link: Link, segments: readonly Uint8Array<ArrayBuffer>[]): void {
    if (!link.open) return;
    for (const bytes of segments) this.#libc.send(link.fd, bytes, BigInt(bytes.length), MSG_NOSIGNAL);
  }

  /** Sends what is due; returns the milliseconds until the next is due, -1 for never. */
  #untilNextDue(): number {
    const now = performance.now();
    const next = Math.min(this.#answers.release(now), this.#greetings.release(now));
    return next === Infinity ? -1 : Math.ceil(next - now);
  }
}
