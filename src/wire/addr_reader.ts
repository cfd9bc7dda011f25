/**
 * A reader of the entries of `addr` and `addrv2`, without an object for each.
 *
 * Source: BIP 155; Bitcoin Core `netaddress.h` (`UnserializeV2Stream`, `SetNetFromBIP155Network`), `netaddress.cpp`
 * (`SetLegacyIPv6`) and `protocol.h` (`CAddress`).
 *
 * @module
 */

import { isIpv4Mapped, isOnionCat } from "../address/ip.ts";
import { NETWORKS, sizeOfId } from "../address/network.ts";
import { BYTES } from "./argument.ts";
import { WireError, type WireErrorCode } from "./errors.ts";

/** The most entries in a message (`MAX_ADDR_TO_SEND` in Bitcoin Core's `net_processing.cpp`). */
export const MAX_ADDR_ENTRIES = 1000;

/** The longest address in `addrv2`, in bytes (`MAX_ADDRV2_SIZE` in `netaddress.h`). */
export const MAX_ADDRV2_SIZE = 512;

/** The message types that carry addresses: `addrv2` those of all networks, `addr` only IPv4 and IPv6. */
export type AddrMessageType = "addr" | "addrv2";

/** Size of the fields of an `addr` entry before its IP address: time and services. */
const BEFORE_IP = 4 + 8;

const IP_SIZE = 16;
const PORT_SIZE = 2;
const MAPPED_PREFIX_SIZE = 12;

/**
 * Reads one entry after another into its own fields, which are those of the last entry read. Whatever
 * {@linkcode AddrReader.next} throws for, Bitcoin Core does not use the message.
 *
 * @example
 * ```ts
 * import { addrMessage, AddrReader } from "@bitcoin-p2p/handshake/wire";
 * import { assertEquals } from "@std/assert";
 *
 * const address = { network: "ipv4", host: "203.0.113.7", port: 8333 } as const;
 * const message = addrMessage("addrv2", [{ time: 1_700_000_000, services: 9n, address }]);
 * const reader = new AddrReader(message.type, message.payload);
 * const ports: number[] = [];
 * while (reader.next()) ports.push(reader.port);
 * assertEquals(ports, [8333]);
 * ```
 */
export class AddrReader {
  /** How many entries the message says it has. */
  readonly count: number;
  /** When the node was last seen, as the sender says: seconds since 1970, unsigned 32 bits. */
  time = 0;
  /** The lower half of the service bits. */
  servicesLow = 0;
  /** Their upper half. */
  servicesHigh = 0;
  /** The BIP 155 ID of the network; 0 for an entry that is to be skipped: another network, or none of its addresses. */
  networkId = 0;
  /** Where the bytes of the address begin in the payload. */
  offset = 0;
  /** How many there are; for a network whose ID is not 0, the size of its addresses. */
  size = 0;
  /** The port, 0 to 65535. */
  port = 0;

  readonly #type: AddrMessageType;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #index = 0;
  #at = 0;

  /**
   * Reads how many entries there are. The payload is neither copied nor changed.
   *
   * @throws {WireError} `limit_exceeded` when there are over 1,000.
   * @throws {TypeError} when the payload is not a `Uint8Array`.
   */
  constructor(type: AddrMessageType, payload: Uint8Array) {
    BYTES.check("payload", payload);
    this.#type = type;
    this.#bytes = payload;
    this.#view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
    this.count = this.#length(MAX_ADDR_ENTRIES, "count");
  }

