/**
 * Peers on another chain, or with another protocol.
 *
 * @module
 */

import type { PeerRecord } from "../../report/records/peer.ts";
import { CHAINS, MAINNET } from "../../wire/chains.ts";
import { FOREIGN_CHAINS } from "../../wire/foreign_chains.ts";
import { message, type Part, raw, verack, version } from "./parts.ts";
import {
  fails,
  finish,
  hear,
  type HostilePeer,
  peer,
  say,
  sayForever,
  sayInPieces,
  script,
  scriptOn,
  scriptThatCloses,
  succeeds,
} from "./steps.ts";
import { echoScript } from "../scripts.ts";

const NOTHING: Partial<PeerRecord> = { version: null, messages: [] };
const OTHERS = CHAINS.filter((chain) => chain !== MAINNET);

const MAGIC: readonly HostilePeer[] = [
  ...[...OTHERS, ...FOREIGN_CHAINS].map((chain) =>
    peer(
      `is on ${chain.name}`,
      [version({}, { chain }), message("verack", undefined, { chain })],
      fails("wrong_network", "version", NOTHING),
    )
  ),
  ...OTHERS.flatMap((chain): HostilePeer[] => {
    const settings = { chain };
    const answer = [say(version({}, { chain })), hear("verack"), say(message("verack", undefined, { chain }))];
    return [
      {
        name: `is on ${chain.name}, like us`,
        script: scriptOn(chain, hear("version"), ...answer),
        settings,
        expected: succeeds(["version", "verack"]),
      },
      {
        ...peer(
          `is on mainnet while we are on ${chain.name}`,
          [version(), verack],
          fails("wrong_network", "version", NOTHING),
        ),
        settings,
      },
    ];
  }),
  {
    name: "is on testnet3 and sends four bytes",
    script: script(say(raw([0x0b, 0x11, 0x09, 0x07]))),
    expected: fails("wrong_network", "version", NOTHING),
  },
  {
    name: "is on testnet3 and sends its magic byte by byte",
    script: script(sayInPieces(1, 5, raw([0x0b, 0x11, 0x09, 0x07]))),
    expected: fails("wrong_network", "version", NOTHING),
  },
  ...[0, 1, 2, 3].map((at) =>
    peer(
      `begins with our magic, except byte ${at + 1}`,
      [withMagic((bytes) => bytes[at] = (bytes[at] ?? 0) ^ 1), verack],
      fails("not_bitcoin", "version", NOTHING),
    )
  ),
  peer(
    "begins with our magic reversed",
    [withMagic((bytes) => bytes.subarray(0, 4).reverse()), verack],
    fails("not_bitcoin", "version", NOTHING),
  ),
  peer("sends a byte before its version", [raw([0]), version(), verack], fails("not_bitcoin", "version", NOTHING)),
  peer(
    "changes to another chain's magic after its version",
    [version(), message("verack", undefined, { chain: OTHERS[0] ?? MAINNET })],
    fails("malformed_message", "verack", { version: 70016, messages: ["version"] }),
  ),
  peer(
    "changes to another chain's magic before its version",
    [message("inv"), version({}, { chain: OTHERS[0] ?? MAINNET }), verack],
    fails("malformed_message", "version", { version: null, messages: ["inv"] }),
  ),
  peer(
    "sends garbage after its version",
    [version(), raw("garbage without a magic")],
    fails("malformed_message", "verack", { version: 70016, messages: ["version"] }),
  ),
  peer(
    "sends an extra byte after its version",
    [version(), raw([0]), verack],
    fails("malformed_message", "verack", { version: 70016 }),
  ),
];

