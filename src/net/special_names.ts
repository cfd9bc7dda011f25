/**
 * Names that are not the business of a name server, so that it is never asked for them.
 *
 * Names that are special only to the name servers themselves are asked for like any other: those under `example`
 * (RFC 6761, section 6.5), `home.arpa` (RFC 8375) and `internal`, which a name server at home or in a company may know.
 *
 * @module
 */

/** What to do instead of asking. */
const GIVE_ADDRESS = "give the IP address of the node instead";

/** Why a name in each of these domains is not asked for, as what follows the name, and what to do. */
const UNASKED: ReadonlyMap<string, string> = new Map([
  ["invalid", "is in the domain in which no name exists (RFC 6761, section 6.4): give a name that does"],
  ["local", `is a name of the local network, for multicast DNS and no name server (RFC 6762): ${GIVE_ADDRESS}`],
  ["alt", `is in the domain of the names that are not in DNS (RFC 9476): ${GIVE_ADDRESS}`],
]);

/** The same of the networks whose names a name server must not even hear of. */
const OVERLAYS: ReadonlyMap<string, string> = new Map([
  [
    "onion",
    `is a Tor onion service, which no name server is asked for (RFC 7686), and there is no way to Tor here yet: ${GIVE_ADDRESS}`,
  ],
  ["i2p", `is a name of I2P, which no name server is asked for, and there is no way to I2P here yet: ${GIVE_ADDRESS}`],
]);

/** Whether a name stands for the loopback addresses: RFC 6761, section 6.3. */
export function isLocalhost(name: string): boolean {
  return topLevelDomain(name) === "localhost";
}

/**
 * Why a name of another network than the internet cannot be a target, as what follows the name; `undefined` when it is
 * none.
 */
export function whyOverlay(name: string): string | undefined {
  return OVERLAYS.get(topLevelDomain(name));
}

/**
 * Why no name server is asked for a name, as what follows the name; `undefined` when one is. Names under `test` (RFC
 * 6761, section 6.2) are known to a server that was set up for them, so that one has to be named for them.
 */
export function whyUnasked(name: string, nameServer: object | undefined): string | undefined {
  const domain = topLevelDomain(name);
  if (domain === "test" && nameServer === undefined) {
    return "is in the domain for tests (RFC 6761, section 6.2): name the server that knows it with --dns-server";
  }
  return OVERLAYS.get(domain) ?? UNASKED.get(domain);
}

/** The last label, whatever its case (RFC 4343). */
function topLevelDomain(name: string): string {
  return name.replace(/\.$/, "").replace(/^.*\./s, "").toLowerCase();
}
