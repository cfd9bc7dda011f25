/** Properties of the addresses of all networks: their texts, keys, routability and network groups. */

import { assert, assertEquals } from "@std/assert";
import { type Address, formatAddress, parseAddress } from "../../src/address/address.ts";
import { AddressTable } from "../../src/address/address_table.ts";
import { AddressError } from "../../src/address/errors.ts";
import { hostOf, ipHost, isLinkLocal, parseHost } from "../../src/address/host.ts";
import { isIpv4Mapped } from "../../src/address/ip.ts";
import { keySize, MAX_KEY_SIZE, readKey, writeKey, writeKeyOfBytes } from "../../src/address/key.ts";
import { formatNetworkGroup, networkGroup } from "../../src/address/network_group.ts";
import { type Network, NETWORKS } from "../../src/address/network.ts";
import { whyKeyUnroutable, whyUnroutable } from "../../src/address/routability.ts";
import type { Random } from "../support/random.ts";
import { assertBytes, resultOf } from "./expect.ts";
import type { Properties } from "./property.ts";
import { ipBytes } from "./values.ts";

const NAMES: readonly Network[] = ["ipv4", "ipv6", "onion", "i2p", "cjdns"];

const ZONE = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.~+-";

/** An IP address, sometimes a link-local one with a zone. */
function anyIp(random: Random): Address {
  const port = random.integer(0, 65_535);
  const bytes = ipBytes(random);
  if (random.chance(0.2)) bytes.set([0xfe, 0x80 | random.below(0x40)]);
  const { network, host } = ipHost(bytes);
  const zone = isLinkLocal(bytes) && random.chance(0.5) ? `%${random.text(ZONE, 1, 15)}` : "";
  return { network, host: host + zone, port };
}

/** An address of any network. The key of an onion service is any 32 bytes here. */
export function anyAddress(random: Random): Address {
  const network = random.pick(NAMES);
  if (network === "ipv4" || network === "ipv6") return anyIp(random);
  const bytes = random.bytes(NETWORKS[network].size);
  if (network === "cjdns") bytes[0] = 0xfc;
  return { ...hostOf(network, bytes), port: network === "i2p" ? 0 : random.integer(0, 65_535) };
}

function keyOf(address: Address): Uint8Array {
  const key = new Uint8Array(MAX_KEY_SIZE);
  return key.subarray(0, writeKey(address, key, 0));
}

/** The address, possibly with something changed. */
function relative(random: Random, address: Address): Address {
  if (random.chance(0.3)) return { ...address };
  const other = anyAddress(random);
  return random.chance(0.5) ? other : { ...address, port: other.port };
}

/** The properties, by name. */
export const ADDRESS_PROPERTIES: Properties = {
  "address-text": {
    says: "An address of any network is read from its own text",
    weight: 20,
    check(random) {
      const address = anyAddress(random);
      const text = formatAddress(address);
      const read = resultOf(() => parseAddress(text, { cjdns: address.network === "cjdns" }), AddressError);
      // Every second onion name contains no valid public key.
      if (read instanceof AddressError) return assert(address.network === "onion", read.message);
      assertEquals(read, address);
    },
  },
  "address-garbage": {
    says: "Any text is an address whose own text reads the same, or none, or an AddressError",
    weight: 40,
    check(random) {
      const text = formatAddress(anyAddress(random));
      const at = random.below(text.length + 1);
      const strange = random.text("[]:.%0123456789abcdefxyz-\0\u00e9", 0, 3);
      const spoiled = text.slice(0, at) + strange + text.slice(at + random.below(4));
      for (const read of [parseAddress, parseHost]) {
        const found = resultOf(() => read(spoiled), AddressError);
        if (found === undefined || found instanceof AddressError) continue;
        const rewritten = "port" in found ? formatAddress(found as Address) : found.host;
        assertEquals(read(rewritten), found, spoiled);
      }
    },
  },
  "address-key": {
    says: "An address is read from its key, and two keys are equal when the addresses are",
    weight: 20,
    check(random) {
      const address = anyAddress(random);
      const key = keyOf(address);
      assertEquals([keySize(key, 0), readKey(key, 0)], [key.length, address]);
      const other = relative(random, address);
      assertEquals(keyOf(other).toHex() === key.toHex(), formatAddress(other) === formatAddress(address));
    },
  },
  "address-key-of-bytes": {
    says: "The key of any bytes of any network is that of the address which is read from it",
    weight: 20,
    check(random) {
      const network = random.pick(NAMES);
      const bytes = network === "ipv6" ? ipBytes(random) : random.bytes(NETWORKS[network].size);
      if (network === "ipv6" && isIpv4Mapped(bytes)) bytes[0] = 0x20;
      const key = new Uint8Array(MAX_KEY_SIZE);
      const size = writeKeyOfBytes(NETWORKS[network].id, bytes, 0, random.integer(0, 65_535), key, 0);
      const address = readKey(key, 0);
      assertBytes(keyOf(address), key.subarray(0, size));
      assertEquals(whyKeyUnroutable(key, 0), whyUnroutable(address));
      assert(/^([\d.]+\/16|[\da-f:]+\/32|onion|i2p|cjdns)$/.test(formatNetworkGroup(networkGroup(address))));
    },
  },
  "address-table": {
    says: "A table has each address once, under the number that it had first, whatever its seed",
    weight: 2,
    check(random) {
      const table = new AddressTable(random.uint32());
      const numbers = new Map<string, number>();
      const addresses = random.list(1, 300, () => anyAddress(random));
      for (let i = 0; i < 600; i++) {
        const address = random.pick(addresses);
        const text = formatAddress(address);
        const number = numbers.get(text) ?? numbers.size;
        assertEquals(table.add(address), number);
        numbers.set(text, number);
      }
      assertEquals(table.size, numbers.size);
      for (const [text, number] of numbers) assertEquals(formatAddress(table.at(number)), text);
    },
  },
};
