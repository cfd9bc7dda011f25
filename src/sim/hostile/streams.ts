/**
 * Honest messages, split and joined in every way: segments bear no relation to messages.
 *
 * @module
 */

import { HEADER_SIZE } from "../../transport/v1.ts";
import { message, type Part, ping, raw, times, verack, version, VERSION_SIZE } from "./parts.ts";
import {
  finish,
  hear,
  type HostilePeer,
  pause,
  peer,
  say,
  sayCutAt,
  sayInPieces,
  script,
  type Step,
  succeeds,
} from "./steps.ts";

const HANDSHAKE: readonly Part[] = [version(), message("wtxidrelay"), verack];
const MESSAGES = ["version", "wtxidrelay", "verack"];

/** Where the second message begins. */
const SECOND = HEADER_SIZE + VERSION_SIZE;
/** Where the verack begins. */
const VERACK = SECOND + HEADER_SIZE;

/** Every boundary in the stream, and some places in between. */
const CUTS: readonly (readonly [name: string, at: number])[] = [
  ["after its first byte", 1],
  ["in the magic", 3],
  ["after the magic", 4],
  ["in the message type", 9],
  ["after the message type", 16],
  ["in the length", 18],
  ["after the length", 20],
  ["in the checksum", 22],
  ["between header and payload", HEADER_SIZE],
  ["after the protocol version", HEADER_SIZE + 4],
  ["in the user agent", HEADER_SIZE + 85],
  ["before the last byte of the version", SECOND - 1],
  ["after the version", SECOND],
  ["in the header of the second message", SECOND + 1],
  ["after the second message", VERACK],
  ["in the magic of the verack", VERACK + 2],
  ["in the length of the verack", VERACK + 18],
  ["before the last byte of the verack", VERACK + HEADER_SIZE - 1],
];

const row = (name: string, ...steps: readonly Step[]): HostilePeer => ({
  name,
  script: script(...steps),
  expected: succeeds(MESSAGES, { bytesrecv: VERACK + HEADER_SIZE, version: 70016, startingheight: 940_000 }),
});

/** Splits of the stream. */
export const STREAMS: readonly HostilePeer[] = [
  row("sends everything in one write, before receiving anything", say(...HANDSHAKE)),
  row("sends everything in one write, once it has our version", hear("version"), say(...HANDSHAKE)),
  row("sends each message in a separate write", ...HANDSHAKE.map((part) => say(part))),
  row("sends its verack only after ours", hear("version"), say(...HANDSHAKE.slice(0, 2)), hear("verack"), say(verack)),
  row("sends byte by byte", sayInPieces(1, 0, ...HANDSHAKE)),
  row("sends byte by byte, with a pause after each", sayInPieces(1, 1, ...HANDSHAKE)),
  row("sends two bytes at a time", sayInPieces(2, 0, ...HANDSHAKE)),
  row("sends seven bytes at a time, with a pause after each", sayInPieces(7, 5, ...HANDSHAKE)),
  row("sends a header's length at a time", sayInPieces(HEADER_SIZE, 5, ...HANDSHAKE)),
  row("drips for most of a second, and finishes in time", sayInPieces(6, 25, ...HANDSHAKE)),
  row("pauses between its messages", say(version()), pause(100), say(message("wtxidrelay")), pause(100), say(verack)),
  ...CUTS.map(([name, at]) => row(`sends in two parts, cut ${name}`, sayCutAt(at, ...HANDSHAKE))),
  row("ends its side of the stream with its verack and goes on reading", say(...HANDSHAKE), finish, hear("version")),
  peer("sends ten messages in one write", [version(), ...times(8, message("inv", Uint8Array.of(0))), verack], {
    ...succeeds(["version", ...new Array<string>(8).fill("inv"), "verack"]),
  }),
  peer(
    "sends another message glued to its verack",
    [version(), verack, ping(1n), message("sendcmpct", new Uint8Array(9))],
    succeeds(["version", "verack"]),
  ),
  peer(
    "sends half a message after its verack",
    [version(), verack, raw([0xf9, 0xbe])],
    succeeds(["version", "verack"]),
  ),
  peer("sends garbage after its verack", [version(), verack, raw("garbage")], succeeds(["version", "verack"])),
  peer(
    "sends an oversized header after its verack",
    [version(), verack, message("inv", undefined, { size: 4_000_001 })],
    succeeds(["version", "verack"]),
  ),
];
