/**
 * The embedded network of `--demo`: a name server and a mix of peers on loopback, portable, always with the same counts.
 *
 * @module
 */

import type { IpAddress } from "../address/address.ts";
import type { IpNetwork } from "../address/network.ts";
import { parseTarget, type Target } from "../scan/target.ts";
import type { ScanSettings } from "../scan/scan.ts";
import { type Chain, CHAINS } from "../wire/chains.ts";
import { DnsServer } from "./dns_server.ts";
import { type Script, SimulatedPeer } from "./peer.ts";
import { answerWith, node, type NodeOptions, other, silent } from "./scripts.ts";

/** A running demo. */
export interface Demo extends AsyncDisposable {
  /** What to scan: names that the demo's name server knows, each with its port. */
  readonly targets: readonly Target[];
  /** The settings that the demo needs. */
  readonly settings: Pick<ScanSettings, "nameServer">;
}

/** Names end in the domain that is kept for tests (RFC 6761, section 6.2). */
const DOMAIN = "demo.test";

const LATE_VERACK = 500;

/** A peer of the demo: its name, the family it would like, and its script; without one nobody listens. */
interface DemoPeer {
  readonly name: string;
  readonly network: IpNetwork;
  readonly script: Script | null;
}

/** Starts the demo on a chain. */
export async function startDemo(chain: Chain): Promise<Demo> {
  await using started = new AsyncDisposableStack();
  const zone = new Map<string, { a?: string[]; aaaa?: string[] }>();
  const targets: Target[] = [];
  for (const { name, network: wanted, script } of demoPeers(chain)) {
    const peer = started.use(listen(script ?? silent, wanted));
    const { network, host, port } = script === null ? await refusingAddress(peer, started) : peer.address;
    zone.set(`${name}.${DOMAIN}`, network === "ipv4" ? { a: [host] } : { aaaa: [host] });
    targets.push(parseTarget(`${name}.${DOMAIN}:${port}`));
  }
  targets.push(parseTarget(`no-such-name.${DOMAIN}`));
  const server = started.use(await DnsServer.start({ zone }));
  const stack = started.move();
  return {
    targets,
    settings: { nameServer: { ipAddr: server.address.host, port: server.address.port } },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** An address where nobody listens, and nobody can begin to: the near end of a connection that is held open. */
export async function refusingAddress(peer: SimulatedPeer, held: AsyncDisposableStack): Promise<IpAddress> {
  const { host, port } = peer.address;
  const connection = held.use(await Deno.connect({ hostname: host, port }));
  return { ...peer.address, port: connection.localAddr.port };
}

/** A peer that sends back each message it gets. */
function mirror(chain: Chain): Script {
  return async (link) => {
    for await (const message of link.messages(chain)) await link.send(chain, message);
  };
}

/** Listens on the family asked for, or on IPv4 where there is no IPv6. */
function listen(script: Script, network: IpNetwork): SimulatedPeer {
  if (network === "ipv6") {
    try {
      return new SimulatedPeer(script, { hostname: "::1" });
    } catch {
      // No IPv6 on this machine.
    }
  }
  return new SimulatedPeer(script);
}

function demoPeers(chain: Chain): DemoPeer[] {
  const otherChain = CHAINS.find(({ name }) => name !== chain.name) ?? chain;
  const peer = (name: string, network: IpNetwork, script: Script | null): DemoPeer => ({ name, network, script });
  const nodePeer = (name: string, network: IpNetwork, options: NodeOptions): DemoPeer =>
    peer(name, network, node({ chain, ...options }));
  return [
    nodePeer("core-31", "ipv4", {}),
    nodePeer("core-31-filters", "ipv6", { services: 0xc4dn }),
    nodePeer("core-30", "ipv6", { userAgent: "/Satoshi:30.2.0/" }),
    nodePeer("core-28-pruned", "ipv4", { userAgent: "/Satoshi:28.1.0/", services: 0xc08n }),
    nodePeer("core-22", "ipv4", { userAgent: "/Satoshi:22.0.0/", services: 0x409n, startHeight: 939_998 }),
    nodePeer("core-next", "ipv6", {
      userAgent: "/Satoshi:31.99.0/",
      protocolVersion: 70017,
      transport: "v2",
      negotiation: [
        other("wtxidrelay"),
        other("sendaddrv2"),
        other("sendtxrcncl", 1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8),
        other("feature", 4, 0x64, 0x65, 0x6d, 0x6f, 0),
      ],
    }),
    nodePeer("knots", "ipv4", { userAgent: "/Satoshi:29.2.0/Knots:20251110/", services: 0x4000c09n }),
    nodePeer("btcd", "ipv4", {
      userAgent: "/btcwire:0.5.0/btcd:0.25.0/",
      services: 0x4dn,
      negotiation: [other("sendaddrv2")],
    }),
    nodePeer("old", "ipv4", {
      userAgent: "/Satoshi:0.8.6/",
      protocolVersion: 70001,
      services: 1n,
      startHeight: 280_000,
      negotiation: [],
      greeting: [],
    }),
    nodePeer("late-verack", "ipv4", { verackDelay: LATE_VERACK }),
    nodePeer("closes-after-version", "ipv4", { userAgent: "/crawler-shy:1.0/", negotiation: [], instead: "close" }),
    nodePeer("no-verack", "ipv6", { userAgent: "/forgetful:1.0/", instead: "stay silent" }),
    nodePeer("obsolete", "ipv4", { userAgent: "", protocolVersion: 209, services: 1n, relay: null, negotiation: [] }),
    nodePeer("other-chain", "ipv4", { chain: otherChain, reads: chain }),
    peer("refuses", "ipv4", null),
    peer("silent", "ipv4", silent),
    peer("mirror", "ipv4", mirror(chain)),
    peer("web-server", "ipv4", answerWith("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")),
  ];
}
