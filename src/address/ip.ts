/**
 * IP addresses as text and as the 16 bytes in `version` and `addr`, where IPv4 is mapped into `::ffff:0:0/96`. The
 * range `fd87:d87e:eb43::/48`, once used for onion addresses, is plain IPv6 here but for {@linkcode isOnionCat}.
 *
 * @module
 */

/** The unspecified address. */
export const UNSPECIFIED_IP = "::";

const ZERO = 0x30;

const IPV4_MAPPED_PREFIX = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);

/** Source: Bitcoin Core `netaddress.h` (`TORV2_IN_IPV6_PREFIX`). */
const ONION_CAT_PREFIX = Uint8Array.of(0xfd, 0x87, 0xd8, 0x7e, 0xeb, 0x43);

/** Parses an IPv4 or IPv6 address, without port, brackets or zone. `undefined` for any other text. */
export function parseIp(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text === UNSPECIFIED_IP) return new Uint8Array(16);
  if (text.includes(":")) return parseIpv6(text);
  const ipv4 = parseIpv4(text);
  return ipv4 === undefined ? undefined : mapIpv4(ipv4);
}

/** The 16 bytes that an IPv4 address, a 32-bit number, is mapped to. */
export function mapIpv4(ipv4: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(16);
  writeMappedIpv4(ipv4, bytes, 0);
  return bytes;
}

/** Writes these 16 bytes to `target` at `offset`. */
export function writeMappedIpv4(ipv4: number, target: Uint8Array, offset: number): void {
  for (let i = 0; i < 12; i++) target[offset + i] = i < 10 ? 0 : 0xff;
  for (let i = 0; i < 4; i++) target[offset + 12 + i] = ipv4 >>> (24 - 8 * i);
}

/** The four bytes at `offset` as an IPv4 address, a 32-bit number. */
export function readIpv4(bytes: Uint8Array, offset: number): number {
  let ipv4 = 0;
  for (let i = 0; i < 4; i++) ipv4 = ipv4 << 8 | (bytes[offset + i] ?? 0);
  return ipv4 >>> 0;
}

/** The canonical text of an address: dotted decimal if it is IPv4-mapped, otherwise as in RFC 5952. */
export function formatIp(bytes: Uint8Array): string {
  if (isUnspecified(bytes)) return UNSPECIFIED_IP;
  if (isIpv4Mapped(bytes)) return `${bytes[12]}.${bytes[13]}.${bytes[14]}.${bytes[15]}`;
  const groups: number[] = [];
  for (let i = 0; i < bytes.length; i += 2) groups.push(((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0));
  const [start, length] = longestZeroRun(groups);
  if (length < 2) return formatGroups(groups, 0, groups.length);
  return `${formatGroups(groups, 0, start)}::${formatGroups(groups, start + length, groups.length)}`;
}

/** Whether the 16 bytes at `offset` are an IPv4-mapped address. */
export function isIpv4Mapped(bytes: Uint8Array, offset = 0): boolean {
  return hasPrefix(bytes, offset, IPV4_MAPPED_PREFIX);
}

/** Whether the 16 bytes at `offset` are what was once used for an onion address of version 2 (OnionCat). */
export function isOnionCat(bytes: Uint8Array, offset = 0): boolean {
  return hasPrefix(bytes, offset, ONION_CAT_PREFIX);
}

function hasPrefix(bytes: Uint8Array, offset: number, prefix: Uint8Array): boolean {
  for (let i = 0; i < prefix.length; i++) {
    if (bytes[offset + i] !== prefix[i]) return false;
  }
  return true;
}

/** Whether the 16 bytes are all zero, as in most senders' `addr_from`. */
function isUnspecified(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== 0) return false;
  }
  return true;
}

/** The groups in hex, separated by colons. */
function formatGroups(groups: readonly number[], start: number, end: number): string {
  let text = "";
  for (let i = start; i < end; i++) text += `${i > start ? ":" : ""}${groups[i]?.toString(16)}`;
  return text;
}

/** Parses dotted decimal to a 32-bit number; `undefined` for any other text. */
export function parseIpv4(text: string): number | undefined {
  let address = 0;
  let bytes = 0;
  let byte: number | undefined;
  for (let i = 0; i <= text.length; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit >= 0 && digit <= 9) {
      // No leading zeros: some systems read those as octal (RFC 6943, section 3.1.1).
      if (byte === 0) return undefined;
      byte = 10 * (byte ?? 0) + digit;
      if (byte > 255) return undefined;
    } else {
      if (byte === undefined || (i < text.length && text[i] !== ".")) return undefined;
      address = address * 256 + byte;
      bytes++;
      byte = undefined;
    }
  }
  return bytes === 4 ? address : undefined;
}

/** Parses RFC 4291 text to 16 bytes. */
function parseIpv6(text: string): Uint8Array<ArrayBuffer> | undefined {
  const gap = text.indexOf("::");
  const head = parseGroups(gap === -1 ? text : text.slice(0, gap), gap === -1);
  const tail = gap === -1 ? [] : parseGroups(text.slice(gap + 2), true);
  if (head === undefined || tail === undefined) return undefined;
  // A gap stands for at least one group.
  if (gap === -1 ? head.length !== 16 : head.length + tail.length > 14) return undefined;
  const bytes = new Uint8Array(16);
  bytes.set(head);
  bytes.set(tail, 16 - tail.length);
  return bytes;
}

/** The bytes of groups between colons; the last group may be dotted decimal if `last`. */
function parseGroups(text: string, last: boolean): number[] | undefined {
  if (text === "") return [];
  const bytes: number[] = [];
  const groups = text.split(":");
  for (const [i, group] of groups.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(group)) {
      const value = parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    } else {
      const dotted = last && i === groups.length - 1 ? parseIpv4(group) : undefined;
      if (dotted === undefined) return undefined;
      bytes.push(dotted >>> 24, dotted >> 16 & 0xff, dotted >> 8 & 0xff, dotted & 0xff);
    }
  }
  return bytes;
}

/** The start and length of the longest run of zero groups, the first of equal ones. */
function longestZeroRun(groups: readonly number[]): [start: number, length: number] {
  let best: [number, number] = [0, 0];
  for (let start = 0; start < groups.length; start++) {
    let end = start;
    while (groups[end] === 0) end++;
    if (end - start > best[1]) best = [start, end - start];
  }
  return best;
}
