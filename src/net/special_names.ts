/**
 * Special-use names, which are never looked up in DNS.
 *
 * Names that are special only to name servers are looked up like any other: those under `example` (RFC 6761, section
 * 6.5), `home.arpa` (RFC 8375) and `internal`, which a local name server may know.
 *
 * @module
 */

import type { OptionNames } from "./option_names.ts";

/** What to do instead. */
const GIVE_ADDRESS = "give the IP address of the node instead";

/** Why a name in each of these domains is not looked up, as the words that follow the name. */
const UNASKED: ReadonlyMap<string, string> = new Map([
  ["invalid", "is under .invalid, where no name exists (RFC 6761, section 6.4): give a real name"],
  ["local", `is resolved by multicast DNS, not by a name server (RFC 6762): ${GIVE_ADDRESS}`],
  ["alt", `is under .alt, which is not part of DNS (RFC 9476): ${GIVE_ADDRESS}`],
]);

/** The same for networks whose names must never reach a name server. */
const OVERLAYS: ReadonlyMap<string, string> = new Map([
  ["onion", "is a Tor onion service, which is never looked up in DNS (RFC 7686)"],
  ["i2p", "is an I2P name, which is never looked up in DNS"],
]);

/** Whether a name means the loopback addresses (RFC 6761, section 6.3). */
export function isLocalhost(name: string): boolean {
  return topLevelDomain(name) === "localhost";
}

/** The overlay network that a name belongs to; `undefined` for any other name. */
export function overlayOf(name: string): "onion" | "i2p" | undefined {
  const domain = topLevelDomain(name);
  return domain === "onion" || domain === "i2p" ? domain : undefined;
}

/**
 * Why a name is not looked up, as the words that follow the name; `undefined` if it is. Names under `test` (RFC 6761,
 * section 6.2) are looked up only if a name server is given.
 */
export function whyUnasked(
  name: string,
  { nameServer, optionNames }: { readonly nameServer?: object | undefined; readonly optionNames: OptionNames },
): string | undefined {
  const domain = topLevelDomain(name);
  if (domain === "test" && nameServer === undefined) {
    return "is under .test, reserved for testing (RFC 6761, section 6.2): give a name server that knows it with " +
      optionNames.nameServer;
  }
  return OVERLAYS.get(domain) ?? UNASKED.get(domain);
}

/** A name in lower case and without its trailing dot, for comparison (RFC 4343). */
export function normalName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** The last label, in lower case. */
function topLevelDomain(name: string): string {
  return normalName(name).replace(/^.*\./s, "");
}
