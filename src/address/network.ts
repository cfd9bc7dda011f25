/**
 * The networks that a node can be in.
 *
 * Source: BIP 155, and Bitcoin Core `netaddress.h` (`Network`, `BIP155Network`).
 *
 * @module
 */

/** A network, as `getpeerinfo` names it; `onion` is version 3 of Tor's. */
export type Network = "ipv4" | "ipv6" | "onion" | "i2p" | "cjdns";

/** The networks with addresses that `Deno.connect` takes and a name server gives. */
export type IpNetwork = "ipv4" | "ipv6";

/** How BIP 155 writes the addresses of a network. */
export interface NetworkEncoding {
  /** The id in an `addrv2` message. */
  readonly id: number;
  /** How many bytes an address has. */
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

/** Indexed by id; `undefined` for an id of none: 3 was Tor's version 2, 7 is Yggdrasil. */
const BY_ID: readonly (Network | undefined)[] = [undefined, "ipv4", "ipv6", undefined, "onion", "i2p", "cjdns"];

/** The network that BIP 155 gives an id; `undefined` for one that has gone or is not known. */
export function networkOfId(id: number): Network | undefined {
  return BY_ID[id];
}