  /**
   * Reads the next entry; `false` if there is none.
   *
   * @throws {WireError} `truncated` when bytes are missing, `non_canonical` when a CompactSize is longer than
   * necessary, `limit_exceeded` when an address is longer than 512 bytes, `wrong_length` when it has another length
   * than those of its network.
   */
  next(): boolean {
    if (this.#index === this.count) return false;
    if (this.#type === "addr") this.#readAddr();
    else this.#readAddrV2();
    this.#index++;
    return true;
  }

  #readAddr(): void {
    const start = this.#advance(BEFORE_IP + IP_SIZE + PORT_SIZE, "entry");
    const view = this.#view;
    this.time = view.getUint32(start, true);
    this.servicesLow = view.getUint32(start + 4, true);
    this.servicesHigh = view.getUint32(start + 8, true);
    this.port = view.getUint16(start + BEFORE_IP + IP_SIZE);
    const ip = start + BEFORE_IP;
    const isIpv4 = isIpv4Mapped(this.#bytes, ip);
    this.networkId = isIpv4 ? NETWORKS.ipv4.id : isOnionCat(this.#bytes, ip) ? 0 : NETWORKS.ipv6.id;
    this.offset = isIpv4 ? ip + MAPPED_PREFIX_SIZE : ip;
    this.size = isIpv4 ? NETWORKS.ipv4.size : IP_SIZE;
  }

  #readAddrV2(): void {
    this.time = this.#view.getUint32(this.#advance(4, "time"), true);
    this.#readServices();
    const id = this.#view.getUint8(this.#advance(1, "network ID"));
    const size = this.#length(MAX_ADDRV2_SIZE, "address length");
    const rightSize = sizeOfId(id);
    if (size !== rightSize && rightSize !== 0) {
      throw this.#error("wrong_length", "address", `expected ${rightSize} bytes for the network ID ${id}, got ${size}`);
    }
    this.size = size;
    this.offset = this.#advance(size, "address");
    // BIP 155: these have network IDs of their own.
    const isDisguised = id === NETWORKS.ipv6.id &&
      (isIpv4Mapped(this.#bytes, this.offset) || isOnionCat(this.#bytes, this.offset));
    this.networkId = rightSize === 0 || isDisguised ? 0 : id;
    this.port = this.#view.getUint16(this.#advance(PORT_SIZE, "port"));
  }

  /** In `addrv2` a CompactSize, but of any value, as these are bits and no length. */
  #readServices(): void {
    const marker = this.#view.getUint8(this.#advance(1, "services"));
    this.servicesHigh = 0;
    if (marker < 0xff) {
      this.servicesLow = this.#rest(marker, "services");
      return;
    }
    const start = this.#advance(8, "services");
    this.servicesLow = this.#view.getUint32(start, true);
    this.servicesHigh = this.#view.getUint32(start + 4, true);
    if (this.servicesHigh === 0) throw this.#notShortest("services", this.servicesLow, marker);
  }

  /** A CompactSize from 0 to `max`, which is below 2^32. */
  #length(max: number, field: string): number {
    const marker = this.#view.getUint8(this.#advance(1, field));
    if (marker === 0xff) {
      const value = this.#view.getBigUint64(this.#advance(8, field), true);
      if (value >> 32n === 0n) throw this.#notShortest(field, value, marker);
      throw this.#error("limit_exceeded", field, `expected at most ${max}, got ${value}`);
    }
    const value = this.#rest(marker, field);
    if (value > max) throw this.#error("limit_exceeded", field, `expected at most ${max}, got ${value}`);
    return value;
  }

  /** The value of a CompactSize of up to 32 bits whose first byte is `marker`. */
  #rest(marker: number, field: string): number {
    if (marker < 0xfd) return marker;
    const isShort = marker === 0xfd;
    const start = this.#advance(isShort ? 2 : 4, field);
    const value = isShort ? this.#view.getUint16(start, true) : this.#view.getUint32(start, true);
    if (value < (isShort ? 0xfd : 0x1_0000)) throw this.#notShortest(field, value, marker);
    return value;
  }

  #advance(size: number, field: string): number {
    const start = this.#at;
    const missing = start + size - this.#bytes.length;
    if (missing > 0) {
      throw this.#error(
        "truncated",
        field,
        `expected ${size} bytes at offset ${start}, ${missing} of them are missing`,
      );
    }
    this.#at = start + size;
    return start;
  }

  #notShortest(field: string, value: number | bigint, marker: number): WireError {
    return this.#error(
      "non_canonical",
      field,
      `expected a CompactSize in its shortest form, got ${value} with marker 0x${marker.toString(16)}`,
    );
  }

  #error(code: WireErrorCode, field: string, what: string): WireError {
    const place = field === "count" ? `${this.#type}.count` : `the ${field} of ${this.#type}[${this.#index}]`;
    return new WireError(code, `Cannot read ${place}: ${what}`);
  }
}
