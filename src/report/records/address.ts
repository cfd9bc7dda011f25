/**
 * The record of an address that a crawl knows.
 *
 * @module
 */

import { formatAddress } from "../../address/address.ts";
import type { Network } from "../../address/network.ts";
import type { AddressResult, NotDialledReason } from "../../crawl/result.ts";
import { hexServices } from "./values.ts";

/** An address that a crawl knows at its end. */
export interface AddressRecord {
  /** The kind of record. */
  readonly type: "address";
  /** Address and port. */
  readonly addr: string;
  /** The network of the address. */
  readonly network: Network;
  /** The services that all have named for it together, 16 hex digits; `null` if nobody named it. */
  readonly services: string | null;
  /** The newest time that anybody named for it, in seconds since 1970; `null` if nobody named it. */
  readonly time: number | null;
  /** How many network groups have named it. */
  readonly groups: number;
  /** Whether it was dialled. */
  readonly dialled: boolean;
  /** Why it was not; `null` if it was, or if it was still waiting. */
  readonly reason: NotDialledReason | null;
}

/** The record of an address. */
export function addressRecord({ type, address, services, ...rest }: AddressResult): AddressRecord {
  const { time, groups, dialled, reason } = rest;
  return {
    type,
    addr: formatAddress(address),
    network: address.network,
    services: services === null ? null : hexServices(services),
    time,
    groups,
    dialled,
    reason,
  };
}
