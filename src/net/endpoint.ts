/**
 * Endpoints other than peers: proxies, and bridges to other networks.
 *
 * @module
 */

/** Where a proxy or bridge listens. */
export interface Endpoint {
  /** An IP address, a name that this machine knows, or `unix:` and the path of a socket. */
  readonly host: string;
  /** The port, 1 to 65535; ignored if the host is a path. */
  readonly port: number;
}

const UNIX = "unix:";

/** The path of a Unix socket; `undefined` for any other endpoint. */
export function socketPath({ host }: Endpoint): string | undefined {
  return host.startsWith(UNIX) ? host.slice(UNIX.length) : undefined;
}

/** An endpoint as text: `127.0.0.1:9050`, `[::1]:9050`, `unix:/run/tor/socks`. */
export function formatEndpoint({ host, port }: Endpoint): string {
  if (host.startsWith(UNIX)) return host;
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
