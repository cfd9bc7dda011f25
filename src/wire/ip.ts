/**
 * IP addresses as text and as the 16 bytes that Bitcoin's `version` and `addr` carry, where IPv4 is mapped into
 * `::ffff:0:0/96`. The range `fd87:d87e:eb43::/48`, once used for onion addresses, is plain IPv6 here.
 *
 * @module
 */

const IPV4_MAPPED_PREFIX = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);

/**
 * Reads an IPv4 or IPv6 address, without port, brackets or zone. `undefined` when `text` is neither.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseIp } from "./ip.ts";
 *
 * assertEquals(parseIp("1.2.3.4"), parseIp("::ffff:1.2.3.4"));
 * assertEquals(parseIp("1.2.3"), undefined);
 * ```
 */
export function parseIp(text: string): Uint8Array<ArrayBuffer> | undefined {
  const groups = text.includes(":") ? parseIpv6(text) : parseIpv4(text);
  if (groups === undefined) return undefined;
  const bytes = new Uint8Array(16);
  if (groups.length === 4) {
    bytes.set(IPV4_MAPPED_PREFIX);
    bytes.set(groups, 12);
  } else {
    bytes.set(groups);
  }
  return bytes;
}

/**
 * The canonical text of an address: dotted decimal for an IPv4-mapped one, else RFC 5952.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { formatIp, parseIp } from "./ip.ts";
 *
 * assertEquals(formatIp(parseIp("2001:0DB8:0:0::1") ?? new Uint8Array(16)), "2001:db8::1");
 * ```
 */
export function formatIp(bytes: Uint8Array): string {
  if (isIpv4Mapped(bytes)) return bytes.subarray(12).join(".");
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0));
  const [start, length] = longestZeroRun(groups);
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(":");
  return `${hex.slice(0, start).join(":")}::${hex.slice(start + length).join(":")}`;
}

/** Whether the 16 bytes are an IPv4 address, mapped. */
export function isIpv4Mapped(bytes: Uint8Array): boolean {
  return IPV4_MAPPED_PREFIX.every((byte, i) => bytes[i] === byte);
}

/** The four bytes of dotted decimal. */
function parseIpv4(text: string): number[] | undefined {
  const parts = text.split(".");
  // No leading zeros: some systems read those as octal (RFC 6943, section 3.1.1).
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

/** The sixteen bytes of RFC 4291 text. */
function parseIpv6(text: string): number[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, i) => parseGroups(half, i === halves.length - 1));
  if (head === undefined) return undefined;
  if (halves.length === 1) return head.length === 16 ? head : undefined;
  if (tail === undefined || head.length + tail.length > 14) return undefined;
  return [...head, ...new Array<number>(16 - head.length - tail.length).fill(0), ...tail];
}

/** The bytes of groups between colons; the last one may be dotted decimal when `last`. */
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
      bytes.push(...dotted);
    }
  }
  return bytes;
}

/** Where the longest run of zero groups starts, the first of equals, and how long it is. */
function longestZeroRun(groups: readonly number[]): [start: number, length: number] {
  let best: [number, number] = [0, 0];
  for (let start = 0; start < groups.length; start++) {
    let end = start;
    while (groups[end] === 0) end++;
    if (end - start > best[1]) best = [start, end - start];
    if (end > start) start = end;
  }
  return best;
}
