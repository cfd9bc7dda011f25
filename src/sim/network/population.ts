/**
 * How many addresses of each kind a simulated network has.
 *
 * @module
 */

import type { Network } from "../../address/network.ts";
import type { KindName } from "./kinds.ts";

/** How many addresses of a kind there are in each network. */
export type Population = readonly (readonly [kind: KindName, counts: { readonly [N in Network]?: number }])[];

/** That of the demo: about a hundredth of the real network, in its proportions. */
export const DEMO_POPULATION: Population = [
  ["core-31", { ipv4: 26, ipv6: 14, onion: 34, i2p: 12, cjdns: 3 }],
  ["core-30", { ipv4: 22, ipv6: 10, onion: 22, i2p: 8, cjdns: 1 }],
  ["core-29", { ipv4: 14, ipv6: 6, onion: 10, i2p: 4 }],
  ["core-28-pruned", { ipv4: 8, ipv6: 4, onion: 6 }],
  ["core-25", { ipv4: 6, ipv6: 2, onion: 2 }],
  ["knots", { ipv4: 12, ipv6: 6, onion: 12, i2p: 2, cjdns: 1 }],
  ["young", { ipv4: 2, ipv6: 1, onion: 2 }],
  ["behind", { ipv4: 2, onion: 1 }],
  ["core-0.20", { ipv4: 2, ipv6: 1 }],
  ["v1-only", { ipv4: 2 }],
  ["late", { ipv4: 1, onion: 1 }],
  ["mute", { ipv4: 2, i2p: 1 }],
  ["alone", { ipv4: 2, onion: 1 }],
  ["shy", { ipv6: 1 }],
  ["garbler", { ipv4: 1 }],
  ["poisoner", { ipv4: 1 }],
  ["other chain", { ipv4: 3, onion: 1 }],
  ["obsolete", { ipv4: 1 }],
  ["silent", { ipv4: 6, ipv6: 2, onion: 3, i2p: 2, cjdns: 1 }],
  ["refuses", { ipv4: 90, ipv6: 40, onion: 14, i2p: 6, cjdns: 1 }],
  ["gone", { ipv4: 60, ipv6: 50, onion: 24, i2p: 10, cjdns: 1 }],
  ["invented", { ipv4: 240, ipv6: 60 }],
  ["too old", { ipv4: 900, ipv6: 300, onion: 600, i2p: 160, cjdns: 4 }],
  ["unroutable", { ipv4: 18, ipv6: 6, cjdns: 1 }],
  ["port zero", { ipv4: 4, ipv6: 1, i2p: 1 }],
];
