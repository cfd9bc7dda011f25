/**
 * The options for how to connect.
 *
 * @module
 */

import type { Network } from "../../address/network.ts";
import { DEFAULT_CRAWL } from "../../crawl/rules.ts";
import { DEFAULT_TIMEOUTS } from "../../net/timeouts.ts";
import { CONCURRENCY, TRANSPORT } from "../../scan/rules.ts";
import { DEFAULT_SETTINGS } from "../../scan/settings.ts";
import type { Option } from "../option.ts";
import { SAM_BRIDGE, SOCKS5_PROXY } from "../proxy.ts";
import { HOLD_SECONDS, integer, TIMEOUT_SECONDS, word } from "../values.ts";

const seconds = (network: Network) => DEFAULT_TIMEOUTS[network] / 1000;

/** By long name, in the order of the help. */
export const CONNECT_OPTIONS = {
  transport: {
    group: "how",
    placeholder: "T",
    help: "Transport protocol: v2 is encrypted (BIP 324), auto tries v2 and then v1",
    ...word(TRANSPORT),
    default: DEFAULT_SETTINGS.transport,
    defaultWith: { demo: "auto" },
  },
  timeout: {
    group: "how",
    short: "t",
    placeholder: "SECONDS",
    help: "Time limit for each peer, including the connect, and for each name; unless given, it is " +
      `${seconds("onion")} for onion services and ${seconds("i2p")} for I2P`,
    otherwise: String(seconds("ipv4")),
    // By the demo's clock, which waits for a busy machine: long enough to show a timeout, but not long to wait.
    defaultWith: { demo: "2" },
    ...TIMEOUT_SECONDS,
  },
  proxy: {
    group: "how",
    placeholder: "HOST[:PORT]",
    help:
      "SOCKS5 proxy for every connection except those to I2P (default port 9050); it resolves names, each of which is then one peer; user:password@ may precede the host; unix:PATH needs --allow-read=PATH --allow-write=PATH",
    excludes: ["demo"],
    ...SOCKS5_PROXY,
  },
  onion: {
    group: "how",
    placeholder: "HOST[:PORT]",
    help:
      "SOCKS5 proxy of Tor, for onion services, in the same format; can be repeated to share the targets among several",
    otherwise: "--proxy",
    repeatable: true,
    modes: ["scan", "crawl"],
    excludes: ["demo"],
    ...SOCKS5_PROXY,
  },
  i2psam: {
    group: "how",
    placeholder: "HOST[:PORT]",
    help: "SAM bridge of an I2P router, for I2P (default port 7656)",
    modes: ["scan", "crawl"],
    excludes: ["demo"],
    ...SAM_BRIDGE,
  },
  cjdns: {
    group: "how",
    help: "This machine is on CJDNS: addresses in fc00::/8 can be reached",
    excludes: ["demo"],
  },
  concurrency: {
    group: "how",
    short: "j",
    placeholder: "N",
    help: "Handshakes in flight at once; of these at most 32 through each proxy, and 32 over I2P",
    ...integer(CONCURRENCY),
    default: String(DEFAULT_SETTINGS.concurrency),
    defaultWith: { crawl: String(DEFAULT_CRAWL.concurrency) },
  },
  hold: {
    group: "how",
    modes: ["scan", "audit"],
    placeholder: "SECONDS",
    help: "Keep connections open this long after a successful handshake, answering pings",
    excludes: ["check"],
    ...HOLD_SECONDS,
    default: String(DEFAULT_SETTINGS.hold / 1000),
  },
} as const satisfies Record<string, Option>;
