/**
 * The networks that a node can be in.
 *
 * Source: BIP 155, and Bitcoin Core `netaddress.h` (`Network`, `BIP155Network`).
 *
 * @module
 */

/** A network, named as in `getpeerinfo`; `onion` means version 3 onion services. */
export type Network = "ipv4" | "ipv6" | "onion" | "i2p" | "cjdns";

/** The networks of IP addresses, which `Deno.connect` takes and DNS returns. */
export type IpNetwork = "ipv4" | "ipv6";

/** How BIP 155 encodes the addresses of a network. */
export interface NetworkEncoding {
  /** The network ID in an `addrv2` message. */
  readonly id: number;
  /** Size of an address, in bytes. */
  readonly size: number;
}

/** Every network. */
export const NETWORKS: { readonly [N in Network]: NetworkEncoding } = {
  ipv4: { id: 1, size: 4 },
  ipv6: { id: 2, size: 16 },
  onion: { id: 4, size: 32 },
  i2p: { id: 5, size: 32 },
  cjdns: { id: 6, size: 16 },
};

/** The names of all networks. */
export const NETWORK_NAMES: readonly Network[] = Object.keys(NETWORKS) as Network[];

/** A value for each network. */
export function byNetwork<T>(value: (network: Network) => T): { [N in Network]: T } {
  const [ipv4, ipv6, onion, i2p, cjdns] = [value("ipv4"), value("ipv6"), value("onion"), value("i2p"), value("cjdns")];
  return { ipv4, ipv6, onion, i2p, cjdns };
}

/** Indexed by ID; `undefined` for unsupported ones: 3 was Tor version 2, 7 is Yggdrasil. */
const BY_ID: readonly (Network | undefined)[] = [undefined, "ipv4", "ipv6", undefined, "onion", "i2p", "cjdns"];

/** Indexed by ID; 0 for unsupported ones. */
const SIZES = Uint8Array.from(BY_ID, (network) => network === undefined ? 0 : NETWORKS[network].size);

/** The size of the addresses of the network with a BIP 155 ID, in bytes; 0 if the ID is obsolete or unknown. */
export function sizeOfId(id: number): number {
  return SIZES[id] ?? 0;
}

/** The network with a BIP 155 ID; `undefined` if the ID is obsolete or unknown. */
export function networkOfId(id: number): Network | undefined {
  return BY_ID[id];
}
