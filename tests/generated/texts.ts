/** Properties of texts: IP addresses, services, targets, and escaped bytes of peers. */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { escapeBytes } from "../../src/wire/escape.ts";
import { formatIp, isIpv4Mapped, parseIp } from "../../src/address/ip.ts";
import { parseServices, SERVICE_BITS, serviceNames } from "../../src/wire/services.ts";
import type { Random } from "../support/random.ts";
import { assertBytes } from "./expect.ts";
import type { Properties } from "./property.ts";
import { ipBytes } from "./values.ts";

const ALL_BITS = (1n << 64n) - 1n;
const NAMED_BITS = [...SERVICE_BITS.values()].reduce((bits, bit) => bits | (1n << BigInt(bit)), 0n);

/** The eight groups of 16 bytes. */
const groupsOf = (bytes: Uint8Array): number[] =>
  Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0));

/** An IPv6 address as the URL standard writes it; `undefined` if the text is not one by that standard. */
function urlIpv6(text: string): string | undefined {
  const url = `http://[${text}]/`;
  return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : undefined;
}

/** Whether a text is four numbers from 0 to 255 in the usual notation. */
function isDottedDecimal(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => String(Number(part) & 0xff) === part);
}

/** A random non-canonical form of an address: case, zeros, `::` anywhere, a tail in dotted decimal. */
export function spelledIp(random: Random, bytes: Uint8Array): string {
  if (isIpv4Mapped(bytes) && random.chance(0.5)) return bytes.subarray(12).join(".");
  const dotted = random.chance(0.3);
  const groups = groupsOf(bytes).slice(0, dotted ? 6 : 8);
  const texts = groups.map((group) => {
    const text = group.toString(16).padStart(random.integer(1, 4), "0");
    return random.chance(0.3) ? text.toUpperCase() : text;
  });
  if (dotted) texts.push(bytes.subarray(12).join("."));
  const start = random.below(groups.length);
  let end = start;
  while (end < groups.length && groups[end] === 0 && (end === start || random.chance(0.8))) end++;
  if (start === end) return texts.join(":");
  return `${texts.slice(0, start).join(":")}::${texts.slice(end).join(":")}`;
}

/** The bytes that {@linkcode escapeBytes} was given. */
export function unescapeBytes(text: string): Uint8Array {
  const bytes = [...text.matchAll(/\\x([0-9a-f]{2})|\\(\\)|([^\\])/g)].map(([, hex, backslash, plain]) =>
    hex === undefined ? (backslash ?? plain ?? "").charCodeAt(0) : parseInt(hex, 16)
  );
  return Uint8Array.from(bytes);
}

