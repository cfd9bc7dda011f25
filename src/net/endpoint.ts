/**
 * Where something listens that is no peer: a proxy, or a bridge to another network.
 *
 * @module
 */

/** Where something listens. */
export interface Endpoint {
  /** An IP address, a name that this machine knows, or `unix:` and the path of a socket. */
  readonly host: string;
  /** The port, 1 to 65535; it does not matter where the host is a path. */
  readonly port: number;
}

const UNIX = "unix:";

/** The path of a Unix socket; `undefined` for an endpoint that has none. */
export function socketPath({ host }: Endpoint): string | undefined {
  return host.startsWith(UNIX) ? host.slice(UNIX.length) : undefined;
}

/** An endpoint as text: `127.0.0.1:9050`, `[::1]:9050`, `unix:/run/tor/socks`. */
export function formatEndpoint({ host, port }: Endpoint): string {
  if (host.startsWith(UNIX)) return host;
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
