/**
 * The addresses of the peers: Linux answers on all of 127.0.0.0/8 without configuration.
 *
 * @module
 */

/** The IPv4 address of peer `index`, from 0; the first is 127.1.0.0, and there are 254 × 65,536. */
export function peerAddress(index: number): string {
  return `127.${1 + (index >>> 16)}.${(index >>> 8) & 0xff}.${index & 0xff}`;
}
