/**
 * What messages call the options that they tell one to change. Whoever sets them knows them by other names than those of
 * the library: on a command line, say, by its own options.
 *
 * @module
 */

/** A name for each option that a message speaks of. */
export interface OptionNames {
  /** The chain, or whatever it follows from. */
  readonly chain: string;
  /** The port of targets that name none. */
  readonly port: string;
  /** The name server. */
  readonly nameServer: string;
  /** The SOCKS5 proxy for everything. */
  readonly proxy: string;
  /** The SOCKS5 proxies of Tor. */
  readonly onion: string;
  /** The SAM bridge of an I2P router. */
  readonly i2psam: string;
  /** Whether this machine is on CJDNS. */
  readonly cjdns: string;
  /** How many handshakes are in flight at once. */
  readonly concurrency: string;
  /** How long connections are held open. */
  readonly hold: string;
}

/** The names in the library. */
export const OPTION_NAMES: OptionNames = {
  chain: "options.chain",
  port: "options.port",
  nameServer: "options.nameServer",
  proxy: "options.proxy",
  onion: "options.onion",
  i2psam: "options.i2psam",
  cjdns: "options.cjdns",
  concurrency: "options.concurrency",
  hold: "options.hold",
};
