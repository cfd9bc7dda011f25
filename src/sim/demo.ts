/**
 * The embedded network of `--demo`: a name server, a SOCKS5 proxy, a SAM bridge and a mix of peers on loopback;
 * portable, and always with the same counts.
 *
 * @module
 */

import type { IpAddress } from "../address/address.ts";
import { I2P_PORT } from "../address/i2p.ts";
import type { IpNetwork } from "../address/network.ts";
import { denoIo, type Io } from "../net/io.ts";
import { familiesOf } from "../net/families.ts";
import { parseTarget, type Target } from "../scan/target.ts";
import type { ScanSettings } from "../scan/scan.ts";
import { demoPeers } from "./demo_peers.ts";
import { DnsServer } from "./dns_server.ts";
import { patientIo } from "./patient_io.ts";
import { type PeerScript, SimulatedPeer } from "./peer.ts";
import { SimulatedSamBridge } from "./sam_bridge.ts";
import { silentScript } from "./scripts.ts";
import { SimulatedSocks5Proxy } from "./socks5_proxy.ts";

/** A running demo. */
export interface Demo extends AsyncDisposable {
  /** The targets: names that the demo's name server, proxy or bridge knows, each with its port, and some unknown ones. */
  readonly targets: readonly Target[];
  /** Why a target fails on purpose, by its text. */
  readonly faults: ReadonlyMap<string, string>;
  /** Deno's own, but patient, so that each target has its outcome on a busy machine too. */
  readonly io: Io;
  /** The settings that the demo needs. */
  readonly settings: Pick<ScanSettings, "nameServer" | "onion" | "i2psam">;
}

/** A domain reserved for tests (RFC 6761, section 6.2). */
const DOMAIN = "demo.test";

/** Starts the demo, for a scan with these settings: it has peers on the enabled networks only. */
export async function startDemo({ chain, networks }: Pick<ScanSettings, "chain" | "networks">): Promise<Demo> {
  await using started = new AsyncDisposableStack();
  const zone = new Map<string, { a?: string[]; aaaa?: string[] }>();
  const proxied = new Map<string, string>();
  const faults = new Map<string, string>();
  const targets: Target[] = [];
  const add = (text: string, fault?: string) => {
    targets.push(parseTarget(text, { networks }));
    if (fault !== undefined) faults.set(text, fault);
  };
  const families = familiesOf(networks);
  for (const { name, network, script, fault } of demoPeers(chain)) {
    if (network === "onion" || network === "i2p") {
      if (!networks.includes(network)) continue;
      const target = `${name}:${network === "i2p" ? I2P_PORT : chain.port}`;
      if (script !== null) proxied.set(target, started.use(new SimulatedPeer(script)).target);
      add(target, fault);
      continue;
    }
    const family = families.find((wanted) => wanted === network) ?? families[0];
    if (family === undefined) continue;
    const peer = started.use(listen(script ?? silentScript, family));
    const address = script === null ? await refusingAddress(peer, started) : peer.address;
    zone.set(`${name}.${DOMAIN}`, address.network === "ipv4" ? { a: [address.host] } : { aaaa: [address.host] });
    add(`${name}.${DOMAIN}:${address.port}`, fault);
  }
  if (families.length > 0) add(`no-such-name.${DOMAIN}`, "the name does not exist");
  const server = started.use(await DnsServer.start({ zone }));
  const proxy = started.use(new SimulatedSocks5Proxy({ targets: proxied }));
  const bridge = started.use(new SimulatedSamBridge({ targets: proxied }));
  const stack = started.move();
  return {
    targets,
    faults,
    io: patientIo(denoIo),
    settings: {
      nameServer: { ipAddr: server.address.host, port: server.address.port },
      onion: [proxy.address],
      i2psam: bridge.address,
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** An address on which nothing listens or can begin to: the near end of a connection that is held open. */
export async function refusingAddress(peer: SimulatedPeer, held: AsyncDisposableStack): Promise<IpAddress> {
  const { host, port } = peer.address;
  const connection = held.use(await Deno.connect({ hostname: host, port }));
  return { ...peer.address, port: connection.localAddr.port };
}

/** Listens on the given family, or on IPv4 if IPv6 is unavailable or not permitted. */
function listen(script: PeerScript, network: IpNetwork): SimulatedPeer {
  if (network === "ipv6" && Deno.permissions.querySync({ name: "net", host: "[::1]" }).state === "granted") {
    try {
      return new SimulatedPeer(script, { hostname: "::1" });
    } catch {
      // No IPv6 on this machine.
    }
  }
  return new SimulatedPeer(script);
}
