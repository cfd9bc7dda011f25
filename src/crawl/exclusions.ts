/**
 * Addresses that a crawl never dials, as their operators asked.
 *
 * @module
 */

import { type Address, formatAddress } from "../address/address.ts";
import { type Host, hostBytes } from "../address/host.ts";
import { parseIp } from "../address/ip.ts";
import { NETWORK_NAMES } from "../address/network.ts";
import { parseTarget, TargetError } from "../scan/target.ts";

/** Where IPv4 begins in the 128 bits of an address. */
const IPV4_OFFSET = 96;

/** A range of IP addresses, each as 32 hex digits, which compare like numbers. */
interface Range {
  readonly first: string;
  last: string;
}

/**
 * A list of addresses, with one port or with all, of IP prefixes, and of onion and I2P names.
 *
 * @example
 * ```ts
 * import { Exclusions } from "@bitcoin-p2p/handshake";
 * import { assertEquals } from "@std/assert";
 *
 * const exclusions = new Exclusions(["192.0.2.0/24", "[2001:db8::7]:8333"]);
 * assertEquals(exclusions.has({ network: "ipv4", host: "192.0.2.9", port: 8333 }), true);
 * assertEquals(exclusions.has({ network: "ipv6", host: "2001:db8::7", port: 8334 }), false);
 * ```
 */
export class Exclusions {
  #ranges: Range[] = [];
  #isSorted = true;
  /** Names with all their ports. */
  readonly #names = new Set<string>();
  readonly #addresses = new Set<string>();

  /**
   * Makes the list of what is written.
   *
   * @throws {TargetError} when one of `written` is not valid.
   */
  constructor(written: Iterable<string> = []) {
    for (const text of written) this.add(text);
  }

  /**
   * Adds an address (with all its ports, if it has none), an IP prefix, or an onion or I2P name.
   *
   * @throws {TargetError} when it is none of these.
   */
  add(written: string): void {
    const prefix = parseRange(written);
    if (prefix !== undefined) return this.#addRange(prefix);
    if (written.includes("/") || OTHER_RANGE.test(written)) throw new TargetError(written, EXPECTED);
    const { network, host, port } = parseTarget(written, { networks: NETWORK_NAMES });
    if (network === null) throw new TargetError(written, EXPECTED);
    const isName = network === "onion" || network === "i2p";
    if (isName && (port === null || port === 0)) this.#names.add(host);
    else if (port !== null) this.#addresses.add(formatAddress({ network, host, port }));
    else this.#addRange(rangeOf({ network, host }));
  }

  /** Whether an address is on the list. */
  has(address: Address): boolean {
    if (this.#addresses.size > 0 && this.#addresses.has(formatAddress(address))) return true;
    const { network, host } = address;
    if (network === "onion" || network === "i2p") return this.#names.has(host);
    return this.#ranges.length > 0 && this.#contains(hostBytes(address).toHex());
  }

  #addRange(range: Range): void {
    this.#ranges.push(range);
    this.#isSorted = false;
  }

  /** Whether an address is within the last range that does not begin after it. */
  #contains(ip: string): boolean {
    if (!this.#isSorted) this.#ranges = merged(this.#ranges);
    this.#isSorted = true;
    let [low, high] = [0, this.#ranges.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ranges[middle]?.first ?? "") <= ip) low = middle + 1;
      else high = middle;
    }
    return ip <= (this.#ranges[low - 1]?.last ?? "");
  }
}

/** Ranges as scanners of ports have them: 192.0.2.1-9, 192.0.2.* */
const OTHER_RANGE = /^(?=.*[*-])[\s\d.*-]+$/;

const EXPECTED = "expected an address, a range such as 192.0.2.0/24, or an onion or I2P name";

/** Parses an IP prefix; `undefined` if there is no slash after an IP address. */
function parseRange(written: string): Range | undefined {
  const [, ip = "", lengthText = ""] = /^\s*\[?([\d.:a-f]+)\]?\/(.*?)\s*$/i.exec(written) ?? [];
  const bytes = parseIp(ip);
  if (bytes === undefined) return undefined;
  const [most, offset] = ip.includes(":") ? [128, 0] : [32, IPV4_OFFSET];
  const length = /^\d{1,3}$/.test(lengthText) ? Number(lengthText) : NaN;
  if (!(length <= most)) throw new TargetError(written, `expected a length from 0 to ${most} after the slash`);
  return rangeOfPrefix(bytes, offset + length);
}

/** The addresses with the first `length` bits of `bytes`. */
function rangeOfPrefix(bytes: Uint8Array, length: number): Range {
  const rest = (i: number) => 0xff >> Math.max(0, Math.min(8, length - 8 * i));
  return {
    first: bytes.map((byte, i) => byte & ~rest(i)).toHex(),
    last: bytes.map((byte, i) => byte | rest(i)).toHex(),
  };
}

function rangeOf(host: Host): Range {
  const ip = hostBytes(host).toHex();
  return { first: ip, last: ip };
}

/** The ranges in order, without any that overlap. */
function merged(ranges: readonly Range[]): Range[] {
  const apart: Range[] = [];
  for (const { first, last } of ranges.toSorted((a, b) => a.first < b.first ? -1 : 1)) {
    const previous = apart.at(-1);
    if (previous === undefined || first > previous.last) apart.push({ first, last });
    else if (last > previous.last) previous.last = last;
  }
  return apart;
}