/** What a protocol begins with: text or bytes. */
const PROTOCOLS: readonly (readonly [name: string, words: string | readonly number[] | Uint8Array])[] = [
  ["HTTP", "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"],
  ["HTTP, a request", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"],
  ["HTTP/2", [0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100]],
  ["TLS, an alert", [0x15, 3, 1, 0, 2, 2, 0x28]],
  ["TLS, a ClientHello", [0x16, 3, 1, 0, 0xc4, 1, 0, 0, 0xc0, 3, 3, ...noise(32, 1), 0x20, ...noise(32, 2)]],
  ["SSH", "SSH-2.0-OpenSSH_10.0\r\n"],
  ["SMTP", "220 mail.example ESMTP ready\r\n"],
  ["FTP", "220 (vsFTPd 3.0.5)\r\n"],
  ["IRC", ":irc.example NOTICE * :*** Looking up your hostname\r\n"],
  ["Redis", "-ERR unknown command\r\n"],
  ["Electrum", `{"jsonrpc":"2.0","error":{"code":-32700,"message":"bad JSON"},"id":null}\n`],
  ["telnet", [0xff, 0xfd, 0x18, 0xff, 0xfd, 0x20, 0xff, 0xfd, 0x23, 0xff, 0xfd, 0x27]],
  ["MySQL", [0x4a, 0, 0, 0, 0x0a, 0x38, 0x2e, 0x30, 0x2e, 0x33, 0x36, 0]],
  ["SOCKS4", [0, 0x5b, 0, 0, 0, 0, 0, 0]],
  ["gzip", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, ...noise(64, 3)]],
  ["a terminal's escape sequences", "\x1b[2J\x1b[H\x1b]0;title\x07"],
  ["newlines", "\r\n\r\n\r\n"],
  ["nothing but zeros", new Uint8Array(200)],
  ["nothing but bytes 0xff", new Uint8Array(200).fill(0xff)],
  ["nothing but noise", noise(1000, 4)],
  // BIP 324: a public key in ElligatorSwift encoding and the garbage after it cannot be told from noise.
  ["the v2 transport, a key", noise(64, 5)],
  ["the v2 transport, a key and the longest garbage", noise(64 + 4095, 6)],
];

/** Other protocols. */
const STRANGERS: readonly HostilePeer[] = [
  ...PROTOCOLS.map(([name, words]) =>
    peer(`speaks ${name}, unasked`, [raw(words)], fails("not_bitcoin", "version", NOTHING))
  ),
  ...PROTOCOLS.slice(0, 6).map(([name, words]): HostilePeer => ({
    name: `speaks ${name} in reply, and closes`,
    script: scriptThatCloses(hear("version"), say(raw(words))),
    expected: fails("not_bitcoin", "version", NOTHING),
  })),
  {
    name: "speaks SOCKS5, too short to tell from Bitcoin, and closes",
    script: script(say(raw([5, 0xff])), finish),
    expected: fails("connection_closed", "version", NOTHING),
  },
  {
    name: "speaks SOCKS5, too short to tell from Bitcoin, and waits",
    script: script(say(raw([5, 0xff]))),
    expected: fails("timeout", "version", NOTHING),
  },
  {
    name: "sends zeros forever",
    script: scriptThatCloses(sayForever(0, raw(new Uint8Array(10_000)))),
    expected: fails("not_bitcoin", "version", NOTHING),
  },
  {
    name: "echoes what it receives",
    script: echoScript,
    expected: fails("self_connection", "version", { version: 70016, messages: ["version"], timeoffset: 0 }),
  },
  {
    name: "sends a version of its own with our nonce",
    script: async (link) => {
      const { value } = await link.messages(MAINNET).next();
      if (value?.type !== "version" || value.nonce === null) return;
      await script(say(version({ nonce: value.nonce }), verack))(link);
    },
    expected: fails("self_connection", "version", { subver: "/hostile:1.0/", startingheight: 940_000 }),
  },
  {
    // Bitcoin Core checks the protocol version first.
    name: "sends an obsolete version with our nonce",
    script: async (link) => {
      const { value } = await link.messages(MAINNET).next();
      if (value?.type !== "version" || value.nonce === null) return;
      await script(say(version({ nonce: value.nonce, protocolVersion: 209 }), verack))(link);
    },
    expected: fails("obsolete_version", "version", { version: 209 }),
  },
];

/** Other chains, other protocols, and ourselves. */
export const FOREIGN: readonly HostilePeer[] = [...MAGIC, ...STRANGERS];

/** A version whose bytes are modified. */
function withMagic(change: (bytes: Uint8Array) => void): Part {
  return async (now) => {
    const bytes = await version()(now);
    change(bytes);
    return bytes;
  };
}

/** Reproducible pseudo-random bytes, from a linear congruential generator. */
function noise(length: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}
