/**
 * Which networks the options enable, and how they are reached.
 *
 * @module
 */

import { type Network, NETWORK_NAMES } from "../address/network.ts";
import { familiesOf } from "../net/families.ts";
import { reachableNetworks, type RouteSettings } from "../net/reach.ts";
import { UsageError } from "./errors.ts";
import type { Setup } from "./job.ts";
import type { CommandLine } from "./options.ts";

type Options = Pick<
  CommandLine,
  "proxy" | "onion" | "i2psam" | "cjdns" | "onlynet" | "ipv4" | "ipv6" | "demo" | "crawl"
>;

/** The options needed to reach a network. */
const WAYS: { readonly [N in Network]?: string } = {
  onion: "--onion or --proxy",
  i2p: "--i2psam",
  cjdns: "--cjdns",
};

/** The networks on which the demo has peers, with a proxy and a bridge of its own; to crawl it has them on all. */
const DEMO_NETWORKS: readonly Network[] = ["ipv4", "ipv6", "onion", "i2p"];

/** How the networks are reached. */
export function routeSettings({ proxy, onion, i2psam, cjdns }: Options): RouteSettings {
  return { proxy, onion, i2psam, cjdns };
}

/**
 * The enabled networks; by default all that can be reached.
 *
 * @throws {UsageError} when one cannot be reached.
 */
export function wantedNetworks(options: Options): readonly Network[] {
  const { onlynet, ipv4, ipv6, demo, crawl } = options;
  const simulated = crawl ? NETWORK_NAMES : DEMO_NETWORKS;
  const reachable = demo ? simulated : reachableNetworks(routeSettings(options));
  const asked = new Set<Network>([
    ...onlynet.flat(),
    ...ipv4 ? ["ipv4"] as const : [],
    ...ipv6 ? ["ipv6"] as const : [],
  ]);
  const [unreachable] = asked.difference(new Set(reachable));
  if (unreachable !== undefined) {
    throw new UsageError(
      demo ? `--demo has no peers on ${unreachable}` : `--onlynet ${unreachable} needs ${WAYS[unreachable]}`,
    );
  }
  return asked.size === 0 ? reachable : reachable.filter((network) => asked.has(network));
}

/** Warns about a name server that is not asked, as a proxy resolves names. */
export function warnOfNameServer({ options, log }: Pick<Setup, "options" | "log">): void {
  if (options.proxy === undefined || options["dns-server"] === undefined) return;
  log.warn("--dns-server is not used: names go to the proxy unresolved");
}

/**
 * Checks what an audit needs: it asks a name server for addresses, which a proxy cannot do.
 *
 * @throws {UsageError} when it cannot.
 */
export function checkAuditNetworks(options: Options & Pick<CommandLine, "dns-server" | "include-unroutable">): void {
  const networks = wantedNetworks(options);
  if (familiesOf(networks).length === 0) {
    throw new UsageError(`--audit needs ipv4 or ipv6, got --onlynet ${networks.join(",")}`);
  }
  if (options.proxy === undefined) return;
  if (options["dns-server"] === undefined) {
    throw new UsageError(
      "--audit with --proxy needs --dns-server: a proxy cannot list the addresses of a name, and the system's name server " +
        "must not see them; the given one is asked directly",
    );
  }
  if (options["include-unroutable"]) {
    throw new UsageError(
      "--include-unroutable and --proxy cannot be combined: such addresses would be in the proxy's network",
    );
  }
}
