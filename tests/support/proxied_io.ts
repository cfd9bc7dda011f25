/**
 * Proxies in virtual time, without sockets: what they are told, and a node after each that lets us through.
 *
 * @module
 */

import type { Endpoint } from "../../src/net/endpoint.ts";
import type { Connection, Io } from "../../src/net/io.ts";
import { ascii, hex } from "./bytes.ts";
import { versionMessage } from "./messages.ts";
import { osError, type ReadStep, ScriptedConnection, scriptedIo, untilAborted } from "./scripted_io.ts";
import { stream } from "./stream.ts";

/** A SOCKS5 proxy that takes any login. */
export const PROXY: Endpoint = { host: "127.0.0.1", port: 9050 };

/** Another one. */
export const OTHER_PROXY: Endpoint = { host: "127.0.0.1", port: 9150 };

/** A SAM bridge. */
export const BRIDGE: Endpoint = { host: "127.0.0.1", port: 7656 };

/** What a node says, and no more than that. */
const NODE: readonly ReadStep[] = [await stream([versionMessage(), { type: "verack" }]), "end"];

const GRANTED: readonly ReadStep[] = [hex("0502"), hex("0100"), hex("05000001 00000000 0000"), ...NODE];

const HELLO = ascii("HELLO REPLY RESULT=OK VERSION=3.1\n");

/** What a connection told its proxy. */
export class ProxiedConnection extends ScriptedConnection {
  /** Name and password, as `name:password`. */
  get login(): string {
    const { text, end } = this.#lengthAndText(5);
    return `${text}:${this.#lengthAndText(end).text}`;
  }

  /** What was asked of SOCKS5: the bytes after the login, up to the port. */
  get request(): Uint8Array {
    const start = this.#lengthAndText(this.#lengthAndText(5).end).end;
    const type = this.written[start + 3];
    const size = type === 1 ? 4 : type === 4 ? 16 : 1 + (this.written[start + 4] ?? 0);
    return Uint8Array.from(this.written.slice(start, start + 4 + size + 2));
  }

  /** The name that was asked for. */
  get name(): string {
    return new TextDecoder().decode(this.request.subarray(5, -2));
  }

  /** All of it as text. */
  get text(): string {
    return new TextDecoder().decode(Uint8Array.from(this.written));
  }

  #lengthAndText(at: number): { text: string; end: number } {
    const end = at + 1 + (this.written[at] ?? 0);
    return { text: new TextDecoder().decode(Uint8Array.from(this.written.slice(at + 1, end))), end };
  }
}

/** How the proxies are. */
export interface ProxiedIoOptions {
  /** What connections to an endpoint read, in place of what lets us through: in order, the last one for all that follow. */
  readonly steps?: ReadonlyMap<Endpoint, readonly (readonly ReadStep[])[]>;
  /** Endpoints where nobody listens. */
  readonly dead?: ReadonlySet<Endpoint>;
  /** How names are resolved; by default they are not. */
  readonly resolve?: Io["resolve"];
}

/** An Io with proxies; whatever else is connected to is a node. */
export function proxiedIo({ steps = new Map(), dead = new Set(), resolve }: ProxiedIoOptions = {}) {
  const connections: ProxiedConnection[] = [];
  const endpoints: Endpoint[] = [];
  const asked: string[] = [];
  const counts = new Map<Endpoint, number>();
  const connect = (endpoint: Endpoint): Promise<Connection> => {
    const known = [PROXY, OTHER_PROXY, BRIDGE].find(({ host, port }) =>
      host === endpoint.host && port === endpoint.port
    );
    endpoints.push(endpoint);
    if (known !== undefined && dead.has(known)) return Promise.reject(osError("ECONNREFUSED"));
    const count = known === undefined ? 0 : counts.get(known) ?? 0;
    if (known !== undefined) counts.set(known, count + 1);
    const scripted = known === undefined ? undefined : steps.get(known);
    const usual = known === undefined ? NODE : known === BRIDGE ? bridgeSteps(count === 0) : GRANTED;
    const connection = new ProxiedConnection(...scripted?.[Math.min(count, scripted.length - 1)] ?? usual);
    connections.push(connection);
    return Promise.resolve(connection);
  };
  const io = scriptedIo({
    connect,
    resolve: (name, type, options) => {
      asked.push(name);
      return resolve?.(name, type, options) ?? untilAborted(options.signal);
    },
  });
  return { io, connections, endpoints, asked };
}

/** What a bridge says over its first connection, which is that of the session, and over the others. */
function bridgeSteps(isFirst: boolean): readonly ReadStep[] {
  if (isFirst) return [HELLO, ascii("SESSION STATUS RESULT=OK DESTINATION=AAAA\n")];
  return [HELLO, ascii("NAMING REPLY RESULT=OK VALUE=AAAA\n"), ascii("STREAM STATUS RESULT=OK\n"), ...NODE];
}
