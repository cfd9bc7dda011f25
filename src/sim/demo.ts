/**
 * The embedded network of `--demo`: a name server and a mix of peers on loopback, portable, always with the same counts.
 *
 * @module
 */

import type { IpAddress } from "../address/address.ts";
import type { IpNetwork } from "../address/network.ts";
import { denoIo, type Io } from "../net/io.ts";
import { parseTarget, type Target } from "../scan/target.ts";
import type { ScanSettings } from "../scan/scan.ts";
import { demoPeers } from "./demo_peers.ts";
import { DnsServer } from "./dns_server.ts";
import { patientIo } from "./patient_io.ts";
import { type Script, SimulatedPeer } from "./peer.ts";
import { silent } from "./scripts.ts";

/** A running demo. */
export interface Demo extends AsyncDisposable {
  /** What to scan: names that the demo's name server knows, each with its port, and one that it does not. */
  readonly targets: readonly Target[];
  /** Why a target fails, by its text: on purpose, to show how that looks. */
  readonly faults: ReadonlyMap<string, string>;
  /** Deno's own, but patient, and names of targets with a fault take a while: what works is seen first. */
  readonly io: Io;
  /** The settings that the demo needs. */
  readonly settings: Pick<ScanSettings, "nameServer">;
}

/** Names end in the domain that is kept for tests (RFC 6761, section 6.2). */
const DOMAIN = "demo.test";

/** How much later than the others the names of targets with a fault are resolved, in milliseconds. */
const FAULT_DELAY = 500;

/** Starts the demo, for a scan with these settings. */
export async function startDemo(
  { chain, timeout, networks }: Pick<ScanSettings, "chain" | "timeout" | "networks">,
): Promise<Demo> {
  await using started = new AsyncDisposableStack();
  const zone = new Map<string, { a?: string[]; aaaa?: string[] }>();
  const faults = new Map<string, string>();
  const targets: Target[] = [];
  const add = (text: string, fault?: string) => {
    targets.push(parseTarget(text));
    if (fault !== undefined) faults.set(text, fault);
  };
  for (const { name, network, script, fault } of demoPeers(chain)) {
    const family = networks.find((wanted) => wanted === network) ?? networks[0] ?? network;
    const peer = started.use(listen(script ?? silent, family));
    const address = script === null ? await refusingAddress(peer, started) : peer.address;
    zone.set(`${name}.${DOMAIN}`, address.network === "ipv4" ? { a: [address.host] } : { aaaa: [address.host] });
    add(`${name}.${DOMAIN}:${address.port}`, fault);
  }
  add(`no-such-name.${DOMAIN}`, "there is no such name");
  const late = new Set(targets.filter(({ text }) => faults.has(text)).map(({ host }) => `${host}.`));
  const server = started.use(await DnsServer.start({ zone }));
  const stack = started.move();
  return {
    targets,
    faults,
    io: delayed(late, Math.min(FAULT_DELAY, timeout / 4)),
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

/** Deno's own {@linkcode Io}, but patient, and it takes some milliseconds more for these names. */
function delayed(names: ReadonlySet<string>, milliseconds: number): Io {
  const io = patientIo(denoIo);
  return {
    ...io,
    resolve: async (name, type, options) => {
      if (names.has(name)) await new Promise<void>((resolve) => io.clock.schedule(resolve, milliseconds));
      return await io.resolve(name, type, options);
    },
  };
}

/** Listens on the family asked for, or on IPv4 where there is no IPv6, or Deno may not use it. */
function listen(script: Script, network: IpNetwork): SimulatedPeer {
  if (network === "ipv6" && Deno.permissions.querySync({ name: "net", host: "[::1]" }).state === "granted") {
    try {
      return new SimulatedPeer(script, { hostname: "::1" });
    } catch {
      // No IPv6 on this machine.
    }
  }
  return new SimulatedPeer(script);
}
