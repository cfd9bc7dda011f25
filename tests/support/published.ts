import { ipAddress } from "../../src/address/address.ts";
import type { VersionMessage } from "../../src/wire/version.ts";
import { ascii, hex } from "./bytes.ts";

/** A `version` published as a hex dump, and its fields. */
export interface PublishedVersion {
  readonly source: string;
  readonly payload: Uint8Array<ArrayBuffer>;
  readonly message: VersionMessage;
}

const NOWHERE = { services: 0n, ...ipAddress("0.0.0.0", 0) };

/** Bitcoin Wiki, "Protocol documentation", `version`: a whole message of version 60002 with its 24 bytes of header. */
export const WIKI_VERSION_MESSAGE = hex(`
  f9beb4d9 76657273696f6e0000000000 64000000 358d4932
  62ea0000 0100000000000000 11b2d05000000000
  0100000000000000 00000000000000000000ffff00000000 0000
  0000000000000000 00000000000000000000ffff00000000 0000
  3b2eb35d8ce61765 0f2f5361746f7368693a302e372e322f c03e0300
`);

/** developer.bitcoin.org, "P2P Network", `verack`: the whole message. */
export const VERACK_MESSAGE = hex("f9beb4d9 76657261636b000000000000 00000000 5df6e0e2");

/** The figures of the wiki's version 60002. */
const WIKI_60002: VersionMessage = {
  type: "version",
  protocolVersion: 60002,
  services: 1n,
  timestamp: 1_355_854_353n,
  addrRecv: { ...NOWHERE, services: 1n },
  addrFrom: NOWHERE,
  nonce: 0x6517e68c5db32e3bn,
  userAgent: ascii("/Satoshi:0.7.2/"),
  startHeight: 212_672,
  relay: null,
};

/** Published `version` payloads, from old to new. */
export const PUBLISHED_VERSIONS: readonly PublishedVersion[] = [
  {
    source: "Bitcoin Wiki, version 31900",
    payload: hex(`
      9c7c0000 0100000000000000 e615104d00000000
      0100000000000000 00000000000000000000ffff0a000001 208d
      0100000000000000 00000000000000000000ffff0a000002 208d
      dd9d202c3ab45713 00 55810100
    `),
    message: {
      type: "version",
      protocolVersion: 31900,
      services: 1n,
      timestamp: 1_292_899_814n,
      addrRecv: { services: 1n, ...ipAddress("10.0.0.1", 8333) },
      addrFrom: { services: 1n, ...ipAddress("10.0.0.2", 8333) },
      nonce: 0x1357b43a2c209dddn,
      userAgent: new Uint8Array(),
      startHeight: 98_645,
      relay: null,
    },
  },
  {
    source: "Bitcoin Wiki, version 60002 as it was captured",
    payload: WIKI_VERSION_MESSAGE.slice(24),
    message: WIKI_60002,
  },
  {
    source: "Bitcoin Wiki, version 60002 as it is explained, a relay byte behind it",
    payload: hex(`
      62ea0000 0100000000000000 11b2d05000000000
      0100000000000000 00000000000000000000ffff00000000 0000
      0100000000000000 00000000000000000000ffff00000000 0000
      3b2eb35d8ce61765 0f2f5361746f7368693a302e372e322f c03e0300 00
    `),
    message: { ...WIKI_60002, addrFrom: { ...NOWHERE, services: 1n }, relay: false },
  },
  {
    source: "developer.bitcoin.org, version 70002",
    payload: hex(`
      72110100 0100000000000000 bc8f5e5400000000
      0100000000000000 00000000000000000000ffffc61b6409 208d
      0100000000000000 00000000000000000000ffffcb0071c0 208d
      128035cbc97953f8 0f2f5361746f7368693a302e392e332f cf050500 01
    `),
    message: {
      type: "version",
      protocolVersion: 70002,
      services: 1n,
      timestamp: 1_415_483_324n,
      addrRecv: { services: 1n, ...ipAddress("198.27.100.9", 8333) },
      addrFrom: { services: 1n, ...ipAddress("203.0.113.192", 8333) },
      nonce: 0xf85379c9cb358012n,
      userAgent: ascii("/Satoshi:0.9.3/"),
      startHeight: 329_167,
      relay: true,
    },
  },
];
