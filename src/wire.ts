/**
 * Encoding and decoding what goes over the wire: message codecs, chains, service bits, and addresses of all networks.
 * It runs in any JavaScript runtime, browsers included: it needs only `TextEncoder` and, for {@linkcode signetChain},
 * Web Crypto.
 *
 * @module
 */

export {
  askingPayloadLimit,
  decodeMessage,
  encodeMessage,
  type Message,
  type OtherMessage,
  type PayloadLimit,
  payloadLimit,
  type PayloadLimits,
  tracedPayloadLimit,
  type VerackMessage,
} from "./wire/messages.ts";
export {
  type AddrEntry,
  type AddrMessage,
  addrMessage,
  decodeAddr,
  decodeAddrV2,
  encodeAddr,
  type GetaddrMessage,
  type SendaddrV2Message,
} from "./wire/addr.ts";
export { type AddrMessageType, AddrReader } from "./wire/addr_reader.ts";
export { decodePing, decodePong, encodePing, encodePong, type PingMessage, type PongMessage } from "./wire/ping.ts";
export { decodeReject, encodeReject, type RejectMessage } from "./wire/reject.ts";
export { decodeVersion, DEFAULT_PROTOCOL_VERSION, encodeVersion, type VersionMessage } from "./wire/version.ts";
export {
  type NetworkAddress,
  readNetworkAddress,
  UNSPECIFIED_ADDRESS,
  writeNetworkAddress,
} from "./wire/network_address.ts";
export { compactSizeLength, readCompactSize, writeCompactSize } from "./wire/compact_size.ts";
export { PayloadReader } from "./wire/reader.ts";
export { PayloadWriter } from "./wire/writer.ts";
export { WireError, type WireErrorCode } from "./wire/errors.ts";
export { escapeBytes } from "./wire/escape.ts";

export { type Chain, chainByMagic, CHAINS, findChain, MAINNET, SIGNET } from "./wire/chains.ts";
export { signetChain } from "./wire/signet.ts";
export { parseServices, SERVICE_BITS, serviceFlags, type ServiceName, serviceNames } from "./wire/services.ts";

export {
  type Address,
  formatAddress,
  type IpAddress,
  ipAddress,
  type NameAddress,
  parseAddress,
  type PeerAddress,
} from "./address/address.ts";
export { AddressError } from "./address/errors.ts";
export { type Host, hostBytes, hostOf, type IpHost, parseHost, parseIpHost } from "./address/host.ts";
export type { IpNetwork, Network } from "./address/network.ts";
export { formatNetworkGroup, networkGroup } from "./address/network_group.ts";
export { whyUnroutable } from "./address/routability.ts";