/** The properties, by name. */
export const TEXT_PROPERTIES: Properties = {
  "ip-format": {
    says: "An address is written as the URL standard writes it, an IPv4-mapped one in dotted decimal, and read back",
    weight: 60,
    check(random) {
      const bytes = ipBytes(random);
      const text = formatIp(random.embedded(bytes));
      assertBytes(parseIp(text), bytes);
      if (isIpv4Mapped(bytes)) assert(isDottedDecimal(text), text);
      else assertEquals(text, urlIpv6(groupsOf(bytes).map((group) => group.toString(16)).join(":")));
    },
  },
  "ip-spellings": {
    says: "An address is read from every way to write it",
    weight: 60,
    check(random) {
      const bytes = ipBytes(random);
      const text = spelledIp(random, bytes);
      assertBytes(parseIp(text), bytes, text);
    },
  },
  "ip-garbage": {
    says: "Any text is an address exactly when the URL standard or dotted decimal says so",
    weight: 60,
    check(random) {
      let text = random.chance(0.5) ? random.text("01f:.", 0, 24) : spelledIp(random, ipBytes(random));
      for (let times = random.below(3); times > 0; times--) {
        const at = random.below(text.length + 1);
        text = text.slice(0, at) + random.text("0123456789abcdefABCDEFgx:::...", 0, 2) +
          text.slice(at + random.below(3));
      }
      const bytes = parseIp(text);
      const expected = text.includes(":") ? urlIpv6(text) : undefined;
      assertEquals(bytes !== undefined, expected !== undefined || isDottedDecimal(text), text);
      if (bytes === undefined) return;
      assertEquals(bytes.length, 16);
      if (expected !== undefined) assertEquals(urlIpv6(groupsOf(bytes).map((g) => g.toString(16)).join(":")), expected);
      else assertEquals(formatIp(bytes), text);
    },
  },
  "ip-strange-text": {
    says: "A text with a character that no address has is none",
    weight: 20,
    check(random) {
      const text = spelledIp(random, ipBytes(random));
      const at = random.below(text.length + 1);
      const strange = random.pick([
        " ",
        "\n",
        "\0",
        "%",
        "/",
        "[",
        "]",
        "g",
        "-",
        "+",
        "\u0661",
        "\u{1f600}",
        "\ud800",
      ]);
      assertEquals(parseIp(text.slice(0, at) + strange + text.slice(at)), undefined);
    },
  },
  "services-names": {
    says: "The names of service bits say which bits are set, all of them, lowest first",
    weight: 40,
    check(random) {
      const services = random.uint64();
      const bits = serviceNames(services).map((name) => {
        const unknown = /^UNKNOWN\[2\^(\d+)\]$/.exec(name)?.[1];
        return unknown === undefined ? SERVICE_BITS.get(name) ?? NaN : Number(unknown);
      });
      assertEquals(bits, bits.toSorted((a, b) => a - b));
      assertEquals(bits.reduce((sum, bit) => sum + (1n << BigInt(bit)), 0n), services);
    },
  },
  "services-text": {
    says: "Services are read from decimal, hex and names, in any case, and nothing over 64 bits is",
    weight: 40,
    check(random) {
      const services = random.uint64();
      const hex = `0x${services.toString(16)}`;
      for (const text of [`${services}`, hex, hex.toUpperCase()]) assertEquals(parseServices(text), services, text);
      const names = serviceNames(services & NAMED_BITS).map((name) => {
        const text = random.pick(["", "NODE_"]) + name;
        return random.pick(["", " "]) + random.pick([text, text.toLowerCase()]) + random.pick(["", " "]);
      });
      if (names.length > 0) assertEquals(parseServices(names.join(",")), services & NAMED_BITS);
      const over = ALL_BITS + 1n + services;
      for (const text of [`${over}`, `0x${over.toString(16)}`]) assertEquals(parseServices(text), undefined, text);
    },
  },
  "services-garbage": {
    says: "Any text is services of 64 bits, or none",
    weight: 40,
    check(random) {
      const text = random.chance(0.5)
        ? random.text("0123456789xXaf ,-+.n_", 0, 24)
        : random.list(1, 4, () => random.pick([...SERVICE_BITS.keys(), "", "NODE_", "0", "1", "BEER"])).join(",");
      const services = parseServices(text);
      if (services === undefined) return;
      assertEquals(services, BigInt.asUintN(64, services));
      assertMatch(text, /^(\d+|0x[0-9a-f]+|[a-z0-9_ ]+(,[a-z0-9_ ]+)*)$/i);
    },
  },
  "escape-lossless": {
    says: "Escaped bytes are printable ASCII, and can be told from the text",
    weight: 60,
    check(random) {
      const bytes = random.bytes(random.below(random.pick([4, 40, 300])));
      for (let i = 0; i < bytes.length; i++) {
        if (random.chance(0.3)) bytes[i] = random.pick([0x5c, 0x78, 0x1b, 0x0a, 0x20, 0x7e, 0x7f, 0x1f, 0x80, 0x30]);
      }
      const text = escapeBytes(bytes);
      assertMatch(text, /^[\x20-\x7e]*$/);
      assertBytes(unescapeBytes(text), bytes, text);
      const plain = bytes.filter((byte) => byte >= 0x20 && byte <= 0x7e && byte !== 0x5c);
      assertEquals(escapeBytes(plain), String.fromCharCode(...plain));
    },
  },
};
