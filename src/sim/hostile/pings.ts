/**
 * Pings of every kind. A peer here sends its verack only once it has received exactly the expected answers, so success
 * shows that these came and no others.
 *
 * Source: BIP 31; Bitcoin Core `net_processing.cpp` (`PING`).
 *
 * @module
 */

import { message, nonceBytes, ping, times, verack, version } from "./parts.ts";
import {
  AGES,
  fails,
  hear,
  type HostilePeer,
  pause,
  say,
  sayForever,
  script,
  scriptThatCloses,
  type Step,
  succeeds,
} from "./steps.ts";

const MAX_NONCE = 0xffff_ffff_ffff_ffffn;

/**
 * A peer that sends something after its version, expects nothing but the pong of a last ping, and completes the
 * handshake.
 */
function unanswered(name: string, ...steps: readonly Step[]): HostilePeer {
  return {
    name,
    script: script(hear("version"), ...steps, hear("verack"), say(ping(99n)), hear({ pong: 99n }), say(verack)),
    expected: succeeds(["version", "ping", "ping", "verack"]),
  };
}

/** A peer whose pings are answered by pongs with these nonces. */
function answered(name: string, nonces: readonly bigint[], ...steps: readonly Step[]): HostilePeer {
  return {
    name,
    script: script(hear("version"), ...steps, hear("verack", ...nonces.map((pong) => ({ pong }))), say(verack)),
    expected: succeeds(["version", ...nonces.map(() => "ping"), "verack"].slice(0, 32)),
  };
}

const upTo = (count: number): readonly bigint[] => Array.from({ length: count }, (_, i) => BigInt(i));

/** Pings. */
export const PINGS: readonly HostilePeer[] = [
  answered("pings after its version", [7n], say(version(), ping(7n))),
  answered("pings with nonce 0", [0n], say(version(), ping(0n))),
  answered("pings with the highest nonce", [MAX_NONCE], say(version(), ping(MAX_NONCE))),
  answered("pings with the same nonce twice", [7n, 7n], say(version(), ping(7n), ping(7n))),
  answered("pings with bytes after the nonce", [7n], say(version(), message("ping", nonceBytes(7n, 3)))),
  answered(
    "pings with 4,096 bytes",
    [7n],
    say(version(), message("ping", nonceBytes(7n, 4096 - 8))),
  ),
  answered("pings a hundred times in one write", upTo(100), say(version(), ...upTo(100).map(ping))),
  answered(
    "pings with the oldest version that takes a pong",
    [7n],
    say(version({ protocolVersion: 60_001 }), ping(7n)),
  ),
  unanswered("pings without a nonce", say(version(), message("ping"))),
  unanswered("pings without a nonce, as before BIP 31", say(version({ protocolVersion: 60_000 }), message("ping"))),
  unanswered("pings with one byte", say(version(), message("ping", new Uint8Array(1)))),
  unanswered("pings with seven bytes", say(version(), message("ping", new Uint8Array(7)))),
  unanswered("pings with a wrong checksum", say(version(), message("ping", nonceBytes(7n), { badChecksum: true }))),
  {
    name: "pings before its version, which is not answered",
    script: script(hear("version"), say(ping(7n), version(), ping(99n)), hear("verack", { pong: 99n }), say(verack)),
    expected: succeeds(["ping", "version", "ping", "verack"]),
  },
  {
    name: "pings, waits for the pong, and pings again, twenty times",
    script: script(
      hear("version"),
      say(version()),
      hear("verack"),
      ...upTo(20).flatMap((pong) => [say(ping(pong)), hear({ pong })]),
      say(verack),
    ),
    expected: succeeds(["version", ...new Array<string>(20).fill("ping"), "verack"]),
  },
  {
    name: "pings 900 times and reads nothing",
    script: scriptThatCloses(say(version(), ...times(900, ping(7n)), verack), pause(AGES)),
    expected: succeeds(["version", ...new Array<string>(31).fill("ping")]),
  },
  {
    // The limit on messages keeps our answers far below a socket's buffer, so that our writes never block for long.
    name: "floods us with pings and reads nothing",
    script: scriptThatCloses(say(version()), sayForever(0, ...times(100, ping(7n)))),
    expected: fails("message_flood", "verack", { version: 70016 }),
  },
  {
    name: "pings again and again, slowly, and reads nothing",
    script: scriptThatCloses(say(version()), sayForever(50, ping(7n))),
    expected: fails("timeout", "verack", { version: 70016 }),
  },
];
