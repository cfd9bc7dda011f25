/**
 * Parsing the addresses of proxies and bridges.
 *
 * @module
 */

import type { Endpoint } from "../net/endpoint.ts";
import type { ProxyLogin } from "../net/socks5.ts";
import type { Socks5Proxy } from "../net/socks_proxy.ts";
import { LOGIN_PART } from "../scan/rules.ts";
import { parseTarget } from "../scan/target.ts";
import type { Values } from "./values.ts";

/** The default ports of Tor's proxy and of the SAM bridge. */
const SOCKS_PORT = 9050;
const SAM_PORT = 7656;

/** A SOCKS5 proxy, with a login if it needs one. */
export const SOCKS5_PROXY: Values<Socks5Proxy> = {
  allowed: "HOST or HOST:PORT (IPv6 in brackets), optionally after user:password@ and socks5h://, or unix:PATH",
  parse: (text) => {
    if (isPath(text)) return parseEndpoint(text, SOCKS_PORT);
    const [, before, rest = ""] = /^(?:socks5h:\/\/)?(?:(.*)@)?(.*)$/is.exec(text) ?? [];
    // A user name that begins so is more likely the scheme of another program.
    if (before !== undefined && /^\w+:\/\//.test(before)) return undefined;
    const endpoint = isPath(rest) ? undefined : parseEndpoint(rest, SOCKS_PORT);
    if (endpoint === undefined || before === undefined) return endpoint;
    const login = parseLogin(before);
    return login && { ...endpoint, login };
  },
};

/** A SAM bridge. */
export const SAM_BRIDGE: Values<Endpoint> = {
  allowed: "HOST or HOST:PORT (IPv6 in brackets), or unix:PATH",
  parse: (text) => parseEndpoint(text, SAM_PORT),
};

/** Characters that a URL cannot contain are percent-encoded, as in `us%40er:pass%3Aword`. */
function parseLogin(text: string): ProxyLogin | undefined {
  const [, user = "", password = ""] = /^([^:]*):(.*)$/s.exec(text) ?? [];
  try {
    const login = { user: decodeURIComponent(user), password: decodeURIComponent(password) };
    return LOGIN_PART.allows(login.user) && LOGIN_PART.allows(login.password) ? login : undefined;
  } catch {
    return undefined;
  }
}

function isPath(text: string): boolean {
  return /^unix:./s.test(text);
}

function parseEndpoint(text: string, defaultPort: number): Endpoint | undefined {
  if (isPath(text)) return { host: text, port: 0 };
  const bare = text.replace(/\/$/, "");
  if (!/^(?:\[[^\]]*\]|[\w.-]*)(?::\d+)?$/.test(bare)) return undefined;
  try {
    // A word without a dot is a host here, such as a container called `tor`.
    const { host, port } = parseTarget(/^[\w-]+$/.test(bare) ? `${bare}:${defaultPort}` : bare);
    return { host, port: port ?? defaultPort };
  } catch {
    return undefined;
  }
}
