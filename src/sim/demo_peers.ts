/**
 * The peers of the demo: current nodes, old ones, and peers with which a handshake fails.
 *
 * @module
 */

import { formatI2p } from "../address/i2p.ts";
import type { Network } from "../address/network.ts";
import { formatOnion } from "../address/onion.ts";
import { type Chain, CHAINS } from "../wire/chains.ts";
import type { PeerScript } from "./peer.ts";
import { answerScript, nodeScript, type NodeScriptOptions, otherMessage, silentScript } from "./scripts.ts";

const LATE_VERACK = 300;

/** Onion services that nobody runs: their keys are those of examples (RFC 8032, section 7.1, tests 1 and 2). */
const ONION_SERVICE = formatOnion(
  Uint8Array.fromHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
);
const UNPUBLISHED_ONION_SERVICE = formatOnion(
  Uint8Array.fromHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"),
);

const I2P_DESTINATION = formatI2p(new Uint8Array(32).fill(1));

/** The networks of the demo's peers. */
type DemoNetwork = Exclude<Network, "cjdns">;

/** A peer of the demo. */
export interface DemoPeer {
  /** Its name within the demo's domain; for an onion service or an I2P destination the whole name. */
  readonly name: string;
  /** Its network; of the two families only the preferred one. */
  readonly network: DemoNetwork;
  /** What it does; `null` if nothing listens. */
  readonly script: PeerScript | null;
  /** What is wrong with it. */
  readonly fault?: string;
}

/** The peers on a chain, working ones first. */
export function demoPeers(chain: Chain): DemoPeer[] {
  return [...workingPeers(chain), ...faultyPeers(chain)];
}

function workingPeers(chain: Chain): DemoPeer[] {
  const peer = (name: string, network: DemoNetwork, options: NodeScriptOptions): DemoPeer => {
    return { name, network, script: nodeScript({ chain, ...options }) };
  };
  return [
    peer("core-31", "ipv4", {}),
    peer("core-31-filters", "ipv6", { services: 0xc4dn }),
    peer("core-30", "ipv6", { userAgent: "/Satoshi:30.2.0/" }),
    peer("core-28-pruned", "ipv4", { userAgent: "/Satoshi:28.1.0/", services: 0xc08n }),
    peer("core-22", "ipv4", { userAgent: "/Satoshi:22.0.0/", services: 0x409n, startHeight: 939_998 }),
    peer("core-next", "ipv6", {
      userAgent: "/Satoshi:31.99.0/",
      protocolVersion: 70017,
      transport: "v2",
      negotiation: [
        otherMessage("wtxidrelay"),
        otherMessage("sendaddrv2"),
        otherMessage("sendtxrcncl", 1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8),
        otherMessage("feature", 4, 0x64, 0x65, 0x6d, 0x6f, 0),
      ],
    }),
    peer("knots", "ipv4", { userAgent: "/Satoshi:29.2.0/Knots:20251110/", services: 0x4000c09n }),
    peer("btcd", "ipv4", {
      userAgent: "/btcwire:0.5.0/btcd:0.25.0/",
      services: 0x4dn,
      negotiation: [otherMessage("sendaddrv2")],
    }),
    peer("old", "ipv4", {
      userAgent: "/Satoshi:0.8.6/",
      protocolVersion: 70001,
      services: 1n,
      startHeight: 280_000,
      negotiation: [],
      greeting: [],
    }),
    peer("late-verack", "ipv4", { verackDelay: LATE_VERACK }),
    peer(ONION_SERVICE, "onion", {}),
    peer(I2P_DESTINATION, "i2p", { userAgent: "/Satoshi:30.2.0/" }),
  ];
}

function faultyPeers(chain: Chain): DemoPeer[] {
  const otherChain = CHAINS.find(({ name }) => name !== chain.name) ?? chain;
  const peer = (name: string, network: DemoNetwork, fault: string, script: PeerScript | null): DemoPeer => {
    return { name, network, fault, script };
  };
  return [
    peer(
      "closes-after-version",
      "ipv4",
      "closes after its version",
      nodeScript({ chain, userAgent: "/crawler-shy:1.0/", negotiation: [], instead: "close" }),
    ),
    peer(
      "no-verack",
      "ipv6",
      "never sends its verack",
      nodeScript({ chain, userAgent: "/forgetful:1.0/", instead: "stay silent" }),
    ),
    peer(
      "obsolete",
      "ipv4",
      "an obsolete protocol version",
      nodeScript({ chain, userAgent: "", protocolVersion: 209, services: 1n, relay: null, negotiation: [] }),
    ),
    peer("other-chain", "ipv4", `a node on ${otherChain.name}`, nodeScript({ chain: otherChain, reads: chain })),
    peer("refuses", "ipv4", "nothing is listening", null),
    peer(UNPUBLISHED_ONION_SERVICE, "onion", "Tor knows no such service", null),
    peer("silent", "ipv4", "never sends anything", silentScript),
    peer("mirror", "ipv4", "echoes what it receives", mirror(chain)),
    peer(
      "web-server",
      "ipv4",
      "a web server",
      answerScript("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"),
    ),
  ];
}

/** A peer that echoes each message it receives. */
function mirror(chain: Chain): PeerScript {
  return async (link) => {
    for await (const message of link.messages(chain)) await link.send(chain, message);
  };
}
